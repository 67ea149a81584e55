"""Which characters of the paragraph being written come from the user's own hand, and how they came.

One number for each character of the paragraph, moved along with every change of the document. A paragraph that the
cursor leaves is handed out with what was written of it, once; what was deleted meanwhile is simply no longer there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QTextBlock, QTextDocument

from autocomplete.text.line import Span
from autocomplete.text.words import WORD
from gui.editor.offsets import units

ENOUGH = 240  # characters that tell the language of a paragraph
_OWN = re.compile(rb"[^\0]")


class Hand(IntEnum):
    """How text comes into the document; the number is how much it teaches."""

    FOREIGN = 0  # pasted, dropped, opened, undone, redone
    TYPED = 1
    PICKED = 2  # a suggestion or a continuation taken


@dataclass(frozen=True)
class Passage:
    """A paragraph, what the user wrote of it (code points), and the text before its end that tells its language."""

    text: str
    spans: tuple[Span, ...]
    before: str


class Authored:
    """Follows the paragraph being written in `document`; `hand` says whose the next change is."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.hand = Hand.FOREIGN
        # The text followed (UTF-16 units): a paragraph, or more of them while a change is under way.
        self._start = 0
        self._hands = bytearray()
        document.contentsChange.connect(self._on_change)

    def leave(self, cursor: int) -> list[Passage]:
        """What was written in paragraphs other than that of the position `cursor`, which is followed from now on."""
        here = self._document.findBlock(cursor)
        start, length = here.position(), here.length() - 1
        if not here.isValid():  # all of the text is being replaced
            return []
        if (start, length) == (self._start, len(self._hands)):
            return []
        passages = [self._passage(block) for block in self._written() if block != here]
        kept = bytearray(length)
        first, last = max(start, self._start), min(start + length, self._start + len(self._hands))
        if first < last:
            kept[first - start : last - start] = self._hands[first - self._start : last - self._start]
        self._start, self._hands = start, kept
        return _worth(passages)

    def take(self, cursor: int | None = None) -> list[Passage]:
        """What was written since the last time, but for the word that the position `cursor` stands in or behind."""
        begun = slice(0, 0) if cursor is None else self._word_at(cursor)
        kept = self._hands[begun]
        self._hands[begun] = bytes(len(kept))
        passages = [self._passage(block) for block in self._written()]
        self.forget()
        self._hands[begun] = kept
        return _worth(passages)

    def forget(self) -> None:
        """Nothing that stands there is the user's own any more."""
        self._hands = bytearray(len(self._hands))

    def _on_change(self, position: int, removed: int, added: int) -> None:
        start, end = self._start, self._start + len(self._hands)
        if position > end:
            return
        if position + removed < start:
            self._start += added - removed
            return
        first, last = max(position, start) - start, min(position + removed, end) - start
        self._hands[first:last] = bytes([self.hand]) * added
        self._start = min(position, start)

    def _written(self) -> Iterator[QTextBlock]:
        """The paragraphs followed that hold anything of the user's own."""
        own = _OWN.search(self._hands)
        while own:
            block = self._document.findBlock(self._start + own.start())
            if not block.isValid():
                return
            yield block
            own = _OWN.search(self._hands, block.position() + block.length() - self._start)

    def _passage(self, block: QTextBlock) -> Passage:
        text = block.text()
        offset = block.position() - self._start
        hands = bytes(max(0, -offset)) + self._hands[max(0, offset) : offset + block.length() - 1]
        hands += bytes(block.length() - 1 - len(hands))
        before = text[-ENOUGH:]
        while len(before) < ENOUGH and (block := block.previous()).isValid():
            before = f"{block.text()[-ENOUGH:]}\n{before}"
        return Passage(text, tuple(_spans(text, _by_point(text, hands))), before[-ENOUGH:])

    def _word_at(self, cursor: int) -> slice:
        """Where in the text followed the word stands that is being written at `cursor`."""
        block = self._document.findBlock(cursor)
        text = block.text()
        for word in WORD.finditer(text):
            begin, end = units(text[: word.start()]), units(text[: word.end()])
            if begin < cursor - block.position() <= end:
                shift = block.position() - self._start
                return slice(max(0, begin + shift), max(0, end + shift))
        return slice(0, 0)


def _by_point(text: str, hands: bytes) -> bytearray:
    """One number for each code point, from one for each UTF-16 unit."""
    if len(text) == len(hands):
        return bytearray(hands)
    points, at = bytearray(), 0
    for character in text:
        points.append(hands[at])
        at += 2 if character > "\uffff" else 1
    return points


def _spans(text: str, hands: bytearray) -> Iterator[Span]:
    """The stretches of one hand; a word that is not wholly the user's own is not his."""
    for word in WORD.finditer(text):
        begin, end = word.span()
        hands[begin:end] = bytes([min(hands[begin:end])]) * (end - begin)
    begin = 0
    for end in range(1, len(hands) + 1):
        if end == len(hands) or hands[end] != hands[begin]:
            if hands[begin]:
                yield Span(begin, end, float(hands[begin]))
            begin = end


def _worth(passages: list[Passage]) -> list[Passage]:
    """Those that hold a word of the user's own."""
    return [
        passage
        for passage in passages
        if any(WORD.search(passage.text, span.start, span.end) for span in passage.spans)
    ]
