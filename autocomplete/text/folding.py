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
