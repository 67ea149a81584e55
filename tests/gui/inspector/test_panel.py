"""The memory panel on its own: what it shows, says and draws."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from autocomplete.text.reading import LEFT_OUT
from gui.inspector.panel import InspectorPanel
from gui.inspector.rows import ExplanationRows
from gui.widgets.theme import Theme
from tests.gui.conftest import explanation


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[InspectorPanel]:
    """A panel at the side of a window."""
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = InspectorPanel(window)
    window.setCentralWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    window.setMinimumSize(60, 50)
    window.resize(700, 600)
    window.show()
    yield panel
    window.close()


@pytest.fixture
def rows(qtbot: QtBot) -> ExplanationRows:
    rows = ExplanationRows()
    qtbot.addWidget(rows)
    rows.resize(400, 200)
    rows.show()
    return rows


def ink(rows: ExplanationRows, column: str, row: int) -> int:
    """How many pixels of a cell are in full colour."""
    cell = rows.columns()[column].translated(0, rows.top(row)).toRect()
    image: QImage = rows.viewport().grab(cell).toImage()
    accent = rows.palette().color(QPalette.ColorRole.Accent)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(pixel == QColor(accent) for pixel in pixels)


def test_a_language_is_named_with_how_far_it_is_believed(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation("my", "way"))
    assert panel.windowTitle() == "Memory – German"
    panel.show_explanation(explanation("my", "way", belief=0.875))
    assert panel.windowTitle() == "Memory – German, believed 88%"


def test_what_stands_for_words_that_are_not_told_has_no_line(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation(LEFT_OUT, "my"))
    assert [row.name for row in panel.rows.rows] == ["my"]
    panel.show_explanation(explanation(LEFT_OUT))
    assert panel.message()


def test_each_piece_has_a_line(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation("my", "E-Mail"))
    assert [row.name for row in panel.rows.rows] == ["my", "E", "+Mail"]
    assert [row.part is not None for row in panel.rows.rows] == [True, False, True]


def test_nothing_to_explain_is_a_sentence(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation("my"))
    assert panel.message() == ""
    panel.show_explanation(explanation())
    assert "Type a word and a space" in panel.message()
    assert not panel.rows.isVisible()


def test_a_low_panel_has_no_caption(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation("my"))
    assert panel.caption.isVisible()
    assert "near 1 it keeps its memory" in panel.caption.text()
    panel.window().resize(700, 300)
    QApplication.processEvents()
    assert not panel.caption.isVisible()


def test_a_bar_is_as_long_as_its_share(rows: ExplanationRows) -> None:
    rows.show_parts(explanation("clouds", "are", "in").parts)
    first, second, third = (ink(rows, "1", row) for row in range(3))
    assert first > 3 * second > 0
    assert second == third
    assert ink(rows, "2", 0) == 0


def test_the_newest_line_is_in_sight(rows: ExplanationRows) -> None:
    rows.show_parts(explanation(*["word"] * 30, "last").parts)
    assert rows.top(30) > 0
    assert rows.top(31) <= rows.viewport().height()
    assert ink(rows, "forget", 30) > 0


def test_it_stays_in_sight_when_the_panel_gets_lower(rows: ExplanationRows) -> None:
    rows.show_parts(explanation(*["word"] * 30).parts)
    rows.resize(400, 120)
    assert rows.top(30) <= rows.viewport().height()


def test_a_narrow_panel_keeps_the_gates(rows: ExplanationRows) -> None:
    assert list(rows.columns()) == ["", "forget", "input", "output", "left", "1", "2", "3"]
    rows.resize(150, 200)
    assert list(rows.columns()) == ["", "forget", "input", "output", "1"]
    rows.show_parts(explanation("clouds", "are").parts)
    assert ink(rows, "input", 0) > 0


def test_lines_grow_with_the_font(rows: ExplanationRows) -> None:
    before = rows.top(1) - rows.top(0)
    font = rows.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    rows.setFont(font)
    assert rows.top(1) - rows.top(0) > 1.8 * before


def test_what_is_seen_can_be_heard(panel: InspectorPanel) -> None:
    panel.show_explanation(explanation("clouds", "are"))
    assert panel.rows.accessibleName() == "Gates and memory"
    told = panel.rows.accessibleDescription()
    assert "clouds\nforget 0.50; most open: units 7, 3" in told
    assert "50% left at the cursor" in told
    assert "explains 75% of word 1" in told
    assert panel.candidate_bars.accessibleName() == "Likely next words"
    assert "Himmel 50.0%, of the LSTM alone 25.0%" in panel.candidate_bars.accessibleDescription()


def test_a_line_tells_its_numbers_under_the_mouse(rows: ExplanationRows, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: told.append(text))
    rows.show_parts(explanation("clouds", "are").parts)
    for y in (rows.top(1) + 3, 190):
        place = QPoint(20, round(y))
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, rows.viewport().mapToGlobal(place))
        QApplication.sendEvent(rows.viewport(), event)
    assert [text.splitlines()[0] for text in told] == ["are"]


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("size", [(80, 60), (200, 150), (360, 600), (900, 1200)])
def test_it_can_be_drawn_in_any_size_and_colours(
    theme: Theme, panel: InspectorPanel, choice: str, size: tuple[int, int]
) -> None:
    theme.choose(choice)
    panel.show_explanation(explanation(*["Donaudampfschifffahrtsgesellschaft"] * 40))
    panel.age()
    panel.window().resize(*size)
    QApplication.processEvents()
    image = panel.grab().toImage()
    assert len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 5
