"""Where in the text a word is being typed, and what the sentence so far tells about it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from autocomplete.text.reading import read_tokens
from autocomplete.text.words import MAX_WORD, current_word

# The words that decide about the next one stand near; looking further would cost time on every key.
CONTEXT_CHARACTERS = 240
# This many characters before the cursor are all that `find_place` looks at.
LOOKBACK = CONTEXT_CHARACTERS + MAX_WORD
_OPENING = "([{<„“‚‘«»›‹"
_ENDING = ",.;:!?…)]}”’%"
_CODE = re.compile(r"[\d@/\\_#<>=+*~^|&%$`]|\w[.(\[{]\w|^-|--")


@dataclass(frozen=True)
class Place:
    """A word's place. Offsets count back from the cursor.

    word: the letters typed of it. boundary: how far back the text ends that is complete without it, which is
    before the word and the space in front of it. after_space: it stands behind white space or at a line's start, or
    will. begins_sentence: a capital is expected. context: the line's tokens before it, nearest last.
    """

    word: str
    boundary: int
    after_space: bool
    begins_sentence: bool
    context: tuple[str, ...]


def find_place(before: str) -> Place | None:
    """The place at the end of `before` (the text before the cursor, at least its last `LOOKBACK` characters).

    None where no word is to be expected, as right behind a digit.
    """
    word = current_word(before)
    start = len(before) - len(word)
    previous = before[start - 1 : start]
    if not previous or previous.isspace():
        after_space = True
    elif word or _opens(before, start):
        after_space = False
    elif previous in _ENDING:
        after_space = True
    else:
        return None
    context, begins_sentence = _context(before[:start][-CONTEXT_CHARACTERS:])
    return Place(word, len(word) + (previous == " "), after_space, begins_sentence, context)


def in_code(before: str) -> bool:
    """Whether `before` ends within a number, an address, a path or what looks like code: no place for guesses.

    Wider than `typing.addresses.in_address`, which keeps spaces out of addresses: a guess withheld costs nothing, but a
    space withheld after "3.14" would be missed.
    """
    return _CODE.search(re.split(r"\s", before)[-1]) is not None


def _opens(before: str, start: int) -> bool:
    """Whether the sign before `start` opens something that the next word follows without a space."""
    sign = before[start - 1]
    return sign in _OPENING or (sign in "\"'" and before[max(0, start - 2) : start - 1] in ("", " ", "\n", "("))


@lru_cache(maxsize=16)  # a word's letters come one by one behind the same text
def _context(before: str) -> tuple[tuple[str, ...], bool]:
    window = before[before.rfind("\n") + 1 :]
    # The letter at the end stands for the coming word: it makes a sentence that has just ended show its "<s>".
    *context, (_, begins_sentence) = read_tokens(window + " x")
    return tuple(token for token, _ in context), begins_sentence
