"""The words expected at the cursor, each with its probability as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.inspector.bars import STALE, draw_bar

if TYPE_CHECKING:
    from autocomplete.explanation.explanation import Candidate

_LINE = 1.45  # height of a line, in heights of its font
_MOST = 3


class CandidateBars(QWidget):
    """Up to three lines: the word's digit on the strip, the word, a bar, the probability."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Likely next words")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.candidates: tuple[Candidate, ...] = ()
        self._stale = False

    def show_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        """Show up to three `candidates`, best first."""
        self.candidates = candidates[:_MOST]
        self._stale = False
        lines = [f"{c.text} {c.probability:.1%}, of the LSTM alone {c.spelled:.1%}" for c in self.candidates]
        self.setAccessibleDescription("; ".join(lines) or "none")
        self.setToolTip("\n".join(lines))
        self.update()

    def age(self) -> None:
        self._stale = True
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(_MOST * self._line()) + 6)

    def _line(self) -> float:
        return self.fontMetrics().height() * _LINE

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, metrics = self.palette(), self.fontMetrics()
        muted, ink = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.WindowText)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        painter.setOpacity(STALE if self._stale else 1)
        digit = metrics.horizontalAdvance("0") * 2
        percent = metrics.horizontalAdvance("100.0%")
        name = (self.width() - digit - percent) * 0.5
        if not self.candidates:
            painter.setPen(muted)
            painter.drawText(QRectF(0, 6, self.width(), self._line()), "No suggestion here.")
        for number, candidate in enumerate(self.candidates):
            box = QRectF(0, 6 + number * self._line(), self.width(), self._line())
            centre = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(muted)
            painter.drawText(box, centre, str(number + 1))
            painter.drawText(box, centre | Qt.AlignmentFlag.AlignRight, f"{candidate.probability:.1%}")
            painter.setPen(ink)
            room = int(name) - 8
            word = metrics.elidedText(candidate.text, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(box.adjusted(digit, 0, 0, 0), centre, word)
            track = QRectF(digit + name, box.top(), self.width() - digit - name - percent - 8, box.height())
            draw_bar(painter, track, candidate.probability, palette)
