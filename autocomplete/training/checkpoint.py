"""A training run on disk: weights, optimizer moments and carried state in one safetensors file.

A kill at any moment leaves the last whole checkpoint. Nothing is unpickled.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from autocomplete.atomic import write_whole
from autocomplete.errors import CorpusError
from autocomplete.model.lstm import LSTMLanguageModel, State
from autocomplete.training.average import Average

CHECKPOINT = "checkpoint.safetensors"
_LOSS_MEMORY = 0.98


@dataclass
class Progress:
    """How far a run is: updates done, seconds spent, smoothed loss in nats a token.

    dev: bits per character of the text held out, when last looked at. late_from: the batch of segments from which the
    late mixture is read, once it is.
    """

    step: int = 0
    seconds: float = 0.0
    loss: float = float("nan")
    dev: float | None = None
    late_from: int | None = None

    def advance(self, loss: float, seconds: float) -> None:
        """Note one more update."""
        self.step += 1
        self.seconds = seconds
        seen = self.loss if math.isfinite(self.loss) else loss
        self.loss = _LOSS_MEMORY * seen + (1 - _LOSS_MEMORY) * loss


def save_checkpoint(
    folder: Path,
    model: LSTMLanguageModel,
    average: Average,
    optimizer: torch.optim.AdamW,
    state: State,
    progress: Progress,
) -> None:
    """Replace the checkpoint in `folder`. `state`: of all columns of the batch."""
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    for name, parameter in model.named_parameters():
        moments = optimizer.state.get(parameter, {})
        tensors |= {f"optimizer.{name}.{key}": value for key, value in moments.items()}
        tensors[f"average.{name}"] = average.weights[name]
    tensors |= {"state.h": state.h, "state.c": state.c}
    tensors = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    write_whole(folder / CHECKPOINT, save(tensors, {"progress": json.dumps(asdict(progress))}))


def load_checkpoint(
    folder: Path, model: LSTMLanguageModel, average: Average, optimizer: torch.optim.AdamW
) -> tuple[State, Progress] | None:
    """Put the checkpoint of `folder` into model, average and optimizer; None when there is none."""
    path = folder / CHECKPOINT
    if not path.exists():
        return None
    try:
        with safe_open(path, "pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            progress = Progress(**json.loads(file.metadata()["progress"]))
        model.load_state_dict(_under("model.", tensors))
        for name, parameter in model.named_parameters():
            moments = _under(f"optimizer.{name}.", tensors)
            if moments:
                optimizer.state[parameter] = {key: value.to(parameter.device) for key, value in moments.items()}
        average.resume(_under("average.", tensors))
        device = model.bias.device
        return State(tensors["state.h"].to(device), tensors["state.c"].to(device)), progress
    except (SafetensorError, OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
        raise CorpusError(
            f"The checkpoint {path} does not fit this run ({error}); delete it to start over, or choose another --out."
        ) from error


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
