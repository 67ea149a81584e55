"""The text that could follow, shown behind the cursor until it is accepted or no longer fits."""

import re

from autocomplete.text.words import MAX_WORD, WORD, current_word
from autocomplete.typing import Edit, TypingRules

# Only what closes something may stand behind a continuation on its line.
_CLOSING = re.compile(r"[\s.,;:!?…)\]}»«›‹”“’'\"]*")


def may_stand_before(rest: str) -> bool:
    """Whether a continuation may be shown before `rest`, the text of the line behind the cursor."""
    return _CLOSING.fullmatch(rest) is not None


def first_word(text: str) -> str:
    """The first word of a continuation with everything before it; all of it when it has no word."""
    match = WORD.search(text)
    return text[: match.end()] if match else text


def insertion(rules: TypingRules, text: str, cursor: int, continuation: str) -> Edit:
    """Insert a whole continuation at `cursor` of the line `text`.

    A word at its end is a word accepted: it gets the space that the typing rules give it.
    """
    last = _last_word(continuation)
    head = continuation.removesuffix(last)
    rules.moved()
    if not last:
        return Edit(cursor, cursor, head, cursor + len(head))
    behind = cursor + len(head)
    begun = current_word((text[:cursor] + head)[-MAX_WORD:])
    edit = rules.pick(text[:cursor] + head + text[cursor:], behind, begun + last)
    # The rules saw the head in place; both go in as one edit of the line as it is.
    start = min(cursor, edit.start)
    between = (text[:cursor] + head)[start : edit.start]
    return Edit(start, max(cursor, edit.end - len(head)), between + edit.text, edit.cursor)


def _last_word(text: str) -> str:
    """The word that `text` ends with; "" if it ends otherwise."""
    last = ""
    for match in WORD.finditer(text):
        last = match.group() if match.end() == len(text) else ""
    return last
