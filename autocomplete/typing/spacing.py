"""Where a picked word needs a space, and which marks pull an automatic space behind themselves."""

import unicodedata

from autocomplete.typing.addresses import in_address
from autocomplete.typing.quotes import closes, ends_closed, opens

_SENTENCE_MARKS = frozenset(",.;:?!…")


def joins_the_word(before: str, mark: str) -> bool:
    """Whether `mark`, typed behind an automatic space, belongs to what stands before that space."""
    return mark in _SENTENCE_MARKS or closes(before, mark)


def needs_space_before(before: str) -> bool:
    """Whether a new word picked right behind `before` needs a space first ("Well,", then "yes")."""
    if not before or in_address(before):
        return False
    return before[-1] in _SENTENCE_MARKS or before[-1].isdigit() or ends_closed(before)


def needs_space_behind(before: str, after: str, replaced: bool) -> bool:
    """Whether a space is due between a picked word, which ends `before`, and `after`.

    `after` is the next character, "" at the end of the paragraph. Behind a word that `replaced`
    another one, what stands there was put there on purpose.
    """
    if in_address(before):
        return False
    if not after:
        return True
    return not replaced and (after.isalnum() or opens(f"{before} {after}"))


def may_end_a_sentence(before: str) -> bool:
    """Whether two spaces here mean a full stop: behind letters, digits, % and closing marks."""
    if not before:
        return False
    last = before[-1]
    is_accent = unicodedata.combining(last) != 0
    return last.isalnum() or is_accent or last == "%" or ends_closed(before)
