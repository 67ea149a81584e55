"""The memory panel: what the LSTM's gates did with the text before the cursor, and why it expects what it expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QVBoxLayout, QWidget

from autocomplete.text.reading import LEFT_OUT
from gui.inspector.candidate_bars import CandidateBars
from gui.inspector.rows import ExplanationRows
from gui.languages import name_of

if TYPE_CHECKING:
    from autocomplete.explanation.explanation import Explanation

_NOTHING = "Type a word and a space to see what the model remembers."
_CAPTION = (
    "What the model read, a line for each piece. Forget gate: near 1 it keeps its memory, near 0 it clears it. Input: "
    "how much of the piece enters the memory. Output: how much of the memory is passed on. Full colour: the mean over "
    "the memory's units; pale: a tenth of them is open wider. Left: how much of it is still in memory at the cursor. "
    "1, 2, 3: how much it explains of each likely next word below."
)
_ROOM_FOR_CAPTION = 26  # lines of height; what was read matters more


class InspectorPanel(QDockWidget):
    """Shows the explanation it is given, or a sentence in its place. It never takes the focus from the text."""

    closed = Signal(bool)  # by its own button: on show is False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Memory", parent)
        self.setObjectName("memory")
        # It does not float: windows of their own are closed one by one when the app ends.
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._message = _small_text()
        self.rows = ExplanationRows()
        self.candidate_bars = CandidateBars()
        self.caption = _small_text()
        self.caption.setText(_CAPTION)
        page = _Page(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        for widget in (self._message, self.rows, self.candidate_bars, self.caption):
            column.addWidget(widget, 1 if widget is self.rows else 0)
        self.setWidget(page)
        self.say(_NOTHING)

    def message(self) -> str:
        """The sentence in place of an explanation; "" when there is one."""
        return self._message.text()

    def say(self, sentence: str) -> None:
        """Show `sentence` in place of an explanation."""
        self.setWindowTitle("Memory")
        self._message.setText(sentence)
        self._arrange()

    def show_explanation(self, explanation: Explanation) -> None:
        parts = tuple(part for part in explanation.parts if part.text != LEFT_OUT)
        if not parts:
            self.say(_NOTHING)
            return
        self._message.clear()
        name = name_of(explanation.language)
        belief = f", believed {explanation.belief:.0%}" if explanation.belief < 1 else ""
        self.setWindowTitle(f"Memory – {name}{belief}")
        self.rows.show_parts(parts)
        self.candidate_bars.show_candidates(explanation.candidates)
        self._arrange()

    def age(self) -> None:
        """What is on show belongs to an older text."""
        self.rows.age()
        self.candidate_bars.age()

    def _arrange(self) -> None:
        said = bool(self._message.text())
        self._message.setVisible(said)
        self.rows.setVisible(not said)
        self.candidate_bars.setVisible(not said)
        self.caption.setVisible(not said and self.height() >= _ROOM_FOR_CAPTION * self.fontMetrics().height())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class _Page(QWidget):
    """As wide as its lines are at ease, and narrower where there is no room."""

    def sizeHint(self) -> QSize:
        letter = self.fontMetrics().averageCharWidth()
        return QSize(52 * letter, 60 * letter)

    def minimumSizeHint(self) -> QSize:
        letter = self.fontMetrics().averageCharWidth()
        return QSize(20 * letter, 16 * letter)


def _small_text() -> QLabel:
    text = QLabel()
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    font = QFont(text.font())
    font.setPointSizeF(font.pointSizeF() * 0.9)
    text.setFont(font)
    return text
