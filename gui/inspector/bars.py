"""Small bars for values from 0 to 1, in the colours of the theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette

STALE = 0.45  # opacity of what belongs to an older text
_THICKNESS = 0.36  # of the line it stands in


def draw_bar(painter: QPainter, box: QRectF, value: float, palette: QPalette, high: float = 0.0) -> None:
    """A track as wide as `box`, at half its height, filled as far as `value` says, and pale as far as `high`."""
    height = max(4.0, box.height() * _THICKNESS)
    track = QRectF(box.left(), box.center().y() - height / 2, max(0.0, box.width()), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.brush(QPalette.ColorRole.Mid))
    painter.drawRoundedRect(track, 2, 2)
    strong = palette.color(QPalette.ColorRole.Accent)
    pale = QColor(strong)
    pale.setAlphaF(0.35)
    for end, color in ((high, pale), (value, strong)):
        width = track.width() * min(1.0, end)
        if width >= 1:  # less would be a speck
            filled = QRectF(track)
            filled.setWidth(width)
            painter.setBrush(color)
            painter.drawRoundedRect(filled, 2, 2)
