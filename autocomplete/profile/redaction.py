"""Finds a word in a learned text, whatever its case and accents, and removes or replaces it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from autocomplete.text.folding import fold
from autocomplete.text.line import LEFT_OUT, Line, Span
from autocomplete.text.words import WORD

# The parts that compounds are written in; a letter may still be followed by its accents.
_PART = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+(?:['’](?:[^\W\d_][\u0300-\u036f]*)+)*")
_POSSESSIVE = "'s"


def folded_words(text: str) -> set[str]:
    """The words of a text as they are compared: compounds, and what these are made of."""
    words = set(map(fold, WORD.findall(text)))
    words |= set(map(fold, _PART.findall(text)))
    return words | {word.removesuffix(_POSSESSIVE) for word in words}


def find(text: str, word: str) -> Iterator[tuple[int, int, int]]:
    """Where the word is in the text: by itself, in a compound ("Ada-Straße") or with a possessive s ("Ada's").

    Each place with its start, its end, and the end with the possessive s.
    """
    parts, gaps = _parts(word)
    wanted = [fold(part) for part in parts]
    if not wanted or wanted[0] not in fold(text):
        return
    found = list(_PART.finditer(text))
    free = 0
    for at in range(len(found) - len(wanted) + 1):
        run = found[at : at + len(wanted)]
        folded = [fold(match.group()) for match in run]
        cut = 0
        if folded[-1] == wanted[-1] + _POSSESSIVE:
            folded[-1], cut = wanted[-1], len(_POSSESSIVE)
        if folded == wanted and _gaps(text, run) == gaps and run[0].start() >= free:
            free = run[-1].end()
            yield run[0].start(), free - cut, free


def _parts(word: str) -> tuple[list[str], list[str]]:
    found = list(_PART.finditer(word))
    return [match.group() for match in found], _gaps(word, found)


def _gaps(text: str, found: Sequence[re.Match[str]]) -> list[str]:
    return [text[one.end() : other.start()] for one, other in pairwise(found)]


def replace_word(line: Line, word: str, instead: str = LEFT_OUT) -> Line | None:
    """The line with something else in the word's place, spans moved along; None where the word isn't in it."""
    text, spans = line.text, line.spans
    for start, bare, whole in reversed(list(find(line.text, word))):
        end = whole if instead == LEFT_OUT else bare
        text = text[:start] + instead + text[end:]
        spans = tuple(_moved(span, start, end, len(instead)) for span in spans)
    return replace(line, text=text, spans=spans) if text != line.text else None


def _moved(span: Span, start: int, end: int, length: int) -> Span:
    """The span after what is between `start` and `end` became so long."""
    shift = length - (end - start)
    first = span.start + shift if span.start >= end else min(span.start, start)
    last = span.end + shift if span.end >= end else start + length if span.end > start else span.end
    return Span(first, last, span.weight)


def scrub(value: Any, words: set[str], texts: set[str]) -> Any:
    """A report without these words and without quotes from these texts, however deep it holds them."""
    if isinstance(value, dict):
        return {scrub(key, words, texts): scrub(item, words, texts) for key, item in value.items()}
    if isinstance(value, list):
        return [scrub(item, words, texts) for item in value]
    if not isinstance(value, str):
        return value
    if " " in value.strip() and any(value.strip() in text or text in value for text in texts):
        return LEFT_OUT
    for word in words & folded_words(value):
        value = (replace_word(Line(value, "", 0.0), word) or Line(value, "", 0.0)).text
    return value
