"""Authors' texts in the order of time, cut into what is learned from and what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autocomplete.text.words import WORD

LEARNED = 0.8  # of the words; the rest is typed


@dataclass(frozen=True)
class Author:
    """One author's lines before and behind the cut."""

    name: str
    language: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


def read_authors(folder: Path) -> list[Author]:
    """The authors of LANGUAGE/NAME.txt in `folder`: messages with an empty line between them, oldest first."""
    return [_read(path) for path in sorted(folder.glob("*/*.txt"))]


def _read(path: Path) -> Author:
    messages = [text.split("\n") for text in path.read_text("utf-8").split("\n\n") if text.strip()]
    counts = [sum(map(count_words, message)) for message in messages]
    behind, cut = 0, len(messages)
    while behind < (1 - LEARNED) * sum(counts):
        cut -= 1
        behind += counts[cut]
    return Author(path.stem, path.parent.name, _lines(messages[:cut]), _lines(messages[cut:]))


def last_words(lines: Sequence[str], words: int) -> list[str]:
    """The last lines, as many as hold so many words; all if `words` is 0."""
    kept, count = 0, 0
    while kept < len(lines) and not (words and count >= words):
        kept += 1
        count += count_words(lines[-kept])
    return list(lines[len(lines) - kept :])


def count_words(line: str) -> int:
    return sum(1 for _ in WORD.finditer(line))


def _lines(messages: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(line for message in messages for line in message if line.strip())
