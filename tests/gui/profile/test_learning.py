"""What is learned of what is written, and what is not: real keys in the real window."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog

from autocomplete.errors import ProfileError
from gui.profile import learning
from gui.settings import LEARN
from gui.window import Window
from tests.gui.conftest import FakeCompleter
from tests.gui.fake_profile import FakeProfile, taught

Press = Callable[..., None]
ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def taught_words(profile: FakeProfile) -> list[str]:
    return [word for line, _, _ in profile.kept for word in taught(line)]


def weights(profile: FakeProfile) -> list[tuple[str, float]]:
    """Each stretch that was learned, and its weight."""
    return [(line.text[start:end], weight) for line, _, _ in profile.kept for start, end, weight in line.spans]


def paste(window: Window, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    window.editor.insertFromMimeData(data)


def test_a_line_is_learned_when_enter_ends_it(profile: FakeProfile, press: Press) -> None:
    press("hi you")
    assert profile.kept == []
    press(ENTER)
    ((line, _, title),) = profile.kept
    assert (line.text, line.language, title) == ("hi you", "en", "Untitled")
    assert line.spans == ((0, 6, 1.0),)


def test_r44_a_word_taken_from_the_strip_weighs_twice(profile: FakeProfile, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, "my ", "wor", Qt.Key.Key_Tab, ENTER)
    assert weights(profile) == [("hello ", 2.0), ("my ", 1.0), ("world", 2.0)]


def test_r44_a_word_picked_and_taken_back_teaches_nothing(profile: FakeProfile, window: Window, press: Press) -> None:
    press("my hel", Qt.Key.Key_Tab)
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert window.editor.text() == "my hel"
    press(ENTER)
    assert taught_words(profile) == ["my"]


def test_r44_a_continuation_taken_weighs_twice(
    profile: FakeProfile, window: Window, press: Press, completer: FakeCompleter
) -> None:
    completer.continuations["hello"] = " to the world"
    window.editor.setFocus()
    press("hello")
    assert window.editor.ghost.text == " to the world"
    press(Qt.Key.Key_Tab, ENTER)
    assert weights(profile) == [("hello", 1.0), (" to the world", 2.0)]


def test_r44_a_picked_word_that_was_changed_counts_as_typed(profile: FakeProfile, press: Press) -> None:
    press("hel", Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, "a", ENTER)
    assert weights(profile) == [("hella", 1.0)]


def test_a_deleted_word_is_not_learned(profile: FakeProfile, press: Press) -> None:
    press("hello", *[Qt.Key.Key_Backspace] * 5, "bye", ENTER)
    assert taught_words(profile) == ["bye"]


def test_a_word_changed_again_is_learned_as_it_is_in_the_end(profile: FakeProfile, press: Press) -> None:
    press("helo you", *[Qt.Key.Key_Left] * 5, "l", Qt.Key.Key_End, ENTER)
    assert taught_words(profile) == ["hello", "you"]


def test_r44_pasted_text_teaches_nothing(profile: FakeProfile, window: Window, press: Press) -> None:
    press("my ")
    paste(window, "secret letter ")
    press("end", ENTER)
    assert profile.kept[0][0].text == "my secret letter end"
    assert taught_words(profile) == ["my", "end"]


def test_a_word_begun_by_paste_is_not_the_writers(profile: FakeProfile, window: Window, press: Press) -> None:
    paste(window, "hel")
    press("lo you", ENTER)
    assert taught_words(profile) == ["you"]


def test_a_pasted_paragraph_between_typed_ones_teaches_nothing(
    profile: FakeProfile, window: Window, press: Press
) -> None:
    press("above ")
    paste(window, "one\ntwo\nthree")
    press(" below", ENTER)
    assert [(line.text, taught(line)) for line, _, _ in profile.kept] == [
        ("above one", ["above"]),
        ("three below", ["below"]),
    ]


def test_a_dropped_text_teaches_nothing(profile: FakeProfile, window: Window, press: Press) -> None:
    press("my ")
    window.editor.insertPlainText("dropped ")
    press("own", ENTER)
    assert taught_words(profile) == ["my", "own"]


def test_r44_text_brought_back_by_undo_teaches_nothing(profile: FakeProfile, window: Window, press: Press) -> None:
    press("one two")
    window.editor.selectAll()
    press(Qt.Key.Key_Delete)
    window.editor.undo()
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    press(" three", ENTER)
    assert taught_words(profile) == ["three"]


def test_an_opened_text_teaches_only_what_is_added(
    profile: FakeProfile, window: Window, press: Press, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("old words")
    window.open_path(path)
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    press(" and mine", ENTER)
    ((line, document, title),) = profile.kept
    assert (taught(line), document, title) == (["and", "mine"], str(path), "letter.txt")


def test_a_paragraph_is_learned_when_the_cursor_leaves_it(profile: FakeProfile, press: Press) -> None:
    press("one", ENTER, "two")
    assert taught_words(profile) == ["one"]
    press(Qt.Key.Key_Up)
    assert taught_words(profile) == ["one", "two"]
    press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert taught_words(profile) == ["one", "two"], "learned twice"


def test_a_paragraph_written_on_is_learned_in_what_is_new(profile: FakeProfile, press: Press) -> None:
    press("one", ENTER, Qt.Key.Key_Up, Qt.Key.Key_End, " more", Qt.Key.Key_Down)
    assert weights(profile) == [("one", 1.0), (" more", 1.0)]
    assert profile.kept[1][0].text == "one more"


def test_enter_in_the_middle_of_a_paragraph_teaches_its_first_part(profile: FakeProfile, press: Press) -> None:
    press("one two", *[Qt.Key.Key_Left] * 3, ENTER)
    assert taught_words(profile) == ["one"]
    press(ENTER, Qt.Key.Key_End, ENTER)
    assert taught_words(profile) == ["one", "two"]


def test_paragraphs_joined_again_are_not_learned_twice(profile: FakeProfile, press: Press) -> None:
    press("one", ENTER, Qt.Key.Key_Backspace, " two", ENTER)
    assert taught_words(profile) == ["one", "two"]


def test_after_a_pause_all_but_the_word_being_written_is_learned(
    profile: FakeProfile, window: Window, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.text.learning._pause.interval() == learning.PAUSE
    press("one two thr")
    window.text.learning._pause.timeout.emit()
    assert taught_words(profile) == ["one", "two"]
    press("ee", ENTER)
    assert taught_words(profile) == ["one", "two", "three"]


def test_saving_teaches_under_the_name_of_the_file(
    profile: FakeProfile, window: Window, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "new.txt"), ""))
    press("my words ")
    window.document.save()
    ((line, document, _),) = profile.kept
    assert (taught(line), document) == (["my", "words"], str(tmp_path / "new.txt"))


def test_what_was_learned_of_a_text_without_a_file_belongs_to_its_first_file(
    profile: FakeProfile, window: Window, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "new.txt"), ""))
    press("one", ENTER, "two ")
    window.document.save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "copy.txt"), ""))
    window.document.save_as()
    press("three", ENTER)
    assert [(line.text, Path(document).name, title) for line, document, title in profile.kept] == [
        ("one", "new.txt", "new.txt"),
        ("two ", "new.txt", "new.txt"),
        ("two three", "copy.txt", "copy.txt"),
    ]


def test_the_name_of_a_text_saved_in_incognito_is_not_told(
    profile: FakeProfile, window: Window, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "secret.txt"), ""))
    press("one", ENTER)
    window.menus.incognito.trigger()
    window.document.save()
    assert [title for _, _, title in profile.kept] == ["Untitled"]


def test_closing_teaches_to_the_last_word(profile: FakeProfile, window: Window, press: Press) -> None:
    press("see you")
    window.editor.document().setModified(False)
    window.close()
    assert taught_words(profile) == ["see", "you"]


def test_a_new_text_is_another_document(
    profile: FakeProfile, window: Window, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("one")
    window.editor.document().setModified(False)
    window.document.new()
    press("two", ENTER)
    (_, first, _), (_, second, _) = profile.kept
    assert first != second


def test_letters_beyond_the_basic_plane_do_not_shift_what_is_learned(
    profile: FakeProfile, window: Window, press: Press
) -> None:
    paste(window, "😀😀 ")
    press("so gut", ENTER)
    assert weights(profile) == [("so gut", 1.0)]


def test_with_two_languages_each_paragraph_goes_to_the_one_believed(
    profile: FakeProfile, window: Window, press: Press
) -> None:
    window.use_language("both")
    press("hello you", ENTER)
    window.editor.insertPlainText("für ")
    press("mich", ENTER)
    assert [line.language for line, _, _ in profile.kept] == ["en", "de"]


def test_nothing_is_learned_when_that_is_switched_off(profile: FakeProfile, window: Window, press: Press) -> None:
    window.settings.set(LEARN, False)
    press("one", ENTER)
    window.settings.set(LEARN, True)
    press("two", ENTER)
    assert taught_words(profile) == ["two"]


def test_a_profile_that_fails_is_one_sentence_and_writing_goes_on(
    profile: FakeProfile, window: Window, press: Press
) -> None:
    profile.fails = [ProfileError("The disk is full.")] * 2
    press("one", ENTER)
    assert window.banner.sentence() == "The disk is full."
    window.banner.hide()
    press("two", ENTER)
    assert window.banner.sentence() == ""
    press("three", ENTER)
    assert window.editor.text() == "one\ntwo\nthree\n"
    assert taught_words(profile) == ["three"]


def test_text_typed_with_an_input_method_is_learned(profile: FakeProfile, window: Window, press: Press) -> None:
    from tests.gui.editor.test_editor import compose

    compose(window, "`")
    compose(window, "", "à")
    press(" propos", ENTER)
    assert taught_words(profile) == ["à", "propos"]


@pytest.mark.parametrize("keys", [("x" * 5000,), tuple("ab\r" * 300)])
def test_a_long_text_is_learned_whole(profile: FakeProfile, window: Window, keys: Sequence[str]) -> None:
    for key in keys:
        for character in key:
            window.editor.type("\n" if character == "\r" else character)
    window.text.learning.finish()
    QApplication.processEvents()
    assert "".join(taught_words(profile)) == "".join(keys).replace("\r", "")

@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        ("write to anna.mei", "er@example.org today"),
        ("write to anna.meier@exam", "ple.org today"),
        ("write to anna at exam", "ple dot org today"),
        ("we go to Lindenallee ", "7, 10115 Berlin"),
        ("and zaunwinde is ", "my password"),
    ],
)
def test_a_pause_within_what_becomes_a_secret_teaches_no_half_of_it(
    profile: FakeProfile, window: Window, press: Press, begun: str, rest: str
) -> None:
    press(begun)
    window.text.learning._pause.timeout.emit()
    learned = taught_words(profile)
    assert learned in (["write", "to"], ["write"], ["we", "go", "to"], ["and"], [])
    press(rest, ENTER)
    assert window.editor.text() == f"{begun}{rest}\n"


def test_what_was_held_back_in_a_pause_is_learned_with_its_paragraph(
    profile: FakeProfile, window: Window, press: Press
) -> None:
    press("we met Anna")
    window.text.learning._pause.timeout.emit()
    assert taught_words(profile) == ["we", "met"]
    press(" there", ENTER)
    assert taught_words(profile) == ["we", "met", "Anna", "there"]


def test_a_paragraph_tells_what_stands_above_it(profile: FakeProfile, press: Press) -> None:
    press("Passwort:", ENTER, "zaunwinde", ENTER)
    assert [line.above.strip() for line, _, _ in profile.kept] == ["", "Passwort:"]
