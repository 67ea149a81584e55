"""A person's lines: which to learn from and which to set aside, and as tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from autocomplete.errors import TuningError
from autocomplete.finetuning.options import FEWEST_WORDS
from autocomplete.text.line import LEFT_OUT, Line
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.text.units import split_units
from autocomplete.text.words import WORD

_ASIDE = 0.1
_LEAST_ASIDE, _MOST_ASIDE = 200, 3000  # words: fewer say little, more take long to measure
_LARGEST_ASIDE = 1 / 3
# Lines written within so many seconds of each other belong together.
_PAUSE = 600.0


class Piece(NamedTuple):
    """Tokens, and how much each of them teaches (0: it is only read)."""

    tokens: list[int]
    weights: list[float]


@dataclass(frozen=True)
class Split:
    """Older lines to learn from, the newest to measure on; `words` and `words_aside` are the person's own in each."""

    learned: tuple[Line, ...]
    aside: tuple[Line, ...]
    words: int
    words_aside: int


def split_lines(lines: Sequence[Line]) -> Split:
    """Set the newest tenth aside, and of a short text more. Raises `TuningError` if there is too little."""
    counts = [own_words(line) for line in lines]
    total = sum(counts)
    if total < FEWEST_WORDS:
        raise TuningError(
            f"There is too little text to fine-tune the model: {FEWEST_WORDS - total} more words of yours are needed, "
            f"since there are {total} and it takes {FEWEST_WORDS}."
        )
    wanted = min(max(_ASIDE * total, _LEAST_ASIDE), _MOST_ASIDE, _LARGEST_ASIDE * total)
    first, aside = len(lines), 0
    while aside < wanted and first > 1:
        first -= 1
        aside += counts[first]
    newest = zip(lines[first:], counts[first:], strict=True)
    measured = tuple(line for line, count in newest if _mostly_own(line, count))
    return Split(tuple(lines[:first]), measured, total - aside, aside)


def own_words(line: Line) -> int:
    """How many words of the line the person wrote."""
    return sum(_weight(line, *match.span()) > 0 for match in WORD.finditer(line.text))


def _mostly_own(line: Line, own: int) -> bool:
    """Whether typing the whole line is typing what the person wrote."""
    return own > 0 and 2 * own > sum(1 for _ in WORD.finditer(line.text))


def encode(line: Line, tokenizer: Tokenizer) -> Piece:
    """The line with its end. What the person did not write, and what stands for a secret, is read, not learned."""
    tokens: list[int] = []
    weights: list[float] = []
    position = 0
    for unit in split_units(line.text + "\n"):
        ids = tokenizer.encode_unit(unit, line_start=position == 0)
        weight = 1.0 if unit == "\n" else _weight(line, position, position + len(unit))
        tokens += ids
        weights += [0.0 if LEFT_OUT in unit else weight] * len(ids)
        position += len(unit)
    return Piece(tokens, weights)


def _weight(line: Line, start: int, end: int) -> float:
    """How much the characters from `start` to `end` teach."""
    if not line.spans:
        return 1.0
    return max((span.weight for span in line.spans if span.start < end and start < span.end), default=0.0)


def documents(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that were written one after the other, together."""
    result: list[list[Line]] = []
    for line in lines:
        if result and 0 <= line.time - result[-1][-1].time <= _PAUSE:
            result[-1].append(line)
        else:
            result.append([line])
    return result
