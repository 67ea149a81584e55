"""How many tokens a second one processor core trains: `python benchmarks/training_speed.py`.

The same update (forward, sampled softmax, backward, AdamW) with our fused layers and with torch's
own `nn.LSTM`, by turns, in seconds of the processor, so that a busy machine changes little.
"""

import argparse
import resource
import sys
import time
from statistics import median

import torch
from torch import Tensor

from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel, State
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.optimizer import adamw
from autocomplete.training.options import TrainingOptions
from autocomplete.training.precision import fastest_dtype


class FusedModel(LSTMLanguageModel):
    """The model with fused layers, also where it would not choose them."""

    _library = LSTMLanguageModel._fused


class PlainModel(LSTMLanguageModel):
    """The same model, its layers run by `nn.LSTM` as it comes, in float32."""

    def _fused(self, x: Tensor, state: State, _compute: torch.dtype) -> tuple[Tensor, State]:
        return self._library(x, state, torch.float32)


class Updates:
    """Updates of one model on random tokens."""

    def __init__(self, model: LSTMLanguageModel, options: TrainingOptions, dtype: torch.dtype) -> None:
        self.model, self.options, self.dtype = model, options, dtype
        self.optimizer = adamw(model, 1e-4, weight_decay=0.01)
        counts = torch.ones(model.config.vocabulary)
        self.loss = SampledSoftmax(counts, options.samples, seed=1)
        self.state = model.initial_state(options.batch)

    def seconds(self, step: int) -> float:
        """Does one update; the processor time it took."""
        options, model = self.options, self.model
        shape = (options.chunk + 1, options.batch)
        window = torch.randint(model.config.vocabulary, shape)
        begin = time.process_time()
        projected, state = model(window[:-1], self.state, self.dtype)
        targets, weight = window[1:].flatten(), model.embedding.weight
        loss = self.loss(projected.flatten(0, 1), targets, weight, model.bias, step, self.dtype)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), options.clip)
        self.optimizer.step()
        self.state = state.detach()
        return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--recurrent-projection", type=int, default=0)
    parser.add_argument("--updates", type=int, default=8, help="of each kind, after one to warm up")
    parser.add_argument("--only", choices=("fused", "nn.LSTM"), help="one kind; the peak memory is then its own")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    sizes = {name: getattr(arguments, name) for name in ("hidden", "layers", "recurrent_projection")}
    config = LSTMConfig(12_000, **sizes)
    options = TrainingOptions(steps=1)
    dtype = fastest_dtype(torch.device("cpu"))
    kinds = {"fused": (FusedModel, dtype), "nn.LSTM": (PlainModel, torch.float32)}
    wanted = [name for name in kinds if arguments.only in (None, name)]
    updates = {name: Updates(kinds[name][0](config), options, kinds[name][1]) for name in wanted}
    times: dict[str, list[float]] = {name: [] for name in wanted}
    for step in range(arguments.updates + 1):
        for name in wanted:
            seconds = updates[name].seconds(step)
            if step:
                times[name].append(seconds)
    speed = {name: options.tokens / median(seconds) for name, seconds in times.items()}
    print(f"{config.layers} × {config.hidden} → {config.shown}, one thread, fused in {dtype}")
    for name, tokens in speed.items():
        best = options.tokens / min(times[name])
        print(f"{name:8} {tokens:8,.0f} tokens/s (median; best {best:,.0f})")
    if not arguments.only:
        print(f"{'ratio':8} {speed['fused'] / speed['nn.LSTM']:8.2f}")
    unit = 1 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    size = f"{config.parameters / 1e6:.1f} million parameters, {options.tokens:,} tokens an update"
    print(f"{size}, peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
