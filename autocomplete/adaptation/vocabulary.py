"""The words one person uses, in no context: which ones they write more often than the base model expects.

Two things follow from that. A word's surplus over what the base expects has a probability of its own. And everything
the base says of a word, in any context, is multiplied by a boost (fast marginal adaptation, Kneser, Peters & Klakow
1997), which grows with how often they wrote the word for how rare it is:

    boost(w) = (1 + c(w) / (τ f(w))) ** β,    P(w | h) = boost(w) P_base(w | h) / Z(h)
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autocomplete.adaptation.decayed import DecayedCounts
from autocomplete.model.ngram import largest

# All chosen on text of four authors that was neither learned nor reported on, see docs/personal.md.
LASTING, FADING, LONG = 0.3, 0.7, 20_000  # what a word counts for good, and what halves every so many words
_EXPECTED = 2.1  # times the base's frequency a word must be written to be in surplus
# Of the surplus, the share that is believed once there are many words, and behind how many words it is half of that.
_USUAL, _USUAL_HALF = 0.14, 9_000
_LATE, _LATE_HALF, _LATE_LIFE = 0.1, 1_200, 150  # the same for the words of the last pages
_TAU, _BETA = 8_000.0, 0.7  # of the boost
NEW_FROM = 2  # sightings from which on a word that the base does not know is offered
OFFERED = 5  # words at a place; more cost time at every key and are never among the best
NEGLIGIBLE = 1e-7

Floats = NDArray[np.float64]


class Own(NamedTuple):
    """A word of the user's that may come: its id in the base's n-gram model, -1 if it has none, and its probability."""

    text: str
    known_as: int
    probability: float


class Vocabulary:
    """The words by their ids.

    `known_as`: their ids in the base's n-gram model, or -1; `new`: the base does not know them; `offered`: they may be.
    """

    def __init__(self, known: int) -> None:
        """`known`: words of the base's n-gram model."""
        self.known_as: list[int] = []
        self.new: list[bool] = []
        self.offered: list[bool] = []
        self._known = known
        self._frequencies = array("d")
        self._lasting, self._fading, self._late = DecayedCounts(), DecayedCounts(LONG), DecayedCounts(_LATE_LIFE)
        self._sorted: list[str] = []  # the folded words
        self._order = array("I")  # their ids

    def add(self, folded: str, known_as: int, frequency: float) -> None:
        """The next id; `frequency`: that of the base, 0 where it does not know the word."""
        number = len(self.known_as)
        self.known_as.append(known_as)
        self.new.append(frequency == 0)
        self.offered.append(False)
        self._frequencies.append(frequency)
        for counts in (self._lasting, self._fading, self._late):
            counts.add()
        at = bisect_left(self._sorted, folded)
        self._sorted.insert(at, folded)
        self._order.insert(at, number)

    def count(self, number: int, weight: float, sightings: int) -> None:
        """The word was written once more, `sightings` times in all."""
        self.offered[number] = self.offered[number] or not self.new[number] or sightings >= NEW_FROM
        for counts in (self._lasting, self._fading, self._late):
            counts.count(number, weight)

    @property
    def written(self) -> float:
        """How many words were written; a picked one counts as it teaches."""
        return self._lasting.total

    def habits(self, names: Sequence[str]) -> "Habits":
        """As they are now."""
        frequencies = np.array(self._frequencies)
        late = self._late.values()
        usual = LASTING * self._lasting.values() + FADING * self._fading.values()
        lately = _believed(late, frequencies, _LATE, _LATE_HALF, self._lasting.total)
        shares = _believed(usual, frequencies, _USUAL, _USUAL_HALF, float(usual.sum()))
        # The words of the last pages first, what they leave to the usual ones.
        shares = (lately + (1 - lately.sum()) * shares) * np.array(self.offered, dtype=bool)
        counts = np.where(frequencies > 0, usual, 0)
        boosts = (1 + counts / (_TAU * np.maximum(frequencies, 1e-12))) ** _BETA
        return Habits(self, names, shares.astype(np.float32), boosts.astype(np.float32), self._known)

    def slice(self, folded_prefix: str) -> NDArray[np.uint32]:
        """The ids of the words that begin with the folded prefix."""
        if not folded_prefix:
            return np.array(self._order, np.uint32)
        low = bisect_left(self._sorted, folded_prefix)
        high = bisect_left(self._sorted, folded_prefix + "\U0010ffff", low)
        return np.array(self._order[low:high], np.uint32)


class Habits:
    """How the words are used at one moment: their probabilities in no context, and their boosts.

    `gains`: boost - 1 of each word of the base's n-gram model (W,). left_over: the probability that is not the
    surplus's.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Sequence[str],
        shares: NDArray[np.float32],
        boosts: NDArray[np.float32],
        known: int,
    ) -> None:
        self._vocabulary, self._names, self._shares, self._boosts = vocabulary, names, shares, boosts
        self.left_over = 1 - float(shares.sum())
        known_as = np.array(vocabulary.known_as, np.int64)
        self.gains = np.zeros(known, np.float32)
        self.gains[known_as[known_as >= 0]] = boosts[known_as >= 0] - 1

    def boost(self, number: int) -> float:
        """That of the word with this id."""
        return float(self._boosts[number]) if number < len(self._boosts) else 1.0  # a word may have come since

    def best(self, folded_prefix: str) -> list[Own]:
        """The most probable words in no context that begin with the folded prefix."""
        numbers = self._vocabulary.slice(folded_prefix)
        numbers = numbers[numbers < len(self._shares)]
        shares = self._shares[numbers]
        best = [(int(numbers[i]), float(shares[i])) for i in largest(shares, OFFERED).tolist()]
        known_as = self._vocabulary.known_as
        return [Own(self._names[n], known_as[n], p) for n, p in best if p > NEGLIGIBLE]


def _believed(counts: Floats, frequencies: Floats, share: float, half: float, written: float) -> Floats:
    """Of each word, the part of its frequency above the base's that is believed, when so many words were written."""
    total = float(counts.sum())
    if not total:
        return np.zeros_like(counts)
    surplus: Floats = share * written / (written + half) * np.maximum(0, counts / total - _EXPECTED * frequencies)
    return surplus
