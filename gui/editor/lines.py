"""Room between the lines of a plain text.

Qt offers a line height for rich text only, whose layout walks through all paragraphs behind the
one that changed; a key would cost more the longer the text is. So this takes the layout of plain
text, where a key costs its own paragraph, and moves the lines apart.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

_LEAST = 0.5  # pixels above the first line; Qt's own layout has none, which tells the two apart


class SpacedLines(QPlainTextDocumentLayout):
    """Lays out `document` with lines `height` pixels high, or higher where a line's letters are."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.height = 0.0

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The paragraph's rectangle; whoever wants to paint or measure a paragraph asks for it."""
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        count = layout.lineCount()
        if not count:
            return rect
        if layout.lineAt(0).y() == 0.0:
            self._spread(block)
        last = layout.lineAt(count - 1)
        rect.setHeight(last.y() + last.height() + self._above(last.height()))
        if not block.next().isValid():
            rect.setHeight(rect.height() + self.document().documentMargin())
        return rect

    def _spread(self, block: QTextBlock) -> None:
        """Put the lines of `block`, which touch each other, at their distance."""
        layout = block.layout()
        top = 0.0
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            above = self._above(line.height())
            line.setPosition(QPointF(line.x(), top + above))
            top += line.height() + 2 * above

    def _above(self, height: float) -> float:
        """Room above, and below, a line whose letters need `height`."""
        return max(_LEAST, (self.height - height) / 2)
