"""Where two texts differ."""

from typing import TypeVar

T = TypeVar("T", str, bytes, tuple[str, ...])


def common_start(one: T, other: T) -> int:
    """How many items `one` and `other` have in common at their starts; fast also where that is millions."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_ends(one: T, other: T) -> tuple[int, int]:
    """How many items they have in common at their starts, and behind these at their ends."""
    start = common_start(one, other)
    return start, common_start(one[start:][::-1], other[start:][::-1])


def common_text(one: str, other: str) -> tuple[int, int]:
    """`common_ends` of two texts by lines, and within the lines that differ by characters.

    A line that was removed is then seen as one, although the next may begin with the same letters.
    """
    lines, others = tuple(one.splitlines(keepends=True)), tuple(other.splitlines(keepends=True))
    above, below = common_ends(lines, others)
    start, end = sum(map(len, lines[:above])), sum(map(len, lines[len(lines) - below :]))
    within = common_ends(one[start : len(one) - end], other[start : len(other) - end])
    return start + within[0], end + within[1]
