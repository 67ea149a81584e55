"""Where each character of the lines being written came from, so that only the user's own words are learned.

One number for each character of a line that holds any of the user's own. A line that the cursor leaves is handed out
with what was written of it, once; what was deleted meanwhile is simply no longer there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from autocomplete.session.text import Change, Position, Text
from autocomplete.text.line import Span
from autocomplete.text.words import WORD

ENOUGH = 240  # characters that tell the language of a line
_OWN = re.compile(rb"[^\0]")


class Origin(IntEnum):
    """How text came into the document; the number is how much it teaches."""

    FOREIGN = 0  # pasted, dropped, opened, undone, redone
    TYPED = 1
    ACCEPTED = 2  # a suggestion or a continuation that was taken


@dataclass(frozen=True)
class Passage:
    """A line, what the user wrote of it (code points), and the text before its end that tells its language."""

    text: str
    spans: tuple[Span, ...]
    before: str


class Provenance:
    """Follows the lines being written in `text`; `origin` says where the next change comes from."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self.origin = Origin.FOREIGN
        self._origins: dict[int, bytearray] = {}  # by line, of those that hold anything of the user's own

    def changed(self, change: Change) -> None:
        """The text has changed; what is new in it is of the present `origin`."""
        start, end = change.start, change.end
        before = self._of(start.line, start.column)
        kept = len(self._text.line(end.line)) - end.column
        behind = self._origins.get(change.old_end_line, bytearray())[-kept:] if kept else bytearray()
        behind = bytearray(kept - len(behind)) + behind
        moved = {}
        for line, origins in self._origins.items():
            if line < start.line:
                moved[line] = origins
            elif line > change.old_end_line:
                moved[line + change.growth] = origins
        self._origins = moved
        if start.line == end.line:
            self._put(start.line, before + self._new(end.column - start.column) + behind)
            return
        self._put(start.line, before + self._new(len(self._text.line(start.line)) - start.column))
        if self.origin:
            for line in range(start.line + 1, end.line):
                self._put(line, self._new(len(self._text.line(line))))
        self._put(end.line, self._new(end.column) + behind)

    def leave(self, line: int) -> list[Passage]:
        """What was written on other lines than `line`, where the cursor is now."""
        if not self._origins or (len(self._origins) == 1 and line in self._origins):
            return []
        passages = [self._passage(number) for number in sorted(self._origins) if number != line]
        self._origins = {number: origins for number, origins in self._origins.items() if number == line}
        return _worth(passages)

    def take(self, cursor: Position | None = None) -> list[Passage]:
        """What was written since the last time, but for what is still being written at `cursor`.

        That is more than a word where it may be half an address, or half of another secret.
        """
        kept = self._set_aside(cursor) if cursor is not None else {}
        passages = [self._passage(number) for number in sorted(self._origins)]
        self._origins = kept
        return _worth(passages)

    def forget(self) -> None:
        """Nothing that stands there is the user's own any more."""
        self._origins = {}

    def _set_aside(self, cursor: Position) -> dict[int, bytearray]:
        """The origins of what is unfinished at `cursor` alone, which from now on is nobody's in the others."""
        origins = self._origins.get(cursor.line)
        if origins is None:
            return {}
        # Its patterns take a while to import: a start need not wait for them.
        from autocomplete.privacy import unfinished

        text = self._text.line(cursor.line)
        begin, end = unfinished(text[: cursor.column]), cursor.column
        while end < len(text) and not text[end].isspace():
            end += 1
        alone = bytearray(len(origins))
        alone[begin:end] = origins[begin:end]
        origins[begin:end] = bytes(end - begin)
        return {cursor.line: alone} if _OWN.search(alone) else {}

    def _of(self, line: int, column: int) -> bytearray:
        """The origins of the first `column` characters of `line`."""
        origins = self._origins.get(line, bytearray())[:column]
        return origins + bytearray(column - len(origins))

    def _new(self, count: int) -> bytes:
        return bytes([self.origin]) * count

    def _put(self, line: int, origins: bytearray | bytes) -> None:
        if _OWN.search(origins):
            self._origins[line] = bytearray(origins)

    def _passage(self, number: int) -> Passage:
        text = self._text.line(number)
        spans = tuple(_spans(text, bytearray(self._origins[number])))
        before = text[-ENOUGH:]
        while len(before) < ENOUGH and number > 0:
            number -= 1
            before = f"{self._text.line(number)[-ENOUGH:]}\n{before}"
        return Passage(text, spans, before[-ENOUGH:])


def _spans(text: str, origins: bytearray) -> Iterator[Span]:
    """The stretches of one origin; a word that is not wholly the user's own is not theirs."""
    for word in WORD.finditer(text):
        begin, end = word.span()
        origins[begin:end] = bytes([min(origins[begin:end])]) * (end - begin)
    begin = 0
    for end in range(1, len(origins) + 1):
        if end == len(origins) or origins[end] != origins[begin]:
            if origins[begin]:
                yield Span(begin, end, float(origins[begin]))
            begin = end


def _worth(passages: list[Passage]) -> list[Passage]:
    """Those that hold a word of the user's own."""
    return [
        passage
        for passage in passages
        if any(WORD.search(passage.text, span.start, span.end) for span in passage.spans)
    ]
