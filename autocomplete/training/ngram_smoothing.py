"""From counts to probabilities.

Kneser-Ney smoothing with discounts that grow with the count (Chen & Goodman 1999), for n-grams of which some were
left out: what longer contexts explain of an n-gram's count is taken from it, and only the rest counts where those
contexts do not reach (Siivola, Hirsimäki & Virpioja 2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autocomplete.training.ngram_counts import Level

_LEAST_MASS = 1e-6

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Smoothing:
    """discounts: what is taken from counts of 1, 2, and 3 or more for words not seen there; in between in proportion.

    explained: the share of what longer contexts explain that is taken from a count (1: Kneser-Ney, 0: absolute
    discounting).
    """

    discounts: tuple[float, float, float] = (0.7, 1.2, 1.6)
    explained: float = 0.7

    def discounted(self, counts: NDArray[np.floating]) -> Reals:
        """What is left of each count."""
        taken: Reals = np.interp(counts, (0, 1, 2, 3), (0.0, *self.discounts))
        return np.maximum(counts - taken, 0.0)


@dataclass(frozen=True)
class Smoothed:
    """The n-grams that are kept of one level, with their mass; `left`: of each context, for the shorter one."""

    contexts: NDArray[np.int64]
    words: NDArray[np.uint16]
    masses: Reals
    left: Reals


def smooth(
    levels: Sequence[Level], keep: Sequence[Flags], counts: Reals, smoothing: Smoothing
) -> tuple[Reals, list[Smoothed]]:
    """Unigram probabilities, and the levels with the n-grams to keep. counts: of each word, in any context."""
    smoothed: list[Smoothed] = []
    explained: Reals = np.zeros(len(levels[-1].words))
    for number in range(len(levels) - 1, -1, -1):
        level, kept = levels[number], keep[number]
        known = smoothing.explained * explained
        rest = np.maximum(level.counts - known, 0.0)
        totals = level.totals - _sums(level.contexts, known, len(level.parents))
        mass = np.where(kept, np.minimum(masses(level, rest, totals, smoothing), 1.0), 0.0)
        some = mass > _LEAST_MASS
        smoothed.append(Smoothed(level.contexts[some], level.words[some], mass[some], left_over(level, mass)))
        explained = explained + np.where(kept, smoothing.discounted(rest), 0.0)
        if number:
            shorter = levels[number - 1]
            places = shorter.find(level.parents[level.contexts], level.words)
            found = places >= 0
            explained = _sums(places[found], explained[found], len(shorter.words))
        else:
            explained = _sums(level.words, explained, len(counts))
    rest = np.maximum(counts - smoothing.explained * explained, 0.0) + 0.5
    return rest / rest.sum(), smoothed[::-1]


def masses(
    level: Level, counts: NDArray[np.floating], totals: NDArray[np.floating], smoothing: Smoothing
) -> Reals:
    """The share of each n-gram in its context, discounted."""
    share: Reals = smoothing.discounted(counts) / np.maximum(totals[level.contexts], 1e-9)
    return share


def left_over(level: Level, mass: Reals) -> Reals:
    """What the n-grams of each context leave to the shorter one."""
    return np.clip(1 - _sums(level.contexts, mass, len(level.parents)), _LEAST_MASS, 1.0)


def _sums(places: NDArray[np.integer], values: Reals, size: int) -> Reals:
    """The sum of the values at each of `size` places."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)
