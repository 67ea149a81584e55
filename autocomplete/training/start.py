"""Training on: a run that begins with the weights of a finished model, of its sizes or grown to larger ones.

A grown model begins as the very function of the smaller one (in the manner of Net2Net, Chen et al. 2016): the small
weights stand in a corner of the new ones, and whatever would read a new unit reads nothing of it until it learns to.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from autocomplete.errors import CorpusError, ModelError
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training.recipe import SIZES

_PROJECTION = "lstm.weight_hr_l{}"
_GATES = ("lstm.weight_ih", "lstm.weight_hh", "lstm.bias")  # their rows are of four gates
_NOT_READ = ("embedding.weight", "end_vectors")  # their columns make a unit, where all others read one


def check_start(folder: Path, sizes: Mapping[str, int]) -> None:
    """Raises `CorpusError` unless the model in `folder` can be grown to these sizes, `ModelError` if it is none."""
    before = Bundle.open(folder).config
    small = {name: getattr(before, name) for name in sizes}
    # Without a projection all cells are shown.
    least = before.shown if sizes["recurrent_projection"] else before.recurrent_projection
    fits = sizes["layers"] == before.layers and sizes["recurrent_projection"] >= least
    if not fits or any(sizes[name] < small[name] for name in ("embedding", "hidden")):
        told = ", ".join(f"{name.replace('_', ' ')} {size}" for name, size in small.items())
        raise CorpusError(
            f"The model {folder} ({told}) cannot be made into one of these sizes; leave --layers as they are, give no "
            f"less than its own for --embedding and --hidden, and for --recurrent-projection {_ways_out(before)}."
        )


def _ways_out(before: LSTMConfig) -> str:
    return f"{'' if before.recurrent_projection else '0 or '}no less than {before.shown}"


def load_weights(model: LSTMLanguageModel, folder: Path) -> None:
    """Give `model` the weights of the model in `folder`; new units keep the fresh ones that `model` has.

    Raises `ModelError` for a damaged one, `CorpusError` for one that cannot be grown to this.
    """
    config = model.config
    check_start(folder, {name: getattr(config, name) for name in SIZES})
    bundle = Bundle.open(folder)
    if (bundle.config.vocabulary, bundle.config.ends) != (config.vocabulary, config.ends):
        raise CorpusError(f"The model {folder} has another vocabulary; train from nothing.")
    path = bundle.path(WEIGHTS)
    try:
        # The file also holds which pieces the exported graphs score; the model has no use for them.
        tensors = {name: value.float() for name, value in load_file(path).items() if value.is_floating_point()}
        model.load_state_dict(grown(model, tensors, bundle.config))
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ModelError(f"{path} does not hold this model's weights; install that model again.") from error


def grown(model: LSTMLanguageModel, tensors: Mapping[str, Tensor], before: LSTMConfig) -> dict[str, Tensor]:
    """The weights of `model`, fresh but for those of a smaller model in a corner, so that it is the same function.

    tensors: the smaller model's, of the sizes `before`. Raises KeyError, RuntimeError for others.
    """
    if model.config.recurrent_projection and not before.recurrent_projection:
        identity = torch.eye(before.hidden)  # what all cells show is themselves
        tensors = {**tensors, **{_PROJECTION.format(layer): identity for layer in range(before.layers)}}
    return {name: _grown(name, value, tensors[name]) for name, value in model.state_dict().items()}


def _grown(name: str, fresh: Tensor, small: Tensor) -> Tensor:
    """The parameter `fresh` with the smaller model's in its corner, and nothing read of units that are new."""
    result = fresh.clone()
    whole, corner = result, small
    if name.startswith(_GATES):
        whole, corner = (part.view(4, -1, *part.shape[1:]) for part in (whole, corner))
    if fresh.ndim == 2 and name not in _NOT_READ:
        whole[..., small.shape[1] :] = 0
    if name.startswith("projection."):
        whole[len(small) :] = 0  # what is compared with the vectors' new numbers
    whole[tuple(slice(size) for size in corner.shape)] = corner
    return result
