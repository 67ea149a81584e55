"""Characters that Qt's documents cannot hold, and what stands for them there.

QTextDocument takes U+2029, U+FDD0 and U+FDD1 for the end of a paragraph; where a string begins with U+FEFF PySide
drops it, and where one begins with U+FFFE it swaps the bytes of all of it. Each has a noncharacter, which no text may
use, to stand for it; should a file use one all the same, it stands behind an escape. So every text without "\\r" and
"\\0" comes back from a document as it was.
"""

import re

_ESCAPE = "\ufde0"
_STANDS_FOR = {"\ufdeb": "\ufffe", "\ufdec": "\u2029", "\ufded": "\ufdd0", "\ufdee": "\ufdd1", "\ufdef": "\ufeff"}
_ESCAPED = (_ESCAPE, *_STANDS_FOR)
_SHOWN = {ord(meant): sign for sign, meant in _STANDS_FOR.items() if meant != "\ufeff"}
_SHOWN |= {ord(sign): _ESCAPE + sign for sign in _ESCAPED}
_WRITTEN = re.compile(f"{_ESCAPE}([{''.join(_ESCAPED)}])|([{''.join(_STANDS_FOR)}])")


def shown(text: str) -> str:
    """`text` as a document may hold it."""
    if any(chr(sign) in text for sign in _SHOWN):
        text = text.translate(_SHOWN)
    return f"\ufdef{text[1:]}" if text.startswith("\ufeff") else text


def written(text: str) -> str:
    """The text that a document holds as `shown` gave it, and as it may have been edited since."""
    if not any(sign in text for sign in _ESCAPED):
        return text
    return _WRITTEN.sub(lambda found: found[1] or _STANDS_FOR[found[2]], text)
