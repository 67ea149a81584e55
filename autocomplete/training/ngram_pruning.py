"""Chooses the n-grams that are worth their room: those whose loss would change the predictions most.

Entropy pruning (Stolcke 1998), by the relative entropy between the predictions with an n-gram and without it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.training.ngram_counts import Level
from autocomplete.training.ngram_smoothing import Reals, Smoothing, left_over, masses
from autocomplete.training.ngram_tree import tree_bytes

_HALVINGS = 20


def losses(levels: Sequence[Level], unigram: Reals, smoothing: Smoothing) -> list[Reals]:
    """For each n-gram, how much the predictions would change without it, in nats a word of the corpus."""
    behind = [masses(level, level.counts, level.totals, smoothing) for level in levels]
    left = [left_over(level, mass) for level, mass in zip(levels, behind, strict=True)]
    total = float(levels[0].totals.sum()) if levels else 0.0
    lost = []
    for number, level in enumerate(levels):
        lower = _probability(levels[:number], behind, left, unigram, level.parents[level.contexts], level.words)
        backoff, mass = left[number][level.contexts], behind[number]
        p = np.minimum(mass + backoff * lower, 1 - 1e-9)
        without = np.minimum((mass + backoff) * lower, 1 - 1e-9)
        change = p * np.log(p / without) + (1 - p) * np.log((1 - p) / (1 - without))
        lost.append(level.totals[level.contexts] / max(total, 1e-9) * change)
    return lost


def worth_keeping(levels: Sequence[Level], lost: Sequence[Reals], room: float) -> list[NDArray[np.bool_]]:
    """Which n-grams to keep so that they take about `room` bytes or less in a file, if possible all."""

    def keep(least: float) -> list[NDArray[np.bool_]]:
        return [loss >= least for loss in lost]

    every = np.concatenate([*lost, np.zeros(1)])
    if tree_bytes(levels, keep(-1.0)) <= room:
        return keep(-1.0)
    ordered = np.sort(every)
    low, high = 0, len(ordered)
    for _ in range(_HALVINGS):
        middle = (low + high) // 2
        low, high = (middle, high) if tree_bytes(levels, keep(ordered[middle])) > room else (low, middle)
        if high - low <= 1:
            break
    return keep(ordered[high] if high < len(ordered) else np.inf)


def _probability(
    levels: Sequence[Level],
    behind: Sequence[Reals],
    left: Sequence[Reals],
    unigram: Reals,
    contexts: NDArray[np.int64],
    words: NDArray[np.uint16],
) -> Reals:
    """P of each word behind its context at the last of the levels."""
    if not levels:
        return unigram[words]
    level, number = levels[-1], len(levels) - 1
    shorter = _probability(levels[:-1], behind, left, unigram, level.parents[contexts], words)
    result: Reals = left[number][contexts] * shorter
    places = level.find(contexts, words)
    found = places >= 0
    result[found] += behind[number][places[found]]
    return result
