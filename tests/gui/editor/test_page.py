"""The page around the text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.editor.page import COLUMN, Page


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(1400, 300)
    page.show()
    return page


def test_lines_are_no_longer_than_one_can_read(page: Page) -> None:
    page.set_text("all sorts of words in a line of text " * 20)
    page.document().documentLayout().blockBoundingRect(page.document().begin())
    longest = page.document().begin().layout().lineAt(0).textLength()
    assert COLUMN * 0.8 <= longest <= COLUMN * 1.2


def test_the_column_is_in_the_middle(page: Page) -> None:
    left = page.viewport().x()
    right = page.width() - page.viewport().geometry().right()
    assert abs(left - right) <= 24  # a scroll bar may be beside it


def test_a_small_window_is_used_whole(page: Page) -> None:
    page.resize(400, 300)
    assert page.viewport().width() > 380


def test_a_click_beside_the_column_goes_to_its_line(qtbot: QtBot, page: Page) -> None:
    page.set_text("one\ntwo\nthree")
    second = page.document().findBlockByNumber(1)
    top = page.blockBoundingGeometry(second).translated(page.contentOffset()).top()
    qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(20, int(top) + 10))
    assert page.textCursor().blockNumber() == 1


def test_the_wheel_beside_the_column_scrolls(page: Page) -> None:
    page.set_text("line\n" * 200)
    wheel = QWheelEvent(
        QPointF(10, 10),
        QPointF(10, 10),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page, wheel)
    assert page.verticalScrollBar().value() > 0


def test_the_font_can_be_chosen(page: Page) -> None:
    font = QFont("Monospace")
    font.setPointSizeF(20)
    page.set_look(font.toString(), 50)
    assert page.font().family() == "Monospace"
    assert page.font().pointSizeF() == 10


def test_a_font_that_makes_no_sense_is_the_usual_one(page: Page) -> None:
    usual = page.font().pointSizeF()
    page.set_look("", 100)
    page.set_look("nonsense,,,", 100)
    assert page.font().pointSizeF() == usual


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("zero\none\ntwo\nthree", "three"),  # a line more above
        ("one\ntwo\nthree\nfour", "three"),  # a line more below
        ("one\nthree", "three"),
    ],
)
def test_the_cursor_stays_at_its_word_when_the_text_changes(page: Page, after: str, place: str) -> None:
    page.set_text("one\ntwo\nthree")
    cursor = page.textCursor()
    cursor.setPosition(8)
    page.setTextCursor(cursor)
    page.change_text(after)
    assert page.textCursor().block().text() == place
    assert page.textCursor().positionInBlock() == 0


def test_a_selection_stays_when_the_text_changes_elsewhere(page: Page) -> None:
    page.set_text("one\ntwo\nthree")
    page.find("three")
    page.change_text("zero\none\n2\nthree\nfour")
    assert page.textCursor().selectedText() == "three"


def test_a_cursor_in_what_was_removed_stays_near(page: Page) -> None:
    page.set_text("one two three")
    page.find("two")
    page.change_text("one 2 three")
    assert page.textCursor().position() in (5, 6)


def test_the_view_stays_when_the_text_changes_below(page: Page) -> None:
    lines = [f"line {number}" for number in range(300)]
    page.set_text("\n".join(lines))
    page.verticalScrollBar().setValue(100)
    page.change_text("\n".join([*lines, "one more"]))
    assert page.verticalScrollBar().value() == 100


@pytest.mark.parametrize(("after", "line"), [("one\ntwo\nthree", "two"), ("one\nnew\ntwo", "two")])
def test_the_cursor_stays_in_its_line_when_lines_are_added_next_to_it(page: Page, after: str, line: str) -> None:
    page.set_text("one\ntwo")
    page.find("two")
    cursor = page.textCursor()
    cursor.setPosition(cursor.selectionEnd() if after.endswith("three") else cursor.selectionStart())
    page.setTextCursor(cursor)
    page.change_text(after)
    assert page.textCursor().block().text() == line
