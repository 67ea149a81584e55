"""What a key, a Backspace or a picked suggestion does to the paragraph: one event in, one edit out.

The only memory is what the last event left before the cursor; all else is read from the text.
"""

from dataclasses import dataclass
from enum import Enum, auto

from autocomplete.typing.edit import Edit
from autocomplete.typing.graphemes import last_grapheme
from autocomplete.typing.spacing import (
    joins_the_word,
    may_end_a_sentence,
    needs_space_before,
    needs_space_behind,
)
from autocomplete.typing.word_at import word_at

# Two presses of the space bar further apart than this are two spaces.
DOUBLE_SPACE_SECONDS = 1.1

# Quotes and addresses are looked for this far back: a key must cost the same in an endless line.
_LOOKBACK = 2000


@dataclass(frozen=True)
class TypingOptions:
    """What the user switched on.

    auto_space: a pick puts the spaces that its word needs.
    double_space_period: two quick spaces behind a word become a full stop and a space.
    """

    auto_space: bool = True
    double_space_period: bool = False


class _Left(Enum):
    """What the last event left right before the cursor."""

    NOTHING = auto()
    AUTOMATIC_SPACE = auto()  # put by a pick, so punctuation goes before it and Enter takes it away
    TYPED_SPACE = auto()  # another one soon after means a full stop
    FULL_STOP = auto()  # made of two spaces, which Backspace takes apart again


class TypingRules:
    """Turns the events of one text into edits; the caller applies each before the next event.

    `text` is the paragraph without line breaks and `0 <= cursor <= len(text)`. With a selection the
    caller deletes the selection first. `options` may be replaced at any time.
    """

    def __init__(self, options: TypingOptions | None = None) -> None:
        self.options = options or TypingOptions()
        self.moved()

    def pick(self, text: str, cursor: int, word: str) -> Edit:
        """Put `word` (not empty) in place of the word at the cursor, with the spaces it needs."""
        start, end = word_at(text, cursor)
        if not self.options.auto_space:
            return self._edit(start, end, word)
        before = _before(text, start)
        replaced = start != end
        if not replaced and needs_space_before(before):
            word = f" {word}"
        after = text[end : end + 1]
        if after == " ":  # a space is there already: step behind it
            return self._edit(start, end + 1, f"{word} ", _Left.AUTOMATIC_SPACE)
        if needs_space_behind(before + word, after, replaced):
            return self._edit(start, end, f"{word} ", _Left.AUTOMATIC_SPACE)
        return self._edit(start, end, word)

    def key(self, text: str, cursor: int, key: str, now: float) -> Edit:
        """Type `key`: one grapheme, or a newline for Enter. `now`: seconds on a monotonic clock."""
        if key == " ":
            return self._space(text, cursor, now)
        if self._stands(_Left.AUTOMATIC_SPACE, text, cursor):
            if key == "\n":
                return self._edit(cursor - 1, cursor, key)
            if joins_the_word(_before(text, cursor - 1), key):
                return self._edit(cursor - 1, cursor, f"{key} ", _Left.AUTOMATIC_SPACE)
        return self._edit(cursor, cursor, key)

    def backspace(self, text: str, cursor: int) -> Edit:
        """Delete the character before the cursor, whole; nothing at the start of the paragraph."""
        if self._stands(_Left.FULL_STOP, text, cursor):
            return self._edit(cursor - 2, cursor, " ")
        return self._edit(cursor - last_grapheme(_before(text, cursor)), cursor, "")

    def moved(self) -> None:
        """Forget the last event: the cursor was moved, something selected, pasted, undone, …"""
        self._left = _Left.NOTHING
        self._left_at = 0
        self._space_time = 0.0

    def _space(self, text: str, cursor: int, now: float) -> Edit:
        if self._stands(_Left.AUTOMATIC_SPACE, text, cursor):
            edit = self._edit(cursor, cursor, "", _Left.TYPED_SPACE)
        elif self._is_double_space(text, cursor, now):
            edit = self._edit(cursor - 1, cursor, ". ", _Left.FULL_STOP)
        else:
            edit = self._edit(cursor, cursor, " ", _Left.TYPED_SPACE)
        self._space_time = now
        return edit

    def _is_double_space(self, text: str, cursor: int, now: float) -> bool:
        return (
            self.options.double_space_period
            and self._stands(_Left.TYPED_SPACE, text, cursor)
            and 0 <= now - self._space_time <= DOUBLE_SPACE_SECONDS
            and may_end_a_sentence(_before(text, cursor - 1))
        )

    def _stands(self, left: _Left, text: str, cursor: int) -> bool:
        """Whether the last event left this, and it still stands right before the cursor."""
        mark = ". " if left is _Left.FULL_STOP else " "
        return self._left is left and self._left_at == cursor and text.endswith(mark, 0, cursor)

    def _edit(self, start: int, end: int, text: str, left: _Left = _Left.NOTHING) -> Edit:
        """The edit that leaves the cursor behind `text`, remembered as having left `left` there."""
        self._left = left
        self._left_at = start + len(text)
        return Edit(start, end, text, self._left_at)


def _before(text: str, cursor: int) -> str:
    return text[max(0, cursor - _LOOKBACK) : cursor]
