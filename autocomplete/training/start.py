"""Training on: a run that begins with the weights of a finished model."""

from dataclasses import asdict
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file

from autocomplete.errors import CorpusError, ModelError
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.lstm import LSTMLanguageModel


def check_start(folder: Path, sizes: dict[str, int]) -> None:
    """Raises `CorpusError` unless the model in `folder` has these sizes, `ModelError` if it is none."""
    config = Bundle.open(folder).config
    if any(getattr(config, name) != size for name, size in sizes.items()):
        raise CorpusError(
            f"The model {folder} to start from has other sizes ({config}); give its --embedding, --hidden "
            "and --layers, or train from nothing."
        )


def load_weights(model: LSTMLanguageModel, folder: Path) -> None:
    """Gives `model` the weights of the model in `folder`.

    Raises `ModelError` for a damaged one, `CorpusError` for one of another shape.
    """
    check_start(folder, asdict(model.config))
    path = Bundle.open(folder).path(WEIGHTS)
    try:
        tensors = load_file(path)
        # The file also holds which pieces the exported graphs score; the model has no use for them.
        model.load_state_dict({name: tensors[name] for name in model.state_dict()})
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ModelError(f"{path} does not hold this model's weights; install that model again.") from error
