"""Where words begin and end.

One definition serves the editor, the engine and the measures: a word is a run of letters, with single
apostrophes or hyphens between letters.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# While it is typed, a word may end in the apostrophe or hyphen that its next letter will justify
# ("don'", "well-"), and may hold letters typed as base letter and combining mark.
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_CURRENT = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*['’-]?\Z")

# No word worth completing is longer; looking further back would let one endless "word" slow every key.
MAX_WORD = 64


def current_word(before: str) -> str:
    """The word being typed at the end of `before` (the text before the cursor), or "" between words."""
    match = _CURRENT.search(before[-MAX_WORD:])
    return match.group() if match else ""
