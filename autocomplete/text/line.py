"""A paragraph as somebody wrote it: what everything personal is learned from."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from autocomplete.text.reading import LEFT_OUT
from autocomplete.text.words import WORD

__all__ = ["LEFT_OUT", "Line", "Span", "composed", "taught_words"]


class Span(NamedTuple):
    """The part start … end of a line (code points), and how much it teaches: typed 1, picked 2."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Line:
    """One paragraph without its line end; `LEFT_OUT` stands in it for what the filter took out.

    language: "en". time: when it was written, in seconds since the epoch. spans: what the user wrote of it
    themselves; the rest is only context. Without spans all of it is theirs, with weight 1. above: the text that
    stands above it, which is not learned but may announce a secret ("Password:").
    """

    text: str
    language: str
    time: float
    spans: tuple[Span, ...] = ()
    above: str = field(default="", compare=False)


def composed(line: Line) -> Line:
    """Give the line with each letter and its accents as one code point where there is one; spans move along."""
    if is_normalized("NFC", line.text):
        return line
    cuts = sorted({0, len(line.text), *(cut for span in line.spans for cut in span[:2])})
    moved, text = {0: 0}, ""
    for start, end in pairwise(cuts):
        text += normalize("NFC", line.text[start:end])
        moved[end] = len(text)
    spans = tuple(Span(moved[span.start], moved[span.end], span.weight) for span in line.spans)
    return replace(line, text=text, spans=spans)


def taught_words(line: Line) -> list[str]:
    """List the words that the line teaches, as written: those that touch one of its spans."""
    if not line.spans:
        return WORD.findall(line.text)
    matches = WORD.finditer(line.text)
    return [m.group() for m in matches if any(s.start < m.end() and m.start() < s.end for s in line.spans)]
