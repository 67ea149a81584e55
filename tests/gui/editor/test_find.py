"""Finding text."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.window import Window


def test_enter_finds_one_after_the_other_and_begins_again(qtbot: QtBot, window: Window) -> None:
    window.editor.set_text("a word, a word")
    window.find_bar.open_bar()
    qtbot.keyClicks(window.find_bar.field, "word")
    places = [window.editor.textCursor().selectionStart()]
    for _ in range(2):
        qtbot.keyClick(window.find_bar.field, Qt.Key.Key_Return)
        places.append(window.editor.textCursor().selectionStart())
    assert places == [2, 10, 2]


def test_shift_and_enter_finds_backwards(qtbot: QtBot, window: Window) -> None:
    window.editor.set_text("a word, a word")
    window.find_bar.open_bar()
    qtbot.keyClicks(window.find_bar.field, "word")
    qtbot.keyClick(window.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.editor.textCursor().selectionStart() == 10


def test_what_is_not_there_is_said(qtbot: QtBot, window: Window) -> None:
    window.editor.set_text("a word")
    window.find_bar.open_bar()
    qtbot.keyClicks(window.find_bar.field, "x")
    assert window.find_bar.result.text() == "Not found"


def test_escape_goes_back_to_the_text(qtbot: QtBot, window: Window, press: Callable[..., None]) -> None:
    window.find_bar.open_bar()
    qtbot.keyClick(window.find_bar.field, Qt.Key.Key_Escape)
    assert window.find_bar.isHidden()
    assert window.editor.hasFocus()


def test_a_ghost_is_not_found(window: Window, press: Callable[..., None], completer) -> None:
    completer.continuations["I "] = "hope"
    press("I ")
    assert window.editor.ghost.text == "hope"
    assert not window.editor.find("hope")
