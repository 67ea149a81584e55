"""What was read, a line for each piece: its gates, what the memory kept of it, and what it explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from gui.inspector.bars import STALE, draw_bar

if TYPE_CHECKING:
    from autocomplete.explanation.explanation import Gate, Part, Piece

_GATES = ("forget", "input", "output")
_LINE = 1.35  # height of a line, in heights of its font
_GAP = 8  # pixels between two columns
_COLUMNS = {"": 25, "forget": 15, "input": 15, "output": 15, "left": 12, "1": 6, "2": 6, "3": 6}  # shares of the width
_FEWER = ("", "forget", "input", "output", "1")  # where there is little room
_ROOM_FOR_ALL = 38  # letters


@dataclass(frozen=True)
class Row:
    """One piece; `part` is given on the last line of the word or sign that the piece belongs to."""

    name: str
    piece: Piece
    part: Part | None

    @property
    def gates(self) -> tuple[Gate, Gate, Gate]:
        """Those of the layer whose memory is shown to the prediction."""
        gates = self.piece.layers[-1]
        return gates.forget, gates.input, gates.output

    def describe(self) -> str:
        """The line in words."""
        lines = [
            f"{name} {gate.mean:.2f}; most open: units {', '.join(str(unit.number) for unit in gate.units)}"
            for name, gate in zip(_GATES, self.gates, strict=True)
        ]
        if self.part:
            lines.append(f"{self.part.kept[-1]:.0%} left at the cursor")
            lines += [f"explains {share:.0%} of word {n}" for n, share in enumerate(self.part.shares, 1) if share]
        return "\n".join([self.name, *lines])


class ExplanationRows(QAbstractScrollArea):
    """A table drawn by hand, the newest line at the bottom and in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Gates and memory")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.rows: tuple[Row, ...] = ()
        self.stale = False

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show `parts`, oldest first, and the newest of them in sight."""
        self.rows = tuple(
            Row(name, piece, part if number == len(part.pieces) else None)
            for part in parts
            for number, (name, piece) in enumerate(zip(part.piece_labels, part.pieces, strict=True), 1)
        )
        self.stale = False
        self.setAccessibleDescription("\n\n".join(row.describe() for row in self.rows))
        self._set_range()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.viewport().update()

    def age(self) -> None:
        self.stale = True
        self.viewport().update()

    def _line(self) -> float:
        return self.fontMetrics().height() * _LINE

    def _set_range(self) -> None:
        line = round(self._line())
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height() - line)
        bar.setSingleStep(line)
        bar.setRange(0, max(0, round((len(self.rows) + 1) * self._line()) - self.viewport().height()))

    def columns(self) -> dict[str, QRectF]:
        """The columns by what stands at their head, at the head's height, left to right."""
        width = self.viewport().width()
        names = _FEWER if width < _ROOM_FOR_ALL * self.fontMetrics().averageCharWidth() else tuple(_COLUMNS)
        room = (width - _GAP * (len(names) - 1)) / sum(_COLUMNS[name] for name in names)
        columns, left = {}, 0.0
        for name in names:
            columns[name] = QRectF(left, 0, room * _COLUMNS[name], self._line())
            left += columns[name].width() + _GAP
        return columns

    def top(self, row: int) -> float:
        """Where the line of `row` begins in the viewport, in pixels."""
        return (row + 1) * self._line() - self.verticalScrollBar().value()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        self._set_range()
        if at_end:
            bar.setValue(bar.maximum())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            row = int((event.pos().y() + self.verticalScrollBar().value()) / self._line()) - 1
            if 0 <= row < len(self.rows):
                QToolTip.showText(event.globalPos(), self.rows[row].describe(), self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self.columns()
        self._paint_head(painter, columns)
        painter.setClipRect(QRectF(self.viewport().rect()).adjusted(0, self._line(), 0, 0))
        painter.setOpacity(STALE if self.stale else 1)
        if "left" in columns:
            self._paint_curve(painter, columns["left"])
        for number, row in enumerate(self.rows):
            top = self.top(number)
            if top + self._line() > 0 and top < self.viewport().height():
                self._paint_row(painter, {name: column.translated(0, top) for name, column in columns.items()}, row)

    def _paint_head(self, painter: QPainter, columns: dict[str, QRectF]) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        widest = max(QFontMetricsF(font).horizontalAdvance(name) for name in _GATES)
        font.setPointSizeF(font.pointSizeF() * min(1.0, columns["input"].width() / widest))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for name, column in columns.items():
            painter.drawText(column, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, name)
        painter.setFont(self.font())

    def _paint_row(self, painter: QPainter, cells: dict[str, QRectF], row: Row) -> None:
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        name = self.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(cells[""].width()))
        painter.drawText(cells[""], Qt.AlignmentFlag.AlignVCenter, name)
        for head, gate in zip(_GATES, row.gates, strict=True):
            draw_bar(painter, cells[head], gate.mean, palette, gate.high)
        for number, share in enumerate(row.part.shares if row.part else (), 1):
            if str(number) in cells:
                draw_bar(painter, cells[str(number)], share, palette)

    def _paint_curve(self, painter: QPainter, column: QRectF) -> None:
        """What is left of each word, as a line down the column; the area beside it is filled."""
        points = [
            QPointF(column.left() + row.part.kept[-1] * column.width(), self.top(number) + self._line() / 2)
            for number, row in enumerate(self.rows)
            if row.part
        ]
        if not points:
            return
        accent = self.palette().color(QPalette.ColorRole.Accent)
        foot, head = QPointF(column.left(), points[-1].y()), QPointF(column.left(), points[0].y())
        painter.setPen(Qt.PenStyle.NoPen)
        pale = self.palette().color(QPalette.ColorRole.Mid)
        painter.setBrush(pale)
        painter.drawPolygon(QPolygonF([head, *points, foot]))
        painter.setPen(QPen(accent, 1.6))
        painter.drawPolyline(QPolygonF(points))
