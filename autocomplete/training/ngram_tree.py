"""The tree of contexts as a file holds it: only those that remember something, or lead to one that does."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.contexts import write_level
from autocomplete.model.tensors import Tensors
from autocomplete.training.ngram_counts import Level
from autocomplete.training.ngram_smoothing import Smoothed

_BYTES_AN_N_GRAM = 2 + 1
_BYTES_A_CONTEXT = 2 + 1 + 1 + 1  # left word, mass left over, how many successors and children


def tree_bytes(levels: Sequence[Level], keep: Sequence[NDArray[np.bool_]]) -> int:
    """About how many bytes the n-grams to keep take in a file."""
    used = [_used(level, level.contexts[kept]) for level, kept in zip(levels, keep, strict=True)]
    contexts = sum(int(needed.sum()) for needed in _needed(levels, used))
    return _BYTES_A_CONTEXT * contexts + _BYTES_AN_N_GRAM * sum(int(kept.sum()) for kept in keep)


def tree_tensors(levels: Sequence[Level], smoothed: Sequence[Smoothed]) -> Tensors:
    """The tensors of `autocomplete.model.contexts.Level`, for all levels."""
    used = [_used(level, kept.contexts) for level, kept in zip(levels, smoothed, strict=True)]
    needed = _needed(levels, used)
    tensors: Tensors = {}
    above = np.zeros(1, dtype=np.int64)  # the empty context
    for number, (level, kept, here) in enumerate(zip(levels, smoothed, needed, strict=True)):
        numbers = np.cumsum(here) - 1
        parents = above[level.parents[here]] if number else np.zeros(np.count_nonzero(here), np.int64)
        tensors |= write_level(
            str(number + 1),
            np.bincount(parents, minlength=int(above[-1]) + 1 if len(above) else 0),
            level.lefts[here],
            kept.left[here],
            np.bincount(numbers[kept.contexts], minlength=np.count_nonzero(here)),
            kept.words,
            kept.masses,
        )
        above = numbers
    return tensors


def _used(level: Level, contexts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which contexts of the level are among these."""
    used = np.zeros(len(level.parents), dtype=np.bool_)
    used[contexts] = True
    return used


def _needed(levels: Sequence[Level], used: Sequence[NDArray[np.bool_]]) -> list[NDArray[np.bool_]]:
    """Which contexts of each level are to be kept."""
    needed = [flags.copy() for flags in used]
    for number in range(len(levels) - 1, 0, -1):
        needed[number - 1][levels[number].parents[needed[number]]] = True
    return needed
