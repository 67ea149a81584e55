"""One language as it is loaded: everything that many streams share."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from autocomplete.adaptation.user_model import UserModel
from autocomplete.errors import ModelError
from autocomplete.model.bundle import NGRAM, SPELLINGS, TOKENIZER, Bundle
from autocomplete.model.gates import GateWeights
from autocomplete.model.ngram import NGramModel
from autocomplete.model.runtime import Runtime
from autocomplete.model.spelling import Spellings
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer


class UserLayer(Protocol):
    """What a user adds to a language."""

    @property
    def written(self) -> UserModel:
        """What they wrote until now."""
        ...

    def hides(self, word: str) -> bool:
        """Whether a word must not be offered to them."""
        ...


@dataclass(frozen=True)
class Language:
    """A loaded model folder: tokenizer, LSTM runtime, prefix index and, where the folder has one, n-gram model.

    personal: what its user adds to it.
    """

    name: str
    tokenizer: Tokenizer
    runtime: Runtime
    index: PieceIndex
    ngram: NGramModel | None
    spellings: Spellings | None
    bundle: Bundle
    personal: UserLayer | None = None

    @classmethod
    def load(cls, bundle: Bundle) -> "Language":
        """Raises `ModelError` naming the file that is missing or damaged."""
        tokenizer = Tokenizer.load(bundle.path(TOKENIZER))
        if tokenizer.size != bundle.config.vocabulary:
            raise ModelError(
                f"{bundle.path(TOKENIZER)} has {tokenizer.size} pieces where the model has "
                f"{bundle.config.vocabulary}; install the model again."
            )
        # Opening the graphs is native work that holds no lock: the rest is read meanwhile.
        with ThreadPoolExecutor(max_workers=1) as pool:
            opening = pool.submit(Runtime.load, bundle)
            index = PieceIndex(tokenizer)
            ngram = NGramModel.load(bundle.path(NGRAM)) if bundle.has(NGRAM) else None
            spellings = Spellings.load(bundle.path(SPELLINGS), index, ngram) if ngram else None
            runtime = opening.result()
        for ours, its in ((index.starting, runtime.starting), (index.continuing, runtime.continuing)):
            if not np.array_equal(ours.ids, its):
                raise ModelError(f"{bundle.folder} was made for other pieces than its tokenizer's; install it again.")
        return cls(bundle.language, tokenizer, runtime, index, ngram, spellings, bundle)

    @cached_property
    def gates(self) -> GateWeights:
        """The weights behind the gates, which the runtime alone does not tell; read when first asked for.

        Raises `ModelError` when the file is damaged.
        """
        return GateWeights(self.bundle)
