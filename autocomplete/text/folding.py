"""Letters compared without case and accents: what is typed "uber" finds "über", "strasse" finds "Straße"."""

import unicodedata

# Letters that mean the same key to a hurried typist but have no Unicode decomposition.
_EXTRA = str.maketrans({"ß": "ss", "’": "'", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """`text` in lower case, without accents, with ß as ss and the typographic apostrophe as the plain one."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered.translate(_EXTRA))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def longest_match(text: str, folded_prefix: str) -> int:
    """How many characters of `text` spell `folded_prefix` when folded, or -1 when they do not begin with it."""
    folded = ""
    for end in range(len(text) + 1):
        if len(folded) >= len(folded_prefix):
            return end if folded.startswith(folded_prefix) else -1
        folded = fold(text[: end + 1])
    return -1
