"""The find bar: looks for a text in the document, forward and back, round the ends."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from gui.editor.page import Page


class FindBar(QWidget):
    """Finds in `page`; Enter the next, Shift+Enter the one before, Esc goes back to the text."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName("Find")
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(360)
        self.field.textEdited.connect(self._search_again)
        self.result = QLabel()
        self.result.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self.field, 1)
        for sign, name, slot in (
            ("↑", "Previous", self.previous),
            ("↓", "Next", self.next),
            ("✕", "Close", self.close_bar),
        ):
            button = QToolButton()
            button.setText(sign)
            button.setAutoRaise(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addWidget(self.result)
        row.addStretch(1)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar, ready to type; what is selected in the text is what to look for."""
        selected = self._page.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.field.setText(selected)
        self.show()
        self.field.selectAll()
        self.field.setFocus()

    def close_bar(self) -> None:
        self.hide()
        self._page.setFocus()

    def next(self) -> None:
        self._find(QTextDocument.FindFlag(0))

    def previous(self) -> None:
        self._find(QTextDocument.FindFlag.FindBackward)

    def _search_again(self) -> None:
        """The text looked for has changed: start where the last find began."""
        cursor = self._page.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._page.setTextCursor(cursor)
        self.next()

    def _find(self, direction: QTextDocument.FindFlag) -> None:
        wanted = self.field.text()
        self.result.setText("")
        if not wanted or self._page.find(wanted, direction):
            return
        here = self._page.textCursor()
        end = QTextCursor.MoveOperation.End if direction else QTextCursor.MoveOperation.Start
        self._page.moveCursor(end)
        if not self._page.find(wanted, direction):
            self._page.setTextCursor(here)
            self.result.setText("Not found")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous if back else self.next)()
        else:
            super().keyPressEvent(event)
