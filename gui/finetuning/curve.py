"""A curve of what was measured on the way, painted by hand."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_DOTS = 20  # so many points are drawn as dots, too


class Curve(QWidget):
    """Draws points (0 to 1 across, value) under a title; `tell` writes a value. `base` is a value to compare with."""

    def __init__(self, title: str, tell: Callable[[float], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._tell = tell
        self._points: Sequence[tuple[float, float]] = ()
        self._base: float | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, points: Sequence[tuple[float, float]], base: float | None = None) -> None:
        self._points, self._base = points, base
        last = f", now {self._tell(points[-1][1])}" if points else ""
        before = f"before {self._tell(base)}" if base is not None else ""
        self.setAccessibleDescription(f"{before}{last}".strip(", ") or "nothing yet")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 90)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, line = self.palette(), self.fontMetrics().height()
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self._title)
        values = [value for _, value in self._points] + ([self._base] if self._base is not None else [])
        room = QRectF(0, line + 8, self.width(), self.height() - line - 9)
        if not values:
            painter.setPen(muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "Nothing to show yet")
            return
        low, high = min(values), max(values)
        names = self._tell(high), self._tell(low)
        edge = max(map(self.fontMetrics().horizontalAdvance, names)) + 8
        plot = room.adjusted(edge, 6, -6, -6)
        painter.setPen(muted)
        if names[0] == names[1]:
            painter.drawText(QPointF(0, plot.center().y() + line / 3), names[0])
        else:
            painter.drawText(QPointF(0, plot.top() + line / 3), names[0])
            painter.drawText(QPointF(0, plot.bottom() + line / 3), names[1])
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(plot.topLeft(), plot.bottomLeft())
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())

        def at(x: float, value: float) -> QPointF:
            up = (value - low) / (high - low) if high > low else 0.5
            return QPointF(plot.left() + x * plot.width(), plot.bottom() - up * plot.height())

        if self._base is not None:
            painter.setPen(QPen(muted, 1, Qt.PenStyle.DashLine))
            painter.drawLine(at(0, self._base), at(1, self._base))
        accent = palette.color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(accent, 2))
        corners = [at(x, value) for x, value in self._points]
        painter.drawPolyline(QPolygonF(corners))
        if len(corners) <= _DOTS:
            painter.setBrush(accent)
            for corner in corners:
                painter.drawEllipse(corner, 3, 3)
