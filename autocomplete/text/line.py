"""A paragraph as somebody wrote it: what everything personal is learned from."""

from dataclasses import dataclass, field
from typing import NamedTuple

from autocomplete.text.reading import LEFT_OUT

__all__ = ["LEFT_OUT", "Line", "Span"]


class Span(NamedTuple):
    """The part start … end of a line (code points), and how much it teaches: typed 1, picked 2."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Line:
    """One paragraph without its line end; `LEFT_OUT` stands in it for what the filter took out.

    language: "en". time: when it was written, in seconds since the epoch. spans: what the user wrote of it himself; the
    rest is only context. Without spans all of it is theirs, with weight 1. above: the text that stands above it,
    which is not learned but may announce a secret ("Password:").
    """

    text: str
    language: str
    time: float
    spans: tuple[Span, ...] = ()
    above: str = field(default="", compare=False)
