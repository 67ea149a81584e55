"""One suggestion on the strip: a word to click, with the digit that takes it in a corner."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

_ORDINALS = ("First", "Second", "Third")
_PADDING = 12


class Chip(QAbstractButton):
    """Shows suggestion number `index` (0 is the best, and bold).

    It never takes the focus from the text.
    """

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self._dimmed = False
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
        self._dimmed = dimmed
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 2 * _PADDING)

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
        digit = QFont(self.font())
        digit.setPointSizeF(digit.pointSizeF() * 0.75)
        painter.setFont(digit)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box.adjusted(9, 4, -9, -4), Qt.AlignmentFlag.AlignTop, str(self.index + 1))
        font = QFont(self.font())
        font.setBold(self.index == 0)
        painter.setFont(font)
        if not self._dimmed:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room = box.adjusted(24, 0, -24, 0)
        word = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)
