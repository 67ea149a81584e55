"""One language as it is loaded: everything that many streams share."""

from dataclasses import dataclass

from autocomplete.model.bundle import Bundle
from autocomplete.model.ngram import NGramMemory
from autocomplete.model.runtime import Runtime
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer

NGRAM_FILE = "ngram.safetensors"
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
        memory = NGramMemory.load(bundle.path(NGRAM_FILE)) if bundle.has(NGRAM_FILE) else None
        return cls(bundle.language, tokenizer, Runtime.load(bundle), PieceIndex(tokenizer), memory)
