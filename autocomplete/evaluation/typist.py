"""The simulated typist: counts the keys a person needs who takes every suggestion that is right.

The typist looks at the words shown before each letter of a word. If the word meant is there, to
the letter and its case, one key takes it and the space behind it; otherwise the next character is
typed. Punctuation right behind a taken word costs its own key and moves that space behind itself.
Nobody looks while typing what is longer than any word offered: it is typed letter by letter.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from autocomplete.text.words import MAX_WORD, WORD

SHOWN = 3

Suggest = Callable[[str, int], Sequence[str]]
"""From the text before the cursor and a number k: up to k whole words, best first."""


@dataclass(slots=True)
class Typing:
    """What typing some text took; sums over lines."""

    words: int = 0
    characters: int = 0
    keystrokes: int = 0
    first: int = 0
    """Words shown in first place before their first letter was typed."""
    shown: int = 0
    """Words shown in any place before their first letter was typed."""

    def add(self, other: "Typing") -> None:
        self.words += other.words
        self.characters += other.characters
        self.keystrokes += other.keystrokes
        self.first += other.first
        self.shown += other.shown


@dataclass(frozen=True, slots=True)
class Seen:
    """A word of a line, from `start` to `end`, and when it was first shown."""

    start: int
    end: int
    letters: int | None
    """Letters of it typed by then; None if it never was shown."""
    rank: int
    """Its place among those shown, 0 for the first."""


def type_line(line: str, suggest: Suggest, k: int = SHOWN) -> Typing:
    """Type one line (without its end) from an empty text, looking at `k` suggestions."""
    return count_keys(line, see_words(line, suggest, k))


def count_keys(line: str, words: Iterable[Seen]) -> Typing:
    """What typing the line took whose words were seen so."""
    typing = Typing(characters=len(line))
    position = 0
    for seen in words:
        # Between words each character is a key, less what the last word taken brought along.
        typing.words += 1
        typing.keystrokes += seen.start - position
        position = seen.end
        if seen.letters is None:
            typing.keystrokes += seen.end - seen.start
            continue
        if seen.letters == 0:
            typing.first += seen.rank == 0
            typing.shown += 1
        keys, position = _space_behind(line, seen.end)
        typing.keystrokes += seen.letters + 1 + keys
    typing.keystrokes += len(line) - position
    return typing


def see_words(line: str, suggest: Suggest, k: int = SHOWN) -> Iterator[Seen]:
    """Look for each word of the line among `k` suggestions, before each of its letters until it is shown.

    A word of more than `MAX_WORD` letters is offered nowhere, and not looked for.
    """
    for match in WORD.finditer(line):
        start, end = match.span()
        seen = Seen(start, end, None, 0)
        for cursor in range(start, end) if end - start <= MAX_WORD else ():
            suggestions = list(suggest(line[:cursor], k))[:k]
            if match.group() in suggestions:
                seen = Seen(start, end, cursor - start, suggestions.index(match.group()))
                break
        yield seen


def _space_behind(line: str, end: int) -> tuple[int, int]:
    """What the automatic space behind a word taken does: (keys pressed, position reached)."""
    follower = line[end : end + 1]
    if follower == " ":
        return 0, end + 1
    if not follower or follower.isalnum():
        return 0, end
    # Punctuation takes the space back and gives it again behind itself.
    return 1, end + (2 if line[end + 1 : end + 2] == " " else 1)
