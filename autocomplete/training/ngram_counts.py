"""Counts n-grams of word ids and keeps those that are worth their room.

Memory is bounded: an order is counted in parts, each holding the n-grams whose first word lies in a
range of ids, so that no context is in two parts and the parts follow one another sorted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.ngram import to_byte

_AT_ONCE = 1 << 23  # n-grams; a part takes about 50 bytes each
_LEAST_MASS = 1e-6
_BYTES_A_CONTEXT = 8 + 4 + 1
_BYTES_A_WORD = 2 + 1

Ids = NDArray[np.uint16]
Tensors = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Counts:
    """The n-grams of one order that were seen often enough, sorted.

    keys: contexts and successor, 16 bits a word; counts: weighted; totals: of the whole context,
    also of the successors that are not here. followed[w]: in how many contexts word w was seen.
    """

    n: int
    keys: NDArray[np.uint64]
    counts: NDArray[np.float32]
    totals: NDArray[np.float32]
    followed: NDArray[np.int64]

    def bytes_at(self, least: float) -> int:
        """Bytes that the n-grams with at least this count take in a file."""
        contexts = self.keys[self.counts >= least] >> np.uint64(16)
        different = np.count_nonzero(contexts[1:] != contexts[:-1]) + bool(len(contexts))
        return int(different * _BYTES_A_CONTEXT + len(contexts) * _BYTES_A_WORD)

    def tensors(self, least: float, discount: float) -> Tensors:
        """What a file holds of the n-grams with at least this count, each discounted.

        See `autocomplete.model.ngram` for the names.
        """
        mass = (self.counts.astype(np.float64) - discount) / self.totals
        keep = (self.counts >= least) & (mass > _LEAST_MASS)
        keys, mass = self.keys[keep], mass[keep]
        contexts = keys >> np.uint64(16)
        starts = _starts_of_runs(contexts)
        kept = np.add.reduceat(mass, starts) if len(starts) else mass
        n = self.n
        return {
            f"keys.{n}": contexts[starts],
            f"offsets.{n}": np.append(starts, len(keys)).astype(np.uint32),
            f"backoff.{n}": to_byte(np.maximum(1 - kept, _LEAST_MASS)),
            f"words.{n}": (keys & np.uint64(0xFFFF)).astype(np.uint16),
            f"kept.{n}": to_byte(mass),
        }


def count_order(
    ids: Ids,
    ends: Sequence[int],
    weights: Sequence[float],
    n: int,
    words: int,
    unknown: int,
    least: float,
) -> Counts:
    """Counts the n-grams of `ids` and keeps those that weigh at least `least`.

    The ids below `words` are words; `words` itself begins a sentence; `unknown` is no token that is
    kept. ends: where each source ends in `ids`; weights: of each source.
    """
    keys, counts, totals = [], [], []
    followed = np.zeros(words, dtype=np.int64)
    for part_keys, part_counts in _parts(ids, ends, weights, n, words, unknown):
        contexts = part_keys >> np.uint64(16)
        starts = _starts_of_runs(contexts)
        lengths = np.diff(np.append(starts, len(contexts)))
        part_totals = np.repeat(np.add.reduceat(part_counts, starts), lengths)
        followed += np.bincount((part_keys & np.uint64(0xFFFF)).astype(np.int64), minlength=words)
        keep = part_counts >= least
        keys.append(part_keys[keep])
        counts.append(part_counts[keep])
        totals.append(part_totals[keep])
    empty = np.empty(0, dtype=np.float32)
    return Counts(
        n,
        np.concatenate([*keys, empty.astype(np.uint64)]),
        np.concatenate([*counts, empty]),
        np.concatenate([*totals, empty]),
        followed,
    )


def _parts(
    ids: Ids, ends: Sequence[int], weights: Sequence[float], n: int, words: int, unknown: int
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.float32]]]:
    """Different n-grams, sorted, and their counts, a range of first words at a time."""
    first = ids[: max(0, len(ids) - n + 1)]
    weight = np.asarray(weights, dtype=np.float32)
    for low, high in _ranges(np.bincount(first, minlength=unknown)[:unknown]):
        places = np.flatnonzero((first >= low) & (first < high))
        places = places[ids[places + n - 1] < words]
        for position in range(1, n - 1):
            # What stands before a sentence's start says nothing about the sentence.
            inner = ids[places + position]
            places = places[(inner < unknown) & (inner != words)]
        keys = np.zeros(len(places), dtype=np.uint64)
        for position in range(n):
            keys = keys << np.uint64(16) | ids[places + position]
        if len(keys):
            order = np.argsort(keys)
            keys, places = keys[order], places[order]
            starts = _starts_of_runs(keys)
            weighed = weight[np.searchsorted(ends, places, side="right")]
            yield keys[starts], np.add.reduceat(weighed, starts)


def _ranges(sizes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of ids with about `_AT_ONCE` n-grams each, or one id that has more."""
    low, size = 0, 0
    for number, more in enumerate(sizes.tolist()):
        if size and size + more > _AT_ONCE:
            yield low, number
            low, size = number, 0
        size += more
    yield low, len(sizes)


def _starts_of_runs(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
