"""The ghost text: the continuation shown in grey behind the cursor.

It is painted from the layout's pre-edit area, the place where input methods show what is being
composed: it wraps and pushes text aside like text, but is never part of the document, its undo
stack, the clipboard or a saved file.
"""

from PySide6.QtGui import QPalette, QTextBlock, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit

from gui.editor.offsets import units


class Ghost:
    """The ghost text of `editor`: at the cursor, cleared before anything else touches the text."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self._block: QTextBlock | None = None
        self.text = ""

    def show(self, text: str) -> None:
        """Show `text` behind the cursor, in place of any ghost before; "" shows nothing."""
        self.clear()
        if not text:
            return
        cursor = self._editor.textCursor()
        block = cursor.block()
        color = QTextCharFormat()
        color.setForeground(self._editor.palette().brush(QPalette.ColorRole.PlaceholderText))
        style = QTextLayout.FormatRange()
        style.start = cursor.positionInBlock()
        style.length = units(text)
        style.format = color
        self._set(block, cursor.positionInBlock(), text, [style])
        self._block = block
        self.text = text

    def clear(self) -> str:
        """Take the ghost away and return what it said."""
        text, block = self.text, self._block
        self.text, self._block = "", None
        if block is not None and block.isValid():
            self._set(block, -1, "", [])
        return text

    def _set(self, block: QTextBlock, position: int, text: str, styles: list[QTextLayout.FormatRange]) -> None:
        layout = block.layout()
        layout.setPreeditArea(position, text)
        layout.setFormats(styles)
        self._editor.document().markContentsDirty(block.position(), block.length())
