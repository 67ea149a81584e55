"""Puts lines that a program broke at some width together to the paragraphs that were written."""

import re
from collections.abc import Iterable, Iterator

# No program wraps text narrower; a line that ends before was ended by its writer.
_NARROWEST = 50
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)])\s")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\Z")


def join_wrapped(lines: Iterable[str], *, narrowest: int = _NARROWEST, hyphenated: bool = False) -> Iterator[str]:
    """The paragraphs of wrapped lines: one goes on with the line before if that is long and it begins no item.

    narrowest: how many characters are long. hyphenated: words are divided at the lines' ends.
    """
    paragraph = ""
    last = 0
    for line in lines:
        text = " ".join(line.split())
        if paragraph and text and last >= narrowest and not _ITEM.match(line):
            if hyphenated and _HYPHEN.search(paragraph) and text[0].islower():
                paragraph = paragraph[:-1] + text
            else:
                paragraph += " " + text
        else:
            if paragraph:
                yield paragraph
            paragraph = text
        last = len(text)
    if paragraph:
        yield paragraph
