"""How the text looks: a centred column of comfortable width on a page without frame."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.editor.differences import differences
from gui.editor.lines import SpacedLines
from gui.editor.offsets import units
from gui.editor.stand_ins import shown, written
from gui.editor.typed import is_command

COLUMN = 72  # characters a line holds at most; longer lines are hard to follow with the eye
LINE_HEIGHT = 1.6  # of the font's size
MARGIN = 32  # pixels around the text, however small the window
POINTS = 14.0  # size of the text at 100 %
LARGEST_POINTS = 200.0  # the same, whatever a font says
FAMILIES = ["Charter", "Source Serif 4", "Georgia", "Noto Serif", "DejaVu Serif", "serif"]
_FIELDS = range(9, 20)  # commas in what QFont.toString gives


def has_files(data: QMimeData) -> bool:
    """Whether what is dragged are files of this machine."""
    return any(url.isLocalFile() for url in data.urls())


def font_of(name: str) -> QFont:
    """The font that QFont.toString calls `name`; our own where there is none of that name, as for ""."""
    font = QFont()
    if name.count(",") not in _FIELDS or not font.fromString(name):  # Qt complains of others
        font.setFamilies(FAMILIES)
        font.setPointSizeF(POINTS)
    return font


class Page(QPlainTextEdit):
    """A page of plain text; `zoomed` asks for a larger (+1) or smaller (-1) text."""

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setPlaceholderText("Start writing …")
        self.setAccessibleName("Text")
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The margins beside the column are paper too.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        text = QTextDocument(self)
        self._lines = SpacedLines(text)
        text.setDocumentLayout(self._lines)
        text.setDocumentMargin(MARGIN)
        self.setDocument(text)
        self.set_look("", 100)

    def set_look(self, font: str, zoom: int) -> None:
        """Write in `font` (a QFont.toString; "" for our own) at `zoom` percent of the size."""
        chosen = font_of(font)
        chosen.setPointSizeF(max(4.0, min(chosen.pointSizeF(), LARGEST_POINTS) * zoom / 100))
        self._lines.height = round(LINE_HEIGHT * QFontInfo(chosen).pixelSize())
        self.setFont(chosen)
        self._place_column()

    def set_text(self, text: str) -> None:
        """Replace everything by `text`, with nothing to undo and nothing modified."""
        self.setPlainText(shown(text))

    def change_text(self, text: str) -> None:
        """Make `text` of what there is, as one step of undo; the cursor and the view stay where they are."""
        before = self.document().toRawText().replace("\u2029", "\n")
        cursor, place, view = self.textCursor(), self.textCursor().position(), self.verticalScrollBar().value()
        changes, done, position = [], 0, 0  # characters, and the UTF-16 units in them
        for start, end, new in differences(before, shown(text)):
            while start and new.startswith("\ufeff"):  # which would be lost where a string begins
                start, new = start - 1, before[start - 1] + new
            position += units(before[done:start])
            changes.append((position, units(before[start:end]), new))
            position, done = position + units(before[start:end]), end
        change = QTextCursor(self.document())
        change.beginEditBlock()
        for begin, removed, new in reversed(changes):
            change.setPosition(begin)
            change.setPosition(begin + removed, QTextCursor.MoveMode.KeepAnchor)
            # Of what is added just where the cursor is, only a line above it moves it on.
            cursor.setKeepPositionOnInsert(not removed and not new.endswith("\n"))
            change.insertText(new)
            if begin < place < begin + removed:  # elsewhere, Qt keeps it where it was
                cursor.setPosition(min(place, change.position()))
        change.endEditBlock()
        cursor.setKeepPositionOnInsert(False)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(view)

    def text(self) -> str:
        """The whole text, as written: unlike toPlainText this keeps every character.

        For saving, never per key.
        """
        return written(self.document().toRawText().replace("\u2029", "\n"))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied and dragged: text without a look, and with every character as it is."""
        data = super().createMimeDataFromSelection()  # made by Qt: a clipboard may keep it for longer than Python lives
        data.text()  # Qt puts into it what it has, so that nothing comes later
        data.clear()
        text = written(self.textCursor().selectedText().replace("\u2029", "\n"))
        data.setData("text/plain", text.encode(errors="replace"))  # setText would take U+FFFE for a byte order mark
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        self.textCursor().insertText(shown(text))
        self.ensureCursorVisible()

    def keep_cursor_in_view(self) -> None:
        """Scroll until the cursor is on show, with a line's room below it."""
        self.ensureCursorVisible()
        cursor = self.cursorRect()
        if cursor.bottom() + cursor.height() > self.viewport().height():
            bar = self.verticalScrollBar()  # which counts lines
            bar.setValue(bar.value() + 1)

    def _place_column(self) -> None:
        letters = "the quick brown fox jumps over the lazy dog and on "
        width = int(self.fontMetrics().horizontalAdvance(letters) / len(letters) * COLUMN)
        side = max(0, (self.width() - width) // 2 - MARGIN)
        self.setViewportMargins(side, 0, side, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_column()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        # The margins beside the column belong to the page: they scroll it and take the mouse to the
        # nearest line.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and is_command(event):
            event.ignore()  # Qt would keep the keys of copy, undo and the like for the text; they are the menus'
            return True
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                point = self.viewport().mapFrom(self, event.position().toPoint())
                self.setTextCursor(self.cursorForPosition(point))
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.ignore()  # the window opens files
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragMoveEvent(event)
