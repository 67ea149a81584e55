"""The words of this text, likelier to come again: a continuous cache (Grave, Joulin & Usunier 2017).

For each word typed, what the LSTM showed before it is kept. The more the present resembles that, the likelier the word
comes again. This is what offers a name from its second letter on, though no corpus holds it, and forgets it with the
text. Common words are left out: the models know better when they come again.
"""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.ngram import NGramModel, largest

# Chosen on running text of two writers, see docs/quality.md.
SHARE = 0.1  # of a word's probability, once there are many words
_HALF = 50  # words behind which it is half of that
_SHARPNESS = 0.1  # of the resemblance
_COMMON = 1e-3  # words more frequent than this are left out
_REACH = 400  # words looked back on
_OFFERED = 32

Floats = NDArray[np.float32]


class RecentWords:
    """The words of one text as one model read them. Words are added at the end and cut off there."""

    def __init__(self, ngram: NGramModel, width: int, kept: int) -> None:
        """`width`: of a projected state; `kept`: as many words as may be cut off later."""
        self._ngram = ngram
        self._room = kept + _REACH
        self._shown: Floats = np.zeros((self._room, width), np.float32)
        self._ids = np.zeros(self._room, np.int64)  # in `_names`; 0 for a common word
        self._numbers: dict[str, int] = {"": 0}
        self._names = [""]
        self._units: list[int] = []  # of each word, which unit of the text it is

    def add(self, unit: int, word: str, begins_sentence: bool, shown: Floats) -> None:
        """The text's unit of this number is a word; `shown`: the projected state before it."""
        word = word.replace("’", "'")
        if begins_sentence:
            word = self._ngram.usual_case(word)
        known = self._ngram.id(word)
        common = known is not None and self._ngram.frequency(known) > _COMMON
        row = len(self._units) % self._room
        self._shown[row] = shown
        self._ids[row] = 0 if common else self._number(word)
        self._units.append(unit)

    def cut(self, units: int) -> None:
        """Forget the words from the text's unit of this number on."""
        del self._units[bisect_left(self._units, units) :]

    def likely(self, units: int, shown: Floats) -> dict[str, float]:
        """Words that may come again behind the first `units` units, where the projected state is `shown`.

        Each with its share of the whole probability, of which this takes `SHARE` at most.
        """
        end = bisect_left(self._units, units)
        count = min(end, _REACH)
        if not count:
            return {}
        rows = np.arange(end - count, end) % self._room
        resemblance = _SHARPNESS * np.einsum("ij,j->i", self._shown[rows], shown)
        weights = np.exp(resemblance - resemblance.max())
        words = np.bincount(self._ids[rows], weights / weights.sum())
        words[0] = 0
        share = SHARE * count / (count + _HALF)
        best = largest(words.astype(np.float32), _OFFERED).tolist()
        return {self._names[number]: share * float(words[number]) for number in best if words[number]}

    def _number(self, word: str) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self._names)
            self._names.append(word)
        return self._numbers[word]
