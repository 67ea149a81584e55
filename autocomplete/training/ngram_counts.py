"""Counts which words follow which contexts, for contexts of one word, two words, and so on.

Contexts form a tree: those of length L+1 are those of length L with one more word on the left. So no key is longer
than 64 bits, whatever the length. Memory is bounded: contexts are counted in parts, a range of nearest words each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 1 << 23  # places; a part takes about 60 bytes each
_WORD = np.uint64(16)  # bits

Ids = NDArray[np.uint16]


@dataclass(frozen=True)
class Level:
    """The contexts of one length, sorted by parent and left word, and the n-grams seen behind them, sorted.

    parents: each context without its left word, as an index into the level before (the nearest word's id at the
    first level); lefts: that word; totals: weighted count of the context before any word. Of n-grams, contexts:
    indices into this level; words: what followed; counts: weighted.
    """

    parents: NDArray[np.int64]
    lefts: Ids
    totals: NDArray[np.float32]
    contexts: NDArray[np.int64]
    words: Ids
    counts: NDArray[np.float32]

    @property
    def keys(self) -> NDArray[np.uint64]:
        """Context and word of each n-gram in one number; sorted."""
        return pack(self.contexts, self.words)

    def find(self, contexts: NDArray[np.int64], words: Ids) -> NDArray[np.int64]:
        """Where these n-grams stand here; -1 for those that do not."""
        keys, wanted = self.keys, pack(contexts, words)
        if not len(keys):
            return np.full(len(wanted), -1)
        places = np.minimum(keys.searchsorted(wanted), len(keys) - 1)
        return np.where(keys[places] == wanted, places, -1)


def pack(high: NDArray[np.integer], low: NDArray[np.integer]) -> NDArray[np.uint64]:
    """A number and a 16-bit one as one."""
    return high.astype(np.uint64) << _WORD | low.astype(np.uint64)


def count_levels(
    ids: Ids,
    ends: Sequence[int],
    weights: Sequence[float],
    words: int,
    tokens: int,
    least: Sequence[float],
) -> list[Level]:
    """The n-grams of `ids` that weigh at least `least[i]` behind contexts of length i + 1.

    The ids below `words` are words; `words` itself begins a sentence, and no context reaches beyond it; ids from
    `tokens` on are in no context. ends: where each source ends in `ids`; weights: of each source.
    """
    classes, which = np.unique(np.asarray(weights, dtype=np.float32), return_inverse=True)
    parts = []
    for low, high in _ranges(np.bincount(ids[:-1], minlength=tokens)[:tokens]):
        places = np.flatnonzero((ids[:-1] >= low) & (ids[:-1] < high)) + 1
        places = places[ids[places] < words]
        weighs = which[np.searchsorted(ends, places, side="right")].astype(np.uint16)
        parts.append(list(_count_part(ids, places, weighs, classes, words, tokens, least)))
    levels: list[Level] = []
    for number in range(len(least)):
        levels.append(_join([part[number] for part in parts], levels[-1] if levels else None, parts, number, tokens))
    return levels


def _count_part(
    ids: Ids,
    places: NDArray[np.int64],
    weighs: Ids,
    classes: NDArray[np.float32],
    words: int,
    tokens: int,
    least: Sequence[float],
) -> Iterator[Level]:
    """The levels of the contexts before some places."""
    parents = np.empty(0, np.int64)
    contexts = ids[places - 1].astype(np.int64)
    lefts = np.arange(tokens, dtype=np.uint16)
    for length, least_count in enumerate(least, start=1):
        if length > 1:
            left = ids[places - length]
            inside = (left < tokens) & (ids[places - length + 1] != words)
            places, weighs, contexts, left = places[inside], weighs[inside], contexts[inside], left[inside]
            keys = pack(contexts, left)
            order = np.argsort(keys)
            keys, places, weighs = keys[order], places[order], weighs[order]
            starts = starts_of_runs(keys)
            sizes = np.diff(np.append(starts, len(keys)))
            totals = _sums(classes[weighs], starts)
            heavy = totals >= least_count
            parents, lefts = unpack(keys[starts[heavy]])
            alive = np.repeat(heavy, sizes)
            contexts = np.repeat(np.arange(np.count_nonzero(heavy)), sizes[heavy])
            places, weighs, totals = places[alive], weighs[alive], totals[heavy]
        else:
            totals = np.bincount(contexts, weights=classes[weighs], minlength=tokens).astype(np.float32)
        followed = pack(pack(contexts, ids[places]), weighs)
        followed.sort()
        starts = starts_of_runs(followed >> _WORD)
        counts = _sums(classes[(followed & np.uint64(0xFFFF)).astype(np.int64)], starts)
        often = counts >= least_count
        at, word = unpack(followed[starts[often]] >> _WORD)
        yield Level(parents, lefts, totals, at, word, counts[often])


def _join(
    parts: list[Level], before: Level | None, all_parts: list[list[Level]], number: int, tokens: int
) -> Level:
    """One level of all parts, its indices counted through."""
    if before is None:
        every = np.arange(tokens)
        totals: NDArray[np.float32] = sum((part.totals for part in parts), np.zeros(tokens, dtype=np.float32))
        return Level(every, every.astype(np.uint16), totals, *_n_grams(parts, [0] * len(parts)))
    shifts = np.cumsum([0, *(len(part.parents) for part in parts)]).tolist()
    above = [0] * len(parts)
    if number > 1:
        above = np.cumsum([0, *(len(part[number - 1].parents) for part in all_parts)]).tolist()
    return Level(
        np.concatenate([part.parents + shift for part, shift in zip(parts, above, strict=False)]),
        np.concatenate([part.lefts for part in parts]),
        np.concatenate([part.totals for part in parts]),
        *_n_grams(parts, shifts),
    )


def _n_grams(
    parts: list[Level], shifts: list[int]
) -> tuple[NDArray[np.int64], Ids, NDArray[np.float32]]:
    return (
        np.concatenate([part.contexts + shift for part, shift in zip(parts, shifts, strict=False)]),
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )


def unpack(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], Ids]:
    return (keys >> _WORD).astype(np.int64), (keys & np.uint64(0xFFFF)).astype(np.uint16)


def _ranges(sizes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of ids with about `_AT_ONCE` places each, or one id that has more."""
    low, size = 0, 0
    for number, more in enumerate(sizes.tolist()):
        if size and size + more > _AT_ONCE:
            yield low, number
            low, size = number, 0
        size += more
    yield low, len(sizes)


def _sums(values: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    if not len(starts):
        return np.empty(0, np.float32)
    return np.add.reduceat(values.astype(np.float64), starts).astype(np.float32)


def starts_of_runs(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """Where runs of equal values begin."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
