"""Training on: a run that begins with the weights of a finished model."""

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file

from autocomplete.errors import CorpusError
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.lstm import LSTMLanguageModel


def load_weights(model: LSTMLanguageModel, folder: Path) -> None:
    """Gives `model` the weights of the model in `folder`.

    Raises `ModelError` for a damaged one, `CorpusError` for one of another shape.
    """
    bundle = Bundle.open(folder)
    if bundle.config != model.config:
        raise CorpusError(
            f"The model {folder} to start from has other sizes ({bundle.config}); give its --embedding, --hidden "
            "and --layers, or train from nothing."
        )
    try:
        model.load_state_dict(load_file(bundle.path(WEIGHTS)))
    except (SafetensorError, RuntimeError) as error:
        raise CorpusError(f"The weights of {folder} can't be used ({error}); install that model again.") from error
