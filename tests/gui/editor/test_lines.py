"""Room between the lines."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from gui.editor.page import Page

TEXT = "some words that make a paragraph of more than one line " * 6


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(500, 600)
    page.show()
    return page


def tops(page: Page) -> list[float]:
    """Where the lines of all paragraphs begin, from the top of the text."""
    found, top = [], 0.0
    block = page.document().begin()
    while block.isValid():
        rect = page.document().documentLayout().blockBoundingRect(block)
        layout = block.layout()
        found += [top + layout.lineAt(number).y() for number in range(layout.lineCount())]
        top += rect.height()
        block = block.next()
    return found


def distances(page: Page) -> set[float]:
    lines = tops(page)
    return {round(below - above) for above, below in pairwise(lines)}


def test_all_lines_have_the_same_distance(page: Page) -> None:
    page.set_text(f"{TEXT}\n\n{TEXT}")
    (distance,) = distances(page)
    assert distance >= 1.4 * page.fontMetrics().ascent()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.textCursor().insertText(TEXT),
        lambda page: page.textCursor().insertText("\n\n"),
        lambda page: page.document().markContentsDirty(0, 5),
        lambda page: page.resize(400, 600),
        lambda page: page.undo(),
    ],
)
def test_it_stays_so_when_the_text_changes(page: Page, change: Callable[[Page], None]) -> None:
    page.set_text(f"{TEXT}\n{TEXT}")
    page.textCursor().insertText("typed ")
    before = distances(page)
    change(page)
    assert distances(page) == before


def test_a_larger_text_has_higher_lines(page: Page) -> None:
    page.set_text(TEXT)
    (before,) = distances(page)
    page.set_look("", 200)
    (after,) = distances(page)
    assert after == pytest.approx(2 * before, rel=0.1)
