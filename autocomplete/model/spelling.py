"""How the n-gram model's words are spelled in pieces: what ties a word of that model to the LSTM without a step.

A word of one piece has that piece's probability. Of a longer one the first piece is scored, too; how much of what goes
on behind it is this word is taken from how frequent the words are that begin with the same piece.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from autocomplete.errors import ModelError, brief
from autocomplete.model.ngram import NGramModel
from autocomplete.model.tensors import UNREADABLE, check_below, check_finite, expect
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer


@dataclass(frozen=True)
class Spellings:
    """For each word of the n-gram model (W,), its first piece and its share of the words that begin with it.

    `first`: the piece's place among the index's `pieces` starting pieces. `share`: of the words that go on behind that
    piece, or 0 for a word that is this piece alone.
    """

    first: NDArray[np.int32]
    share: NDArray[np.float32]
    pieces: int

    @cached_property
    def hopes(self) -> NDArray[np.float32]:
        """For each starting piece the largest share that one word has behind it."""
        largest = np.zeros(self.pieces, np.float32)
        np.maximum.at(largest, self.first, self.share)
        return largest

    def estimate(self, word: int, ending: NDArray[np.float32], going_on: NDArray[np.float32]) -> float:
        """The LSTM's probability of the word with this id, from those of the starting pieces (see `WordSearch`)."""
        first, share = self.first[word], self.share[word]
        return float(going_on[first] * share if share else ending[first])

    @classmethod
    def load(cls, path: Path, index: PieceIndex, ngram: NGramModel) -> "Spellings":
        """Raises `ModelError` for a file that is damaged or of another n-gram model."""
        count, pieces = len(ngram.words), len(index.starting.ids)
        try:
            with safe_open(path, "np") as file:
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            first, share = expect(tensors, "first", np.uint16, count), expect(tensors, "share", np.float16, count)
            check_below("first", first, pieces)
            check_finite("share", share)
        except ValueError as error:
            raise ModelError(
                f"{path} does not fit the n-gram model beside it ({brief(error)}); install the model again."
            ) from error
        except UNREADABLE as error:
            raise ModelError(f"{path} cannot be read ({brief(error)}); install the model again.") from error
        return cls(first.astype(np.int32), share.astype(np.float32), pieces)


def spell(ngram: NGramModel, tokenizer: Tokenizer) -> bytes:
    """The spellings of the n-gram model's words as a safetensors file."""
    places = {int(token): place for place, token in enumerate(PieceIndex(tokenizer).starting.ids)}
    count = len(ngram.words)
    first, alone = np.zeros(count, dtype=np.uint16), np.zeros(count, dtype=bool)
    frequency = np.array([ngram.frequency(word) for word in range(count)])
    for number, word in enumerate(ngram.words):
        tokens = tokenizer.encode_unit(" " + word.split("-")[0], line_start=False)
        first[number] = places[tokens[0]]
        alone[number] = tokenizer.pieces[tokens[0]][1:] == word
    rest = np.bincount(first[~alone], frequency[~alone], len(places))
    share = np.where(alone, 0.0, frequency / np.maximum(rest[first], 1e-12))
    # The smallest half of a share that is not nothing: 0 stands for a word alone.
    smallest = np.finfo(np.float16).smallest_subnormal
    share = np.where(alone, 0.0, np.maximum(share, smallest)).astype(np.float16)
    return save({"first": first, "share": share})
