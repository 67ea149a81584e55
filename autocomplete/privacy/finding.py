"""A part of a text that must not be learned."""

from typing import NamedTuple


class Finding(NamedTuple):
    """`text[start:end]` is what the reason says, in words a user understands."""

    start: int
    end: int
    reason: str
