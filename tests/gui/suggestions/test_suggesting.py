"""From a key to suggestions and back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from autocomplete.errors import ModelError
from autocomplete.protocols import Completer
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from gui.settings import Settings
from gui.suggestions.prediction import Answer
from gui.window import Window

Press = Callable[..., None]
ALT = Qt.KeyboardModifier.AltModifier


def text(window: Window) -> str:
    return window.editor.text()


def test_three_words_follow_every_key(window: Window, press: Press) -> None:
    assert window.strip.words() == ("the", "this", "that")
    press("he")
    assert window.strip.words() == ("hello", "help", "heaven")


def test_tab_takes_the_best(window: Window, press: Press) -> None:
    press("he", Qt.Key.Key_Tab)
    assert text(window) == "hello "


@pytest.mark.parametrize(
    ("key", "word"),
    [(Qt.Key.Key_1, "hello "), (Qt.Key.Key_2, "help "), (Qt.Key.Key_3, "heaven ")],
)
def test_alt_and_a_digit_take_one(window: Window, press: Press, key: Qt.Key, word: str) -> None:
    press("he")
    press(key, modifier=ALT)
    assert text(window) == word


def test_a_click_takes_one_and_leaves_the_focus(qtbot: QtBot, window: Window, press: Press) -> None:
    press("he")
    qtbot.mouseClick(window.strip.chips[1], Qt.MouseButton.LeftButton)
    assert text(window) == "help "
    assert window.editor.hasFocus()


def test_tab_is_a_tab_when_nothing_is_suggested(window: Window, press: Press) -> None:
    press("xyz", Qt.Key.Key_Tab)
    assert text(window) == "xyz\t"


def test_a_tab_pressed_before_the_answer_waits_for_it(qtbot: QtBot, window: Window) -> None:
    for key in ("h", "e"):
        qtbot.keyClick(window.editor, key)
    assert not window.suggesting.settled
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab)
    assert text(window) == "he"
    qtbot.waitUntil(lambda: text(window) == "hello ")


def test_a_key_after_such_a_tab_calls_it_off(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.editor, "h")
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab)
    qtbot.keyClick(window.editor, "i")
    qtbot.waitUntil(lambda: window.suggesting.settled)
    assert text(window) == "hi"


def test_a_late_answer_is_neither_shown_nor_accepted(qtbot: QtBot, window: Window, press: Press) -> None:
    press("he")
    qtbot.keyClick(window.editor, "x")
    window.prediction.suggested.emit(Answer(("old",), 1.0, "en"))
    assert not window.suggesting.settled
    assert "old" not in window.strip.words()
    window.suggesting.accept(0)
    assert text(window) == "hex"


def test_a_late_continuation_is_neither_shown_nor_accepted(qtbot: QtBot, window: Window, press: Press) -> None:
    press("he ")
    window.prediction.continued.emit("in time")
    assert window.editor.ghost.text == "in time"
    qtbot.keyClick(window.editor, "x")
    window.prediction.continued.emit("too late")
    assert window.editor.ghost.text == ""
    qtbot.keyClick(window.editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert text(window) == "he x"


def test_escape_sends_suggestions_away_until_the_next_word(window: Window, press: Press) -> None:
    press("he", Qt.Key.Key_Escape)
    assert window.strip.words() == ()
    press("l")
    assert window.strip.words() == ()
    press(Qt.Key.Key_Tab)
    assert text(window) == "hel\t"
    press("th")
    assert window.strip.words() == ("the", "this", "that")


def test_a_selection_has_no_suggestions(window: Window, press: Press) -> None:
    press("he")
    press(Qt.Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.strip.words() == ()


def test_backspace_to_the_end_of_a_word_brings_its_suggestions_back(window: Window, press: Press) -> None:
    press("hel ", Qt.Key.Key_Backspace)
    assert window.strip.words() == ("hello", "help")


def test_a_pick_on_a_finished_word_replaces_it(window: Window, press: Press) -> None:
    window.editor.set_text("say helm now")
    cursor = window.editor.textCursor()
    cursor.setPosition(7)
    window.editor.setTextCursor(cursor)
    press(Qt.Key.Key_Shift, Qt.Key.Key_Tab)
    assert text(window) == "say hello now"


def test_only_the_text_before_the_cursor_is_read(window: Window, press: Press, completer) -> None:
    window.editor.set_text("one two")
    window.editor.moveCursor(QTextCursor.MoveOperation.NextWord)
    press(Qt.Key.Key_Shift)
    assert completer.streams[-1].seen[-1] == "one "


def test_a_hidden_strip_suggests_nothing(window: Window, press: Press) -> None:
    window.suggesting.set_strip(False)
    press("he", Qt.Key.Key_Tab)
    assert text(window) == "he\t"


def test_an_engine_that_cannot_load_says_so_and_writing_goes_on(
    qtbot: QtBot, settings: Settings, service: ProfileService, fine_tuning: FineTuning
) -> None:
    def load(languages: tuple[str, ...]) -> Completer:
        raise ModelError("The model folder models/en has no tokenizer; install the app again.")

    window = Window(settings, load, service, fine_tuning, threaded=False)
    window.show()
    window.start_engine()
    assert "has no tokenizer" in window.strip.message()
    qtbot.keyClicks(window.editor, "hello")
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab)
    assert text(window) == "hello\t"
    window.editor.document().setModified(False)
    window.close()


def test_another_language_loads_another_engine(
    qtbot: QtBot, settings: Settings, service: ProfileService, fine_tuning: FineTuning, completer
) -> None:
    asked: list[tuple[str, ...]] = []

    def load(languages: tuple[str, ...]) -> Completer:
        asked.append(languages)
        return completer

    window = Window(settings, load, service, fine_tuning, threaded=False)
    window.start_engine()
    window.use_language("both")
    assert asked == [("en",), ("en", "de")]
    assert window.status.language.text() == "English and German"
    window.close()
