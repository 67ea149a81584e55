"""What reading a file gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autocomplete.text.line import Line


@dataclass(frozen=True)
class Found:
    """What was read from one file. `problem`: one sentence, "" when it was read.

    `lines`: without secrets, the oldest first. `words`: of all lines. `language`: of most words, "" if none. `first`,
    `last`: seconds since the epoch, 0 without lines. `left_out`: what was passed over, and how often. `people`,
    `columns`: what the options can name in this file, the likeliest first.
    """

    path: Path
    kind: str
    lines: tuple[Line, ...]
    words: int
    language: str
    first: float
    last: float
    left_out: Mapping[str, int]
    problem: str = ""
    people: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
