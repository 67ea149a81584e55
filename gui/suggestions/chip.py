"""One suggestion on the strip: a word to click, with the digit that takes it beside it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

_ORDINALS = ("First", "Second", "Third")
_PADDING = 13  # pixels above and below the word
_DIGIT = 18  # pixels from the digit to the word


class Chip(QAbstractButton):
    """Shows suggestion number `index` (0 is the best, and bold).

    It never takes the focus from the text.
    """

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.dimmed = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_word("")

    def set_word(self, word: str) -> None:
        """Show `word`; "" leaves the place empty."""
        self.setText(word)
        self.setEnabled(bool(word))
        name = f"{_ORDINALS[self.index]} suggestion"
        self.setAccessibleName(f"{name}: {word}" if word else f"{name}: none")
        self.set_dimmed(False)

    def set_dimmed(self, dimmed: bool) -> None:
        """Whether the word belongs to a text that is no longer there."""
        self.dimmed = dimmed
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, QFontMetrics(self.word_font()).height() + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.text():
            return
        box = QRectF(self.rect()).adjusted(3, 4, -3, -4)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().brush(QPalette.ColorRole.Light))
            painter.drawRoundedRect(box, 7, 7)
        font = self.word_font()
        painter.setFont(font)
        room = int(box.width()) - 2 * _DIGIT
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        width = painter.fontMetrics().horizontalAdvance(word)
        left = box.center().x() - width / 2
        base = box.center().y() + painter.fontMetrics().capHeight() / 2
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(muted if self.dimmed else ink)
        painter.drawText(QPointF(left, base), word)
        painter.setFont(self.font())
        painter.setPen(muted)
        painter.drawText(QPointF(left - _DIGIT, base), str(self.index + 1))

    def word_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(self.index == 0)
        return font
