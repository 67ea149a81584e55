"""Keys chosen in the settings hold at once, in the text and in the menus."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from gui.commands import ACCEPT, ACCEPT_WORD, DISMISS, Command, Switch, commands
from gui.settings import STRIP, Settings
from gui.window import Window
from tests.gui.conftest import FakeCompleter

Press = Callable[..., None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def command(name: str) -> Command:
    return next(command for command in commands() if command.id == name)


@pytest.mark.parametrize(
    ("chosen", "key", "held"),
    [
        ("Ctrl+Space", Qt.Key.Key_Space, CTRL),
        ("F2", Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        ("Shift+Tab", Qt.Key.Key_Backtab, SHIFT),
        ("Ctrl+?", Qt.Key.Key_Question, CTRL | SHIFT),
        ("Return", Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        ("F3; Tab", Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_key_chosen_accepts(
    window: Window, settings: Settings, press: Press, chosen: str, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    settings.set(ACCEPT.keys_setting, chosen)
    press("he")
    press(key, modifier=held)
    assert window.editor.text() == "hello "


def test_a_key_that_accepts_no_more_is_the_texts_own(window: Window, settings: Settings, press: Press) -> None:
    settings.set(ACCEPT.keys_setting, "F2")
    press("he", Qt.Key.Key_Tab)
    assert window.editor.text() == "he\t"
    settings.set(ACCEPT.keys_setting, "")
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Tab)
    assert window.editor.text() == "hello "


def test_a_key_pressed_before_the_answer_types_what_it_is_if_there_is_none(
    qtbot: QtBot, window: Window, settings: Settings
) -> None:
    settings.set(ACCEPT.keys_setting, "Return")
    qtbot.keyClick(window.editor, "x")
    qtbot.keyClick(window.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.editor.text() == "x\n")


def test_the_other_keys_of_the_text_can_be_chosen_too(
    window: Window, settings: Settings, press: Press, completer: FakeCompleter
) -> None:
    completer.continuations["we look "] = "forward to it"
    settings.set(ACCEPT_WORD.keys_setting, "Ctrl+Down")
    settings.set(DISMISS.keys_setting, "F4")
    press("we look ")
    press(Qt.Key.Key_Right, modifier=CTRL)
    assert window.editor.text() == "we look "
    press(Qt.Key.Key_Backspace, " ")
    press(Qt.Key.Key_Down, modifier=CTRL)
    assert window.editor.text() == "we look forward"
    press(" th", Qt.Key.Key_Escape)
    assert window.strip.words()
    press(Qt.Key.Key_F4)
    assert window.strip.words() == ()


def test_keys_with_more_held_than_chosen_are_the_texts_own(
    window: Window, press: Press, completer: FakeCompleter
) -> None:
    completer.continuations["we look "] = "forward to it"
    press("we look ")
    press(Qt.Key.Key_Right, modifier=CTRL | SHIFT)
    press(Qt.Key.Key_Tab, modifier=CTRL)
    assert window.editor.text() == "we look "


def test_a_sequence_of_several_keys_takes_none_from_the_text(window: Window, settings: Settings, press: Press) -> None:
    settings.set(ACCEPT.keys_setting, "h, e")
    press("he")
    assert window.editor.text() == "he"


def test_a_menu_has_the_key_chosen_at_once(qtbot: QtBot, window: Window, settings: Settings, press: Press) -> None:
    press("he")
    second = command("suggestions.accept_second")
    settings.set(second.keys_setting, "Ctrl+2")
    assert window.menus.action(second.id).shortcuts() == [QKeySequence("Ctrl+2")]
    assert dict(window.menus.keys())["Accept the second suggestion"] == "Ctrl+2"
    qtbot.keyClick(window.editor, Qt.Key.Key_2, CTRL)
    assert window.editor.text() == "help "


def test_a_switch_has_the_key_chosen(qtbot: QtBot, window: Window, settings: Settings) -> None:
    settings.set(Switch(STRIP).keys_setting, "F8")
    qtbot.keyClick(window.editor, Qt.Key.Key_F8)
    assert not window.strip.isVisible()


def test_a_key_that_qt_has_for_texts_can_be_given_to_another_command(
    qtbot: QtBot, window: Window, settings: Settings, press: Press
) -> None:
    press("he")
    settings.set(command("edit.undo").keys_setting, "F5")
    settings.set(command("suggestions.accept_second").keys_setting, "Ctrl+Z")
    qtbot.keyClick(window.editor, Qt.Key.Key_Z, CTRL)
    assert window.editor.text() == "help "
    qtbot.keyClick(window.editor, Qt.Key.Key_F5)
    assert window.editor.text() == "he"


def test_every_window_has_the_keys_chosen(open_window: Callable[[], Window], settings: Settings) -> None:
    windows = [open_window(), open_window()]
    settings.set(command("help.keys").keys_setting, "F12")
    for window in windows:
        assert window.menus.action("help.keys").shortcuts() == [QKeySequence("F12")]
