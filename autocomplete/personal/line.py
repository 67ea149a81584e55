"""One paragraph as the user wrote it, and which parts of it are his own."""

from dataclasses import dataclass
from typing import NamedTuple

# Stands in a line for what the filter took out.
LEFT_OUT = "\ufffc"


class Span(NamedTuple):
    """A part of a line that teaches: code points `start` to `end`, and how much it counts."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Line:
    """One paragraph as written, newline excluded.

    `language`: "en". `time`: seconds since the epoch, when it was written. `spans`: what the user wrote of it
    himself and how much that teaches (typed 1, picked 2); none means all of it, with weight 1.
    """

    text: str
    language: str
    time: float
    spans: tuple[Span, ...] = ()
