"""Every character of a file comes back from the page."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.editor.page import Page
from gui.editor.stand_ins import shown, written

# What Qt, PySide or the stand-ins themselves treat in a way of their own.
ODD = "\u2028\u2029\ufdd0\ufdd1\ufde0\ufdeb\ufdec\ufded\ufdee\ufdef\ufeff\ufffc\ufffe\uffff"
ODD += "\u00a0\u00ad\u200b\x0b\x0c\x1a\x1c\x85"
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")
ODD_TEXTS = st.text(st.one_of(st.sampled_from(ODD + "ab \n"), ANY), max_size=12)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    return page


@given(ODD_TEXTS)
def test_what_is_shown_is_written_as_it_was(text: str) -> None:
    assert written(shown(text)) == text


def test_no_character_is_lost_or_changed_in_the_page(page: Page) -> None:
    codes = [*range(1, 0x3400), *range(0xF8F0, 0x10010)]  # all but those that are thousands of a kind
    codes += [code for code in range(0x3400, sys.maxunicode + 1) if code & 0xFFF in (0, 1, 0xFFD, 0xFFE, 0xFFF)]
    every = [chr(code) for code in codes if not 0xD800 <= code < 0xE000 and chr(code) != "\r"]
    text = "a".join(every)
    page.set_text(text)
    assert page.text() == text


@pytest.mark.parametrize("first", ODD)
def test_a_character_is_kept_also_at_the_start_of_the_text_and_of_a_line(page: Page, first: str) -> None:
    page.set_text(f"{first}one\n{first}two")
    assert page.text() == f"{first}one\n{first}two"


@pytest.mark.parametrize("odd", ODD)
def test_a_character_is_copied_as_it_is(page: Page, odd: str) -> None:
    text = f"x{odd}y\nz{odd}" if odd == "\ufeff" else f"{odd}x{odd}y\nz{odd}"
    page.set_text(text)
    page.selectAll()
    page.copy()
    copied = QApplication.clipboard().mimeData()
    assert copied.text() == text
    assert copied.formats() == ["text/plain"]


def test_what_was_copied_does_not_disturb_the_end_of_the_app() -> None:
    program = "app = QApplication([]); page = Page(); page.set_text('text'); page.selectAll(); page.copy()"
    command = f"from PySide6.QtWidgets import QApplication; from gui.editor.page import Page; {program}"
    subprocess.run([sys.executable, "-c", command], check=True, capture_output=True)


@pytest.mark.parametrize("odd", ODD)
def test_a_character_is_pasted_as_it_is(page: Page, odd: str) -> None:
    page.set_text("[]")
    page.moveCursor(page.textCursor().MoveOperation.Right)
    data = QMimeData()
    data.setText(f"a{odd}b")
    page.insertFromMimeData(data)
    assert page.text() == f"[a{odd}b]"


def test_pasted_line_ends_of_any_kind_begin_a_new_line(page: Page) -> None:
    data = QMimeData()
    data.setText("one\r\ntwo\rthree\nfour\0")
    page.insertFromMimeData(data)
    assert page.text() == "one\ntwo\nthree\nfour"


@given(before=ODD_TEXTS, after=ODD_TEXTS)
def test_a_text_that_is_changed_is_the_new_one_and_undo_brings_the_old_back(
    qapp: QApplication, before: str, after: str
) -> None:
    page = Page()
    page.set_text(before)
    page.change_text(after)
    assert page.text() == after
    if before != after:
        page.undo()
    assert page.text() == before
    page.deleteLater()
