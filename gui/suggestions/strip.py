"""The suggestion strip: three words, the best in the centre, or a sentence in their place."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.suggestions.chip import Chip
from gui.widgets.theme import PRIVATE

WIDEST = 760  # pixels; on a wide window the words stay near each other
DIM_AFTER = 60  # milliseconds; an answer usually comes sooner, and then nothing flickers


class Strip(QWidget):
    """Shows what it is told and says which suggestion was clicked; it never takes the focus."""

    picked = Signal(int)
    menu_wanted = Signal(str, QPoint)  # the context menu of a suggestion, and where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chips = [Chip(index) for index in range(3)]
        for chip, slot in zip(self.chips, (self._pick_first, self._pick_second, self._pick_third), strict=True):
            chip.clicked.connect(slot)
        self._private = False
        self._message = QLabel()
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._message.hide()
        self._row = row = QHBoxLayout(self)
        row.setSpacing(0)
        first, second, third = self.chips
        for widget in (second, first, third, self._message):
            row.addWidget(widget)
        self.setMinimumHeight(first.sizeHint().height() + 2)  # the same with a sentence as with words
        self._dim = QTimer(self, singleShot=True, interval=DIM_AFTER)
        self._dim.timeout.connect(self._dim_now)

    def words(self) -> tuple[str, ...]:
        """The suggestions on show, best first."""
        return tuple(chip.text() for chip in self.chips if chip.text())

    def message(self) -> str:
        return self._message.text()

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show up to three `words`, best first."""
        self._dim.stop()
        self._say("")
        for chip in self.chips:
            chip.set_word(words[chip.index] if chip.index < len(words) else "")
        self.update()

    def show_message(self, sentence: str) -> None:
        """Show `sentence` in place of suggestions."""
        self.show_words(())
        self._say(sentence)

    def age(self) -> None:
        """The words on show belong to an older text: dim them unless new ones come at once."""
        if not self._dim.isActive():
            self._dim.start()

    def set_private(self, private: bool) -> None:
        """Whether to show that nothing is learned here."""
        self._private = private
        self.update()

    def _say(self, sentence: str) -> None:
        if self._message.text() != sentence:
            self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        for chip in self.chips:
            chip.setVisible(not sentence)

    def _dim_now(self) -> None:
        for chip in self.chips:
            chip.set_dimmed(True)

    def _pick_first(self) -> None:
        self.picked.emit(0)

    def _pick_second(self) -> None:
        self.picked.emit(1)

    def _pick_third(self) -> None:
        self.picked.emit(2)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        chip = self.childAt(event.pos())
        if isinstance(chip, Chip) and chip.text():
            self.menu_wanted.emit(chip.text(), event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = max(8, (self.width() - WIDEST) // 2)
        self._row.setContentsMargins(side, 1, side, 1)
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        if self._private:
            painter.fillRect(QRectF(0, 0, self.width(), 3), self.palette().color(PRIVATE))
        for left, right in ((1, 0), (0, 2)):
            if self.chips[left].text() and self.chips[right].text():
                x = self.chips[right].x() - 0.5
                painter.drawLine(QPointF(x, 13), QPointF(x, self.height() - 12))
