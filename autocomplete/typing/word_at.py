"""The whole word around the cursor, which a pick replaces."""

import re

from autocomplete.text.words import MAX_WORD, current_word

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_REST = re.compile(rf"{_LETTER}*(?:['’-]{_LETTER}+)*")


def word_at(text: str, cursor: int) -> tuple[int, int]:
    """Where the word around `cursor` begins and ends; `(cursor, cursor)` where none is typed.

    Before the first letter of a word the next pick is a new word, not another form of that one.
    """
    typed = current_word(text[max(0, cursor - MAX_WORD) : cursor])
    if not typed:
        return cursor, cursor
    rest = _REST.match(text, cursor, cursor + MAX_WORD)
    return cursor - len(typed), rest.end() if rest else cursor
