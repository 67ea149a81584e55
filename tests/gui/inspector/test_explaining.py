"""The memory panel follows the text, in the pauses between keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from autocomplete.errors import ModelError
from gui.inspector import explaining
from gui.settings import INSPECTOR, Settings
from gui.window import Window
from tests.gui.conftest import FakeCompleter

Press = Callable[..., None]


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "PAUSE", 30)


def action(window: Window) -> QAction:
    return window.menus.inspector


def shown(window: Window) -> list[str]:
    return [row.name for row in window.inspector.rows.rows]


def open_panel(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.editor, Qt.Key.Key_F9)
    assert window.inspector.isVisible()


def test_the_panel_is_closed_until_its_key_opens_it(qtbot: QtBot, window: Window, completer: FakeCompleter) -> None:
    assert not window.inspector.isVisible()
    open_panel(qtbot, window)
    assert action(window).isChecked()
    qtbot.keyClick(window.editor, Qt.Key.Key_F9)
    assert not window.inspector.isVisible()


def test_its_own_button_closes_it_for_the_menu_too(qtbot: QtBot, window: Window) -> None:
    open_panel(qtbot, window)
    close = window.inspector.findChild(QAbstractButton, "qt_dockwidget_closebutton")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.inspector.isVisible()
    assert not action(window).isChecked()
    assert not window.settings.get(INSPECTOR)


def test_it_is_open_again_at_the_next_start(
    qtbot: QtBot, open_window: Callable[[], Window], settings: Settings
) -> None:
    open_panel(qtbot, open_window())
    assert Settings().get(INSPECTOR)
    again = open_window()
    assert again.inspector.isVisible()
    assert action(again).isChecked()


def test_closing_the_window_leaves_the_panel_chosen(qtbot: QtBot, window: Window) -> None:
    open_panel(qtbot, window)
    window.editor.document().setModified(False)
    window.close()
    assert window.settings.get(INSPECTOR)


def test_what_was_typed_is_explained_after_a_pause(
    qtbot: QtBot, window: Window, press: Press, completer: FakeCompleter
) -> None:
    open_panel(qtbot, window)
    press("my way is ")
    qtbot.waitUntil(lambda: shown(window) == ["my", "way", "is"])
    assert [candidate.text for candidate in window.inspector.candidate_bars.candidates] == ["Himmel", "Ende", "besten"]
    assert completer.explained[-1] == "my way is "


def test_keys_that_follow_each_other_ask_once(
    qtbot: QtBot, window: Window, press: Press, completer: FakeCompleter, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_panel(qtbot, window)
    qtbot.waitUntil(lambda: completer.explained == [""])
    window.explaining.findChild(explaining.QTimer).setInterval(400)
    press("my way ")
    assert completer.explained == [""]
    qtbot.waitUntil(lambda: len(completer.explained) == 2)
    assert completer.explained[-1] == "my way "


def test_while_the_panel_is_closed_nothing_is_explained(
    qtbot: QtBot, window: Window, press: Press, completer: FakeCompleter
) -> None:
    press("my way ")
    qtbot.wait(80)
    assert completer.explained == []


def test_the_cursor_says_how_far_the_text_is_explained(qtbot: QtBot, window: Window, press: Press) -> None:
    open_panel(qtbot, window)
    press("my way ")
    qtbot.waitUntil(lambda: shown(window) == ["my", "way"])
    press(*[Qt.Key.Key_Left] * 4)
    qtbot.waitUntil(lambda: shown(window) == ["my"])


def test_an_old_explanation_is_dimmed_until_the_new_one_comes(qtbot: QtBot, window: Window, press: Press) -> None:
    open_panel(qtbot, window)
    press("my ")
    qtbot.waitUntil(lambda: shown(window) == ["my"])
    assert not window.inspector.rows.stale
    press("w")
    assert window.inspector.rows.stale
    qtbot.waitUntil(lambda: not window.inspector.rows.stale)


def test_an_empty_text_has_a_sentence_in_the_panel(qtbot: QtBot, window: Window, press: Press) -> None:
    open_panel(qtbot, window)
    press("my ")
    qtbot.waitUntil(lambda: window.inspector.message() == "")
    press("\b\b\b")
    qtbot.waitUntil(lambda: "Type a word and a space" in window.inspector.message())


def test_a_fault_is_said_in_the_panel_and_suggestions_go_on(
    qtbot: QtBot, window: Window, press: Press, completer: FakeCompleter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explain(*args: object) -> None:
        raise ModelError("weights.safetensors is missing; install the model again.")

    monkeypatch.setattr(completer.streams[-1], "explain", explain)
    open_panel(qtbot, window)
    press("my wa")
    qtbot.waitUntil(lambda: "weights.safetensors" in window.inspector.message())
    assert window.strip.words() == ("way",)


def test_the_text_keeps_the_focus(qtbot: QtBot, window: Window, press: Press) -> None:
    open_panel(qtbot, window)
    press("my ")
    qtbot.waitUntil(lambda: shown(window) == ["my"])
    qtbot.mouseClick(window.inspector.rows.viewport(), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is window.editor
