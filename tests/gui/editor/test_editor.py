"""Keys in the real editor: the space rules, undo, deletion, input methods."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QApplication

from gui.window import Window

Press = Callable[..., None]
CTRL = Qt.KeyboardModifier.ControlModifier


def text(window: Window) -> str:
    return window.editor.text()


def compose(window: Window, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(window.editor, event)


def test_typed_keys_arrive(window: Window, press: Press) -> None:
    press("Hi, you!", Qt.Key.Key_Return, "ok")
    assert text(window) == "Hi, you!\nok"


def test_a_pick_puts_a_space_behind_the_word(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, "w")
    assert text(window) == "hello w"


def test_a_comma_takes_the_space_of_a_pick_and_gives_it_back(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, ",w")
    assert text(window) == "hello, w"


def test_enter_after_a_pick_leaves_no_space(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, Qt.Key.Key_Return, "w")
    assert text(window) == "hello\nw"


def test_a_space_after_a_pick_is_the_one_already_there(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, " w")
    assert text(window) == "hello w"


def test_backspace_after_a_pick_takes_the_space_first(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, Qt.Key.Key_Backspace)
    assert text(window) == "hello"
    press(Qt.Key.Key_Backspace)
    assert text(window) == "hell"


def test_a_moved_cursor_makes_the_space_an_ordinary_one(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right, ",")
    assert text(window) == "hello ,"


def test_one_undo_takes_a_pick_back_whole(window: Window, press: Press) -> None:
    press("say hel", Qt.Key.Key_Tab)
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert text(window) == "say hel"


def test_the_first_key_after_a_pick_is_undone_alone(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, ".")
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert text(window) == "hello "
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert text(window) == "hel"


def test_undo_goes_word_by_word(window: Window, press: Press) -> None:
    press("one two three")
    for left in ("one two ", "one ", ""):
        press(Qt.Key.Key_Z, modifier=CTRL)
        assert text(window) == left


def test_redo_brings_it_back(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab)
    press(Qt.Key.Key_Z, modifier=CTRL)
    window.editor.redo()
    assert text(window) == "hello "


@pytest.mark.parametrize("whole", ["😀", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "e\u0301"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_what_looks_like_one_letter_is_deleted_whole(window: Window, press: Press, whole: str, key: Qt.Key) -> None:
    window.editor.set_text(f"a{whole}b")
    cursor = window.editor.textCursor()
    cursor.setPosition(1)
    if key == Qt.Key.Key_Backspace:
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    window.editor.setTextCursor(cursor)
    press(key)
    assert text(window) == "ab"


def test_typing_behind_an_emoji_stays_behind_it(window: Window, press: Press) -> None:
    window.editor.set_text("😀😀 ")
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    press("hel", Qt.Key.Key_Tab)
    assert text(window) == "😀😀 hello "


def test_backspace_joins_lines(window: Window, press: Press) -> None:
    window.editor.set_text("one\ntwo")
    press(Qt.Key.Key_Down, Qt.Key.Key_Backspace)
    assert text(window) == "onetwo"


def test_typing_replaces_exactly_the_selection(window: Window, press: Press) -> None:
    window.editor.set_text("one two three")
    window.editor.find("two")
    press("x")
    assert text(window) == "one x three"
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert text(window) == "one two three"


def test_a_long_line_replaces_a_selection_of_many(window: Window, press: Press) -> None:
    window.editor.set_text("one\n" * 50)
    window.editor.selectAll()
    compose(window, "", "a line that is long enough to need another line in the window " * 3)
    assert text(window).startswith("a line that is long")


def test_backspace_deletes_exactly_the_selection(window: Window, press: Press) -> None:
    window.editor.set_text("one two three")
    window.editor.find("two ")
    press(Qt.Key.Key_Backspace)
    assert text(window) == "one three"


def test_pasted_text_is_plain_and_counts_no_keys(window: Window) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    window.editor.insertFromMimeData(data)
    assert text(window) == "bold"
    format_ = window.editor.textCursor().charFormat()
    assert not format_.hasProperty(QTextFormat.Property.FontWeight)
    assert window.editor.session.tally.keys == 0


def test_keys_and_characters_are_counted(window: Window, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab)
    assert (window.editor.session.tally.keys, window.editor.session.tally.characters) == (4, 6)
    assert "2 keystrokes saved" in window.status.saved.text()


def test_a_dead_key_types_its_letter_by_the_rules(window: Window, press: Press) -> None:
    press("caf")
    compose(window, "´")
    compose(window, "", "é")
    assert text(window) == "café"


def test_nothing_is_suggested_while_an_input_method_composes(window: Window, press: Press) -> None:
    press("hel")
    compose(window, "に")
    assert not window.suggesting.accept(0)
    press(Qt.Key.Key_F5)
    assert window.strip.words() == ()
    compose(window, "", "日")
    assert text(window) == "hel日"


def test_no_break_spaces_stay(window: Window) -> None:
    window.editor.set_text("10\u00a0km\nend")
    assert text(window) == "10\u00a0km\nend"
