"""The text before the cursor that the engine gets to read: bounded, its start staying put.

The engine re-reads everything when the start of its text moves, so the start is an anchor in the
document that is kept for as long as its distance to the cursor is neither too short to be useful
nor too long.
"""

from PySide6.QtGui import QTextCursor, QTextDocument

from autocomplete.text.reading import LEFT_OUT, read_tokens
from gui.editor.offsets import units

USUAL = 4096  # UTF-16 units before the cursor when an anchor is chosen
MOST = 8192  # an anchor further away is given up
LEAST = 1024  # so is one nearer than this, unless the document, or what may be read of it, begins there


class Context:
    """Gives the text before a position of `document`, at a cost that does not grow with it."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._anchor = QTextCursor(document)
        self._anchor.setKeepPositionOnInsert(True)
        self._floor: QTextCursor | None = None
        self._instead = ""  # what the engine reads for the text before the floor

    def begin_anew(self, position: int) -> None:
        """What stands before `position` now is not read any more, unless the cursor goes back into it.

        Only whether a sentence goes on there is told.
        """
        block = self._document.findBlock(position)
        self._instead = _without_words(self._text(block.position(), position))
        self._floor = QTextCursor(self._document)
        self._floor.setPosition(position)
        self._floor.setKeepPositionOnInsert(True)
        self._anchor.setPosition(position)

    def before(self, position: int) -> str:
        """The text between the anchor and `position` (UTF-16 units), lines ended by a newline."""
        if self._floor is not None and position < self._floor.position():
            self._floor = None
        least = self._floor.position() if self._floor else 0
        start = self._anchor.position()
        near = start > least and position - start < LEAST
        if near or not start <= position <= start + MOST:
            start = max(least, self._find_start(position))
            self._anchor.setPosition(start)
        instead = self._instead if self._floor is not None and start == least else ""
        return instead + self._text(start, position)

    def _find_start(self, position: int) -> int:
        """A paragraph's start about USUAL units back; in an endless paragraph, a word's start."""
        block = self._document.findBlock(position)
        while block.position() > position - USUAL:
            previous = block.previous()
            if not previous.isValid() or previous.position() < position - MOST:
                break
            block = previous
        start = block.position()
        if position - start <= MOST:
            return start
        start = position - USUAL
        words = self._text(start, position).split(" ", 1)
        return position - units(words[1]) if len(words) == 2 else start

    def _text(self, start: int, end: int) -> str:
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        # Qt marks the end of a paragraph and a forced line break with separators of their own.
        return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def _without_words(line: str) -> str:
    """What tells of `line`, the text before a word, no more than that its sentence goes on."""
    *_, (_, begins_sentence) = read_tokens(line + " x")
    return "" if begins_sentence else LEFT_OUT + line[len(line.rstrip(" ")) :]
