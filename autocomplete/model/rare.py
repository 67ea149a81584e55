"""Rarer words than the n-gram model's: each has a spelling and a frequency, and no context knows it."""

import zlib

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.contexts import FROM_BYTE, to_byte
from autocomplete.model.tensors import Tensors, expect
from autocomplete.model.wordlist import WordList, compress, decompress, inflate
from autocomplete.text.folding import fold


class RareWords:
    """Words sorted by folded spelling, with their probabilities where nothing is known of the surroundings.

    `most`: the largest of them.
    """

    def __init__(self, words: WordList, shares: NDArray[np.uint8], most: float) -> None:
        """`shares`: each word's share of the probability `most`, as `to_byte` makes it."""
        self.words = words
        self._shares = shares
        self.most = most

    @classmethod
    def read(cls, tensors: Tensors) -> "RareWords":
        """The rare words in a file's tensors. Raises `ValueError` when they do not fit together."""
        words = decompress(expect(tensors, "rare.words", np.uint8, None))
        shares = np.frombuffer(inflate(expect(tensors, "rare.shares", np.uint8, None), len(words)), np.uint8)
        if len(shares) != len(words):
            raise ValueError("its rare words and their frequencies differ in number")
        most = expect(tensors, "rare.most", np.float32, 1).item()
        if not 0 <= most <= 1:
            raise ValueError("its rare.most is no probability")
        return cls(words, shares, most)

    def best(self, folded_prefix: str, count: int) -> dict[str, float]:
        """Up to `count` words that begin with the folded prefix, the most frequent, with their probabilities."""
        low, high = self.words.slice(folded_prefix, fold)
        levels = self._shares[low:high]
        best = np.argpartition(levels, count)[:count] if len(levels) > count else np.arange(len(levels))
        return {self.words[low + i]: float(FROM_BYTE[levels[i]] ) * self.most for i in best.tolist()}

    def probability(self, word: str) -> float:
        """The probability of a word in exactly this spelling; 0 for one that is not here."""
        for i in self.words.equal(fold(word), fold):
            if self.words[i] == word:
                return float(FROM_BYTE[self._shares[i]] ) * self.most
        return 0.0


def write_rare(words: list[str], probabilities: NDArray[np.float64]) -> Tensors:
    """The tensors of rare words that are sorted by folded spelling."""
    most = float(probabilities.max(initial=1e-9))
    return {
        "rare.words": compress(words),
        "rare.shares": np.frombuffer(zlib.compress(to_byte(probabilities / most).tobytes(), 9), np.uint8),
        "rare.most": np.array([most], dtype=np.float32),
    }
