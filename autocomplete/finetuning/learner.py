"""The model while it is fine-tuned: its updates, and its way back towards the model it began as."""

import copy
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from autocomplete.errors import TuningError
from autocomplete.finetuning.batches import Batch, Update
from autocomplete.finetuning.lines import Piece
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.optimizer import adamw
from autocomplete.training.word_ends import WordEnds

_CLIP = 1.0
_WARM = 0.1  # of the run
_AT_ONCE = 1024  # tokens scored together
_SMALLEST_RATE = 0.02  # of the peak

Check = Callable[[], None]


class Learner:
    """`base` stays as it is; `tuned` learns."""

    def __init__(self, base: LSTMLanguageModel, loss: SampledSoftmax, ends: WordEnds, rate: float) -> None:
        """loss, ends: how the outputs are scored. rate: the peak learning rate."""
        self.base = base.eval()
        self.tuned = copy.deepcopy(base)
        self._loss, self._ends, self._rate = loss, ends, rate
        self._optimizer = adamw(self.tuned, rate, weight_decay=0.0)

    def update(self, update: Update, step: int, share: float, check: Check) -> float:
        """Learn from a batch; returns the loss in nats a token of the person's text.

        step: the number of the update, which decides what the loss draws. share: of the run that is done, 0 to 1; the
        rate rises at first, then falls in a half cosine to almost nothing.
        """
        warm = min(1.0, (share + 1e-3) / _WARM)
        rate = self._rate * warm * max(_SMALLEST_RATE, 0.5 * (1 + math.cos(math.pi * share)))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self.tuned.train()
        self._optimizer.zero_grad(set_to_none=True)
        total = update.own.weight + (update.replay.weight if update.replay else 0.0)
        own = self._backward(update.own, 2 * step, total)
        check()
        if update.replay:
            self._backward(update.replay, 2 * step + 1, total)
            check()
        if not math.isfinite(own):
            raise TuningError("The model could not learn from this text and was not changed; try a part of the text.")
        nn.utils.clip_grad_norm_(self.tuned.parameters(), _CLIP)
        self._optimizer.step()
        return own / max(update.own.weight, 1e-9)

    def _backward(self, batch: Batch, draw: int, total: float) -> float:
        """Add the batch's part of a mean over `total` tokens to the gradients; returns its loss, a sum in nats."""
        projected, targets, asked = _read(self.tuned, batch)
        weight, bias = self.tuned.embedding.weight, self.tuned.bias
        losses = self._loss.losses(projected[asked], targets[asked], weight, bias, draw)
        loss = (losses * batch.weights[asked]).sum()
        ends = self._ends.total(self.tuned, projected, batch.tokens[1:], batch.weights)
        torch.autograd.backward((loss + ends) / total)
        return loss.item()

    def blended(self, alpha: float) -> LSTMLanguageModel:
        """A model at `alpha` of the way from the base to the fine-tuned one."""
        model = copy.deepcopy(self.base)
        with torch.no_grad():
            for mixed, tuned in zip(model.parameters(), self.tuned.parameters(), strict=True):
                mixed.lerp_(tuned, alpha)
        return model.eval()

    def state(self) -> dict[str, NDArray[np.float32]]:
        """Weights and optimizer, to go on from; not copied."""
        tensors = {f"model.{name}": value for name, value in self.tuned.state_dict().items()}
        for name, parameter in self.tuned.named_parameters():
            moments = self._optimizer.state.get(parameter, {})
            tensors |= {f"optimizer.{name}.{key}": value for key, value in moments.items()}
        return {name: value.numpy() for name, value in tensors.items()}

    def resume(self, state: Mapping[str, NDArray[np.float32]]) -> None:
        """Go on from what `state` gave."""
        tensors = {name: torch.from_numpy(value) for name, value in state.items()}
        self.tuned.load_state_dict(_under("model.", tensors))
        for name, parameter in self.tuned.named_parameters():
            if moments := _under(f"optimizer.{name}.", tensors):
                self._optimizer.state[parameter] = {key: value.clone() for key, value in moments.items()}


def bits(model: LSTMLanguageModel, pieces: Sequence[Piece], check: Check) -> float:
    """How many bits the model needs for what teaches in these pieces."""
    total = 0.0
    waiting = sorted(pieces, key=lambda piece: -len(piece.tokens))
    with torch.no_grad():
        while waiting:
            count = max(1, _AT_ONCE // len(waiting[0].tokens))
            some, waiting = waiting[:count], waiting[count:]
            batch = Batch.of(some)
            projected, targets, asked = _read(model, batch)
            found = model.log_probabilities(projected[asked]).gather(1, targets[asked][:, None])[:, 0]
            total -= float((found * batch.weights[asked]).sum())
            check()
    return total / math.log(2)


def _read(model: LSTMLanguageModel, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """The projected states (T - 1, B, embedding), the tokens behind them, and which of these teach (T - 1, B)."""
    tokens, targets = batch.tokens[:-1], batch.tokens[1:]
    projected, _ = model(tokens, model.initial_state(tokens.shape[1]))
    return projected, targets, batch.weights > 0


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
