"""A paragraph that somebody wrote, as the profile keeps it."""

from dataclasses import dataclass
from typing import NamedTuple

# Stands in a line for what the filter took out (OBJECT REPLACEMENT CHARACTER).
LEFT_OUT = "\ufffc"


class Span(NamedTuple):
    """A part of a line, in code points: from `start` up to and without `end`."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Line:
    """One paragraph as written, newline excluded.

    `time`: seconds since the epoch, when it was written. `spans`: what the user wrote of it himself and how much
    each part teaches (typed 1, picked 2); without any, all of it with weight 1.
    """

    text: str
    language: str
    time: float
    spans: tuple[Span, ...] = ()
