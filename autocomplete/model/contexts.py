"""The contexts of the n-gram model: a tree of words read leftwards, each node with the words that follow there.

A level holds the contexts of one length, sorted by parent (the context without its left word) and left word.
Probabilities are one byte each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.tensors import Tensors, check_below, expect

# Log-probabilities are kept in one byte, in steps of 1/16 nat: an error of at most 3 %.
LOG_STEP = 1 / 16
FROM_BYTE = np.exp(-LOG_STEP * np.arange(256)).astype(np.float32)
_MANY = 255  # a count from here on does not fit the byte and stands in a list of its own


def to_byte(probabilities: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Probabilities in (0, 1] as bytes (see `LOG_STEP`)."""
    logs = -np.log(np.maximum(probabilities, 1e-30)) / LOG_STEP
    return np.clip(np.rint(logs), 0, 255).astype(np.uint8)


def write_counts(name: str, counts: NDArray[np.integer]) -> Tensors:
    """Counts as tensors of a byte each, the few large ones aside."""
    large = counts >= _MANY
    return {
        name: np.where(large, _MANY, counts).astype(np.uint8),
        f"{name}.large": counts[large].astype(np.uint32),
    }


def read_offsets(name: str, tensors: Tensors, count: int, end: int) -> NDArray[np.uint32]:
    """Where the runs of these counts begin and end: one number more than there are counts.

    Raises `ValueError` unless there are `count` of them, and `end` in all.
    """
    small = expect(tensors, name, np.uint8, count)
    many = np.flatnonzero(small == _MANY)
    offsets = np.zeros(count + 1, dtype=np.uint32)
    offsets[1:] = small
    offsets[1 + many] = expect(tensors, f"{name}.large", np.uint32, len(many))
    if int(offsets.sum(dtype=np.uint64)) != end:
        raise ValueError(f"its {name} are not those of {end}")
    return np.cumsum(offsets, dtype=np.uint32)


@dataclass(frozen=True)
class Level:
    """The contexts of one length.

    children[i]: where the children of context i of the level before begin here; lefts: each context's left word;
    offsets: where its successors begin in `words` (sorted ids) and `masses` (bytes, as `backoffs`).
    """

    children: NDArray[np.uint32]
    lefts: NDArray[np.uint16]
    backoffs: NDArray[np.uint8]
    offsets: NDArray[np.uint32]
    words: NDArray[np.uint16]
    masses: NDArray[np.uint8]

    @classmethod
    def read(cls, name: str, tensors: Tensors, parents: int, vocabulary: int) -> "Level":
        """The level of that name in a file's tensors, below so many contexts and for so many words.

        Raises `ValueError` when its parts do not fit each other or these.
        """
        lefts = expect(tensors, f"lefts.{name}", np.uint16, None)
        words = expect(tensors, f"words.{name}", np.uint16, None)
        level = cls(
            read_offsets(f"children.{name}", tensors, parents, len(lefts)),
            lefts,
            expect(tensors, f"backoffs.{name}", np.uint8, len(lefts)),
            read_offsets(f"successors.{name}", tensors, len(lefts), len(words)),
            words,
            expect(tensors, f"masses.{name}", np.uint8, len(words)),
        )
        check_below(f"words.{name}", words, vocabulary)
        ascending = np.ones(len(words) + 1, dtype=bool)
        np.greater(words[1:], words[:-1], out=ascending[1 : len(words)])
        ascending[level.offsets] = True  # another context's words begin there
        if not ascending.all():
            raise ValueError(f"its words.{name} are out of order")
        return level

    def find(self, parent: int, left: int) -> int:
        """The context with this left word before that of the level before; -1 when there is none."""
        begin, end = self.children.item(parent), self.children.item(parent + 1)
        at = begin + int(self.lefts[begin:end].searchsorted(np.uint16(left)))
        return at if at < end and self.lefts.item(at) == left else -1

    def successors(self, context: int) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
        """The words remembered behind a context, and the probability each has by that."""
        run = slice(self.offsets.item(context), self.offsets.item(context + 1))
        return self.words[run], FROM_BYTE[self.masses[run]]

    def left_over(self, context: int) -> float:
        """The probability that goes to the context without its left word."""
        return float(FROM_BYTE[self.backoffs[context]])


def read_levels(tensors: Tensors, vocabulary: int) -> list[Level]:
    """The levels in a file's tensors, shortest contexts first. Raises `ValueError` when they do not fit together, or
    not so many words."""
    levels: list[Level] = []
    parents = 1
    for number in range(1, 1 + sum(name.startswith("masses.") for name in tensors)):
        levels.append(Level.read(str(number), tensors, parents, vocabulary))
        parents = len(levels[-1].lefts)
    return levels


def write_level(
    name: str,
    children: NDArray[np.integer],
    lefts: NDArray[np.uint16],
    backoffs: NDArray[np.float64],
    successors: NDArray[np.integer],
    words: NDArray[np.uint16],
    masses: NDArray[np.float64],
) -> Tensors:
    """A level as tensors. children: how many contexts each of the level before has here; successors: how many words
    follow each context; backoffs and masses as probabilities."""
    return {
        **write_counts(f"children.{name}", children),
        f"lefts.{name}": lefts,
        f"backoffs.{name}": to_byte(backoffs),
        **write_counts(f"successors.{name}", successors),
        f"words.{name}": words,
        f"masses.{name}": to_byte(masses),
    }
