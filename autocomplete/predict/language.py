"""One language as it is loaded: everything that many streams share."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from autocomplete.errors import ModelError
from autocomplete.model.bundle import Bundle
from autocomplete.model.ngram import NGramMemory
from autocomplete.model.runtime import Runtime
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer

NGRAM_FILE = "ngram.safetensors"
PIECES_FILE = "pieces.safetensors"
TOKENIZER_FILE = "tokenizer.model"


@dataclass(frozen=True)
class Language:
    """A loaded model folder: tokenizer, LSTM runtime, prefix index and, where the folder has one, n-gram memory."""

    name: str
    tokenizer: Tokenizer
    runtime: Runtime
    index: PieceIndex
    memory: NGramMemory | None

    @classmethod
    def load(cls, bundle: Bundle) -> "Language":
        """Raises `ModelError` naming the file that is missing or damaged."""
        tokenizer = Tokenizer.load(bundle.path(TOKENIZER_FILE))
        if tokenizer.size != bundle.config.vocabulary:
            raise ModelError(
                f"{bundle.path(TOKENIZER_FILE)} has {tokenizer.size} pieces where the model has "
                f"{bundle.config.vocabulary}; install the model again."
            )
        index = PieceIndex(tokenizer, _read_ends(bundle.path(PIECES_FILE), tokenizer.size))
        memory = NGramMemory.load(bundle.path(NGRAM_FILE)) if bundle.has(NGRAM_FILE) else None
        return cls(bundle.language, tokenizer, Runtime.load(bundle), index, memory)


def _read_ends(path: Path, size: int) -> NDArray[np.float32]:
    try:
        with safe_open(path, "np") as file:
            ends: NDArray[np.float32] = file.get_tensor("ends")
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read ({error}); install the model again.") from error
    if ends.shape != (size,):
        raise ModelError(f"{path} does not fit the tokenizer beside it; install the model again.")
    return ends
