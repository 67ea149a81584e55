"""A paragraph as somebody wrote it: what everything personal is learned from."""

from dataclasses import dataclass
from typing import NamedTuple

LEFT_OUT = "\ufffc"  # stands in a line for what the filter took out


class Span(NamedTuple):
    """The part start … end of a line (code points), and how much it teaches: typed 1, picked 2."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Line:
    """One paragraph without its line end.

    language: "en". time: when it was written, in seconds since the epoch. spans: what the user wrote of it himself; the
    rest is only context. Without spans all of it is his, with weight 1.
    """

    text: str
    language: str
    time: float
    spans: tuple[Span, ...] = ()
