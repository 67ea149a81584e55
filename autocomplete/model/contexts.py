"""The contexts of the n-gram memory: a tree of words read leftwards, each node with the words that follow there.

A level holds the contexts of one length, sorted by parent (the context without its left word) and left word.
Probabilities are one byte each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Log-probabilities are kept in one byte, in steps of 1/16 nat: an error of at most 3 %.
LOG_STEP = 1 / 16
FROM_BYTE = np.exp(-LOG_STEP * np.arange(256)).astype(np.float32)
_MANY = 255  # a count from here on does not fit the byte and stands in a list of its own

Tensors = dict[str, NDArray[Any]]


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


def read_offsets(name: str, tensors: Mapping[str, NDArray[Any]]) -> NDArray[np.uint32]:
    """Where the runs of these counts begin and end: one number more than there are counts."""
    small = tensors[name]
    offsets = np.zeros(len(small) + 1, dtype=np.uint32)
    offsets[1:] = small
    offsets[1:][small == _MANY] = tensors[f"{name}.large"]
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

    def check(self, parents: int) -> None:
        """Raises `ValueError` when the parts do not fit each other or that many contexts of the level before."""
        contexts, n_grams = len(self.lefts), len(self.words)
        fits = (
            len(self.children) == parents + 1
            and self.children[-1] == contexts == len(self.backoffs) == len(self.offsets) - 1
            and self.offsets[-1] == n_grams == len(self.masses)
        )
        if not fits:
            raise ValueError("its contexts and their words differ in number")

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


def read_levels(tensors: Mapping[str, NDArray[Any]]) -> list[Level]:
    """The levels in a file's tensors, shortest contexts first. Raises `ValueError` when they do not fit together."""
    levels: list[Level] = []
    parents = 1
    for _ in range(sum(name.startswith("masses.") for name in tensors)):
        name = str(len(levels) + 1)
        levels.append(
            Level(
                read_offsets(f"children.{name}", tensors),
                tensors[f"lefts.{name}"],
                tensors[f"backoffs.{name}"],
                read_offsets(f"successors.{name}", tensors),
                tensors[f"words.{name}"],
                tensors[f"masses.{name}"],
            )
        )
        levels[-1].check(parents)
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
