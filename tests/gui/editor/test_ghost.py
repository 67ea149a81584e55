"""The continuation shown behind the cursor."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.settings import CONTINUATIONS
from gui.window import Window

Press = Callable[..., None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ready(window: Window, press: Press, completer) -> Window:
    """A window in which "I look " was typed and a continuation is on show."""
    completer.continuations["I look "] = "forward to it"
    press("I look ")
    assert window.editor.ghost.text == "forward to it"
    return window


def preedit(window: Window) -> str:
    return window.editor.textCursor().block().layout().preeditAreaText()


def test_it_is_painted_but_not_in_the_text(ready: Window) -> None:
    assert preedit(ready) == "forward to it"
    assert ready.editor.text() == "I look "
    ready.editor.selectAll()
    ready.editor.copy()
    assert QApplication.clipboard().text() == "I look "


def test_it_leaves_no_trace_in_the_undo_steps(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert ready.editor.text() == "I "
    assert preedit(ready) == ""


def test_tab_takes_it_all_in_one_undo_step(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Tab)
    assert ready.editor.text() == "I look forward to it "
    assert preedit(ready) == ""
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert ready.editor.text() == "I look "


def test_the_space_behind_it_is_that_of_a_pick(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Tab, ".")
    assert ready.editor.text() == "I look forward to it. "


def test_it_completes_the_word_begun(window: Window, press: Press, completer) -> None:
    completer.continuations["on my w"] = "ay"
    press("on my w", Qt.Key.Key_Tab)
    assert window.editor.text() == "on my way "
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert window.editor.text() == "on my w"


def test_what_ends_in_a_full_stop_gets_no_space(window: Window, press: Press, completer) -> None:
    completer.continuations["Yes "] = "indeed."
    press("Yes ", Qt.Key.Key_Tab)
    assert window.editor.text() == "Yes indeed."


def test_control_and_right_take_one_word(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Right, modifier=CTRL)
    assert ready.editor.text() == "I look forward"


def test_a_letter_it_foretold_eats_into_it(ready: Window, qtbot) -> None:
    qtbot.keyClick(ready.editor, "f")
    assert ready.editor.ghost.text == "orward to it"
    assert preedit(ready) == "orward to it"


def test_another_letter_clears_it_at_once(ready: Window, qtbot) -> None:
    qtbot.keyClick(ready.editor, "x")
    assert preedit(ready) == ""


def test_escape_dismisses_it(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Escape)
    assert preedit(ready) == ""
    assert ready.editor.text() == "I look "


def test_it_goes_with_the_cursor(ready: Window, press: Press) -> None:
    press(Qt.Key.Key_Left)
    assert ready.editor.ghost.text == ""


def test_none_is_shown_right_behind_a_deletion(ready: Window, press: Press) -> None:
    press("x", Qt.Key.Key_Backspace)
    assert ready.editor.text() == "I look "
    assert ready.editor.ghost.text == ""


def test_none_is_shown_when_it_is_switched_off(ready: Window, press: Press) -> None:
    ready.settings.set(CONTINUATIONS, False)
    assert preedit(ready) == ""
    press(Qt.Key.Key_Backspace, " ")
    assert preedit(ready) == ""
