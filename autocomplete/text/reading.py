"""Text as a sequence of words and signs, the way the n-gram model reads it.

Each word comes with whether it begins a sentence, since a capital there says nothing about the word.
"""

import re
from collections.abc import Iterator

from autocomplete.text.words import WORD

_TOKEN = re.compile(rf"({WORD.pattern})|(\d+)|(\n)|(\S)")
SENTENCE_START = "<s>"
NUMBER = "<number>"
OTHER = "<other>"
LEFT_OUT = "\ufffc"  # stands in a text for words that are not told; the sentence goes on behind it
SIGNS = frozenset(',.!?:;-()"…')
_ENDS_SENTENCE = frozenset(".!?…")


def read_tokens(text: str) -> Iterator[tuple[str, bool]]:
    """(token, begins a sentence) for each word, number or sign of `text`, which begins a line.

    A line's start is the token "<s>"; so is the start of a sentence after . ! ? …, where a full stop behind a
    number or a single letter ends none ("3. Mai", "z. B.").
    """
    yield SENTENCE_START, False
    begins = True
    before = ""
    for match in _TOKEN.finditer(text):
        word, number, newline, sign = match.groups()
        if word:
            if begins and before in _ENDS_SENTENCE:
                yield SENTENCE_START, False
            token = word.replace("’", "'")
            yield token, begins
            begins = False
        elif number:
            token = NUMBER
            yield token, False
            begins = False
        elif newline:
            token = SENTENCE_START
            yield token, False
            begins = True
        else:
            token = sign if sign in SIGNS else OTHER
            yield token, False
            begins = begins and sign != LEFT_OUT
            abbreviates = sign == "." and (before == NUMBER or (len(before) == 1 and before.isalpha()))
            begins = begins or (sign in _ENDS_SENTENCE and not abbreviates)
        before = token
