"""What was read as the words and signs that an explanation speaks of, each with the tokens that spell it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from autocomplete.text.tokenizer import Tokenizer
from autocomplete.text.words import WORD


@dataclass(frozen=True)
class ReadPart:
    """A word (with its hyphens) or a sign, without the space before it, and its tokens with that space."""

    text: str
    is_word: bool
    tokens: tuple[int, ...]


def read_parts(tokenizer: Tokenizer, units: Sequence[str], line_start: bool) -> list[ReadPart]:
    """The parts that `units` make up. `line_start`: whether they begin a line."""
    words = [match.span() for match in WORD.finditer("".join(units))]
    starts = [start for start, _ in words]
    parts: list[ReadPart] = []
    word_before: int | None = None
    end = 0
    for unit in units:
        tokens = tokenizer.encode_unit(unit, line_start=line_start)
        line_start = unit == "\n"
        end += len(unit)
        near = bisect_right(starts, end - 1) - 1
        word = near if near >= 0 and end <= words[near][1] else None
        if word is not None and word == word_before:
            last = parts.pop()
            parts.append(ReadPart(last.text + unit, True, last.tokens + tokens))
        else:
            parts.append(ReadPart(unit if unit == " " else unit.lstrip(" "), word is not None, tokens))
        word_before = word
    return parts
