"""A Qt document as a session sees it: lines in code points, and Qt's changes told as the session's."""

from collections.abc import Callable

from PySide6.QtGui import QTextCursor, QTextDocument

from autocomplete.session import Change, Position
from gui.editor.offsets import points


class DocumentText:
    """The lines of `document`; `changed` is called for each change of it, before those who connect later hear of it."""

    def __init__(self, document: QTextDocument, changed: Callable[[Change], None]) -> None:
        self._document = document
        self._changed = changed
        self._lines = document.blockCount()
        self._number = -1  # of the line that was looked at last: a key looks several times, and Qt copies it each time
        self._line = ""
        document.contentsChange.connect(self._on_change)

    @property
    def lines(self) -> int:
        """How many paragraphs there are."""
        return self._document.blockCount()

    def line(self, number: int) -> str:
        """The text of a paragraph, a forced line break in it as a newline."""
        if number != self._number:
            self._line = self._document.findBlockByNumber(number).text().replace("\u2028", "\n")
            self._number = number
        return self._line

    def position(self, offset: int) -> Position:
        """Where `offset`, in UTF-16 units from the start of the document, is."""
        block = self._document.findBlock(min(offset, self._document.characterCount() - 1))
        number = block.blockNumber()
        return Position(number, points(self.line(number), offset - block.position()))

    def at(self, cursor: QTextCursor) -> Position:
        """Where `cursor` stands."""
        number = cursor.blockNumber()
        return Position(number, points(self.line(number), cursor.positionInBlock()))

    def forget_line(self) -> None:
        """The text is another though Qt has not told yet, as it does not while an edit block is open."""
        self._number = -1

    def _on_change(self, offset: int, _removed: int, added: int) -> None:
        self.forget_line()
        block = self._document.findBlock(min(offset, self._document.characterCount() - 1))
        number, within = block.blockNumber(), offset - block.position()
        start = end = Position(number, points(self.line(number), within))
        if added and within + added < block.length():  # on the same line, as nearly every key is
            end = Position(number, points(self.line(number), within + added))
        elif added:
            end = self.position(offset + added)
        lines = self.lines
        grown, self._lines = lines - self._lines, lines
        self._changed(Change(start, end.line - start.line - grown, end))
