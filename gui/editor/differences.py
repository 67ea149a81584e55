"""Where two texts differ."""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

_MOST_LINES = 1000  # that are compared one by one; the time grows with their square

T = TypeVar("T", str, bytes, tuple[str, ...])


class Difference(NamedTuple):
    """`text` stands where the characters from `start` to `end` stood."""

    start: int
    end: int
    text: str


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


def differences(one: str, other: str) -> Iterator[Difference]:
    """What to replace in `one` to get `other`, from the start on: by lines, and within these by characters."""
    from difflib import SequenceMatcher  # not before the window

    # With a line end behind each, a last line is like any other.
    lines, others = tuple(f"{one}\n".splitlines(keepends=True)), tuple(f"{other}\n".splitlines(keepends=True))
    above, below = common_ends(lines, others)
    old, new = lines[above : len(lines) - below], others[above : len(others) - below]
    if len(old) + len(new) > _MOST_LINES:
        old, new = ("".join(old),), ("".join(new),)
    start = sum(map(len, lines[:above]))
    for kind, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[first:last]), "".join(new[new_first:new_last])
        if kind != "equal":
            head, tail = common_ends(before, after)
            begin, end, text = start + head, start + len(before) - tail, after[head : len(after) - tail]
            if end > len(one):  # take the line end before it instead of the one behind, which is not there
                begin, end, text = begin - 1, end - 1, f"\n{text}"[:-1] if text else ""
            yield Difference(begin, end, text)
        start += len(before)
