"""A file that someone else changes while it is open here: nobody's text is lost without being asked about."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.files import document, stamp, text_file
from gui.recovery import Origin, Snapshot
from gui.recovery.journal import read
from gui.widgets.dialogs import Unsaved
from gui.window import Window

CHANGED = "note.txt was changed by another program or window."
GONE = "note.txt was deleted or moved. Its text is still here."
Press = Callable[..., None]
Open = Callable[[], Window]
Click = Callable[[str], None]
Focus = Callable[[], None]


@pytest.fixture
def note(window: Window, tmp_path: Path) -> Path:
    """A file that is open in the window."""
    path = tmp_path / "note.txt"
    path.write_text("one\ntwo\nthree\n")
    window.open_path(path)
    return path


@pytest.fixture
def click(qtbot: QtBot, window: Window) -> Click:
    """Clicks the button of the banner with this label."""

    def click(label: str) -> None:
        (button,) = (button for button in window.banner.buttons() if button.text().replace("&", "") == label)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return click


@pytest.fixture
def focus(qtbot: QtBot, window: Window) -> Focus:
    """Goes to another window and comes back."""

    def focus() -> None:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not window.isActiveWindow())
        other.close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    return focus


@pytest.fixture
def save(press: Press) -> Callable[[], None]:
    return lambda: press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))


def test_what_another_program_wrote_is_not_overwritten(
    window: Window, note: Path, press: Press, save: Callable[[], None]
) -> None:
    press("my ")
    note.write_text("theirs")
    save()
    assert note.read_text() == "theirs"
    assert window.banner.sentence() == CHANGED
    assert window.isWindowModified()


def test_a_change_of_the_same_length_and_time_is_seen_too(
    window: Window, note: Path, press: Press, save: Callable[[], None]
) -> None:
    about = note.stat()
    press("my ")
    note.write_text("eno\nowt\neerht\n")
    os.utime(note, ns=(about.st_atime_ns, about.st_mtime_ns))
    save()
    assert note.read_text() == "eno\nowt\neerht\n"
    assert window.banner.sentence() == CHANGED


def test_my_text_is_saved_when_i_want_to_keep_it(
    window: Window, note: Path, press: Press, save: Callable[[], None], click: Click
) -> None:
    press("my ")
    note.write_text("theirs")
    save()
    click("Keep mine")
    assert note.read_text() == "my one\ntwo\nthree\n"
    assert window.banner.sentence() == ""
    assert not window.isWindowModified()


def test_their_text_is_shown_when_i_want_it_and_undo_brings_mine_back(
    window: Window, note: Path, press: Press, save: Callable[[], None], click: Click
) -> None:
    press("my ")
    note.write_text("one\ntheirs\nthree\n")
    save()
    click("Load theirs")
    assert window.editor.text() == note.read_text() == "one\ntheirs\nthree\n"
    assert not window.isWindowModified()
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.editor.text() == "my one\ntwo\nthree\n"
    assert window.isWindowModified()


def test_both_texts_are_kept_when_i_save_mine_elsewhere(
    window: Window,
    note: Path,
    press: Press,
    save: Callable[[], None],
    click: Click,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press("my ")
    note.write_text("theirs")
    save()
    mine = note.with_name("mine.txt")
    save_to(monkeypatch, mine)
    click("Save as …")
    assert (note.read_text(), mine.read_text()) == ("theirs", "my one\ntwo\nthree\n")
    assert window.banner.sentence() == ""
    press("x")
    save()
    assert mine.read_text() == "my xone\ntwo\nthree\n"


def test_saving_under_the_same_name_asks_as_well(
    window: Window, note: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("my ")
    note.write_text("theirs")
    link = note.with_name("link.txt")
    link.symlink_to(note)
    for name in (note, link):
        save_to(monkeypatch, name)
        assert not window.document.save_as()
        assert note.read_text() == "theirs"
        assert window.banner.sentence() == CHANGED


def test_a_choice_holds_until_the_next_change(
    window: Window, note: Path, press: Press, save: Callable[[], None], click: Click
) -> None:
    press("my ")
    for theirs in ("theirs", "theirs again"):
        note.write_text(theirs)
        save()
        assert note.read_text() == theirs
        assert window.banner.sentence() == CHANGED
        click("Keep mine")
        assert note.read_text().startswith("my")
        press("x")


def test_closing_with_save_does_not_overwrite_either(
    window: Window, note: Path, press: Press, click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "ask_unsaved", lambda window, name: Unsaved.SAVE)
    press("my ")
    note.write_text("theirs")
    assert not window.close()
    assert note.read_text() == "theirs"
    assert window.banner.sentence() == CHANGED
    click("Keep mine")
    assert note.read_text() == "my one\ntwo\nthree\n"
    assert window.close()


def test_two_windows_on_one_file_do_not_overwrite_each_other(
    window: Window, note: Path, press: Press, open_window: Open, qtbot: QtBot, save: Callable[[], None]
) -> None:
    other = open_window()
    other.open_path(note)
    qtbot.keyClicks(other.editor, "AAA ")
    qtbot.keyClick(other.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert note.read_text() == "AAA one\ntwo\nthree\n"
    press("BBB ")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    save()
    assert note.read_text() == "AAA one\ntwo\nthree\n"
    assert window.banner.sentence() == CHANGED
    assert other.banner.sentence() == ""


# -- noticed when the window gets the focus


def test_a_text_without_changes_follows_its_file(window: Window, note: Path, press: Press, focus: Focus) -> None:
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    note.write_bytes("zero\r\none\r\ntwo\r\nthree\r\n".encode("utf-16"))
    focus()
    assert window.editor.text() == "zero\none\ntwo\nthree\n"
    assert window.editor.textCursor().block().text() == "three"
    assert "changed by another program" in window.status.currentMessage()
    assert window.banner.sentence() == ""
    assert not window.isWindowModified()
    press("x")
    assert window.document.save()
    assert note.read_bytes() == "zero\r\none\r\ntwo\r\nxthree\r\n".encode("utf-16")


def test_what_was_typed_before_can_be_undone_after_the_text_followed(
    window: Window, note: Path, press: Press, focus: Focus
) -> None:
    press("my ")
    assert window.document.save()
    note.write_text("my one\ntwo\nthree\nfour\n")
    focus()
    assert window.editor.text().endswith("four\n")
    window.editor.undo()
    assert window.editor.text() == "my one\ntwo\nthree\n"
    window.editor.undo()
    assert window.editor.text() == "one\ntwo\nthree\n"


def test_a_change_of_the_same_length_and_time_is_shown(window: Window, note: Path, focus: Focus) -> None:
    before = note.stat()
    note.write_text("one\nTWO\nthree\n")
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    focus()
    assert window.editor.text() == "one\nTWO\nthree\n"


def test_own_changes_are_asked_about(window: Window, note: Path, press: Press, focus: Focus, click: Click) -> None:
    press("my ")
    note.write_text("theirs")
    focus()
    assert window.banner.sentence() == CHANGED
    assert window.editor.text() == "my one\ntwo\nthree\n"
    click("Keep mine")
    assert note.read_text() == "theirs"  # until it is saved
    focus()
    assert window.banner.sentence() == ""
    assert window.document.save()
    assert note.read_text() == "my one\ntwo\nthree\n"


def test_a_question_goes_when_the_file_is_as_it_was(window: Window, note: Path, press: Press, focus: Focus) -> None:
    press("my ")
    before = note.read_text()
    note.write_text("theirs")
    focus()
    note.write_text(before)
    focus()
    assert window.banner.sentence() == ""
    assert window.document.save()


def test_a_question_goes_with_the_text_it_is_about(
    window: Window, note: Path, press: Press, focus: Focus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "ask_unsaved", lambda window, name: Unsaved.DISCARD)
    press("my ")
    note.write_text("theirs")
    focus()
    window.document.new()
    assert window.banner.sentence() == ""


def test_a_file_that_was_only_touched_is_no_change(window: Window, note: Path, press: Press, focus: Focus) -> None:
    press("my ")
    os.utime(note, (1, 1))
    note.chmod(0o600)
    focus()
    assert window.banner.sentence() == ""
    assert window.document.save()
    assert note.stat().st_mode & 0o777 == 0o600


def test_a_deleted_file_is_said_once_and_can_be_saved_again(
    window: Window, note: Path, focus: Focus, click: Click
) -> None:
    note.unlink()
    focus()
    assert window.banner.sentence() == GONE
    assert window.isWindowModified()  # closing asks
    click("Close")
    focus()
    assert window.banner.sentence() == ""
    assert window.document.save()
    assert note.read_text() == "one\ntwo\nthree\n"
    assert not window.isWindowModified()


def test_a_file_that_comes_back_with_another_text_is_not_overwritten(
    window: Window, note: Path, focus: Focus, save: Callable[[], None]
) -> None:
    note.unlink()
    focus()
    note.write_text("theirs")
    save()
    assert note.read_text() == "theirs"
    assert window.banner.sentence() == CHANGED


def test_a_file_whose_folder_is_gone_can_be_saved_elsewhere(
    window: Window,
    tmp_path: Path,
    press: Press,
    save: Callable[[], None],
    click: Click,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "note.txt").write_text("text")
    window.open_path(folder / "note.txt")
    (folder / "note.txt").unlink()
    folder.rmdir()
    press("my ")
    save()
    assert "its folder does not exist" in window.banner.sentence()
    save_to(monkeypatch, tmp_path / "elsewhere.txt")
    click("Save as …")
    assert (tmp_path / "elsewhere.txt").read_text() == "my text"
    assert window.banner.sentence() == ""


def test_why_it_was_not_saved_stays_until_it_is(
    window: Window, note: Path, press: Press, save: Callable[[], None], focus: Focus
) -> None:
    press("my ")
    note.unlink()
    note.mkdir()
    save()
    note.rmdir()
    assert window.banner.sentence()
    save()
    assert window.banner.sentence() == ""
    assert note.read_text() == "my one\ntwo\nthree\n"


def test_what_cannot_be_shown_is_said_and_not_overwritten(
    window: Window, note: Path, press: Press, focus: Focus, save: Callable[[], None]
) -> None:
    note.write_bytes(bytes(range(256)))
    focus()
    assert "not a text file" in window.banner.sentence()
    assert window.editor.text() == "one\ntwo\nthree\n"
    press("my ")
    save()
    assert note.read_bytes() == bytes(range(256))
    assert window.banner.sentence().startswith(CHANGED)


def test_no_key_looks_at_the_file(window: Window, note: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("a key looked at a file")

    with monkeypatch.context() as patch:
        for name in ("stat", "read_bytes", "open"):
            patch.setattr(Path, name, fail)
        for reader in (stamp, text_file):
            patch.setattr(reader, "read_regular", fail)
        press("quiet", Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    assert window.editor.text().startswith("quiet")


def test_a_focus_event_without_a_file_does_nothing(window: Window) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert window.banner.sentence() == ""


@pytest.mark.parametrize(("age", "asked"), [(-60.0, True), (60.0, False)])
def test_a_restored_text_does_not_overwrite_what_was_written_since(
    window: Window, note: Path, save: Callable[[], None], age: float, asked: bool
) -> None:
    window.document.restore(Snapshot("lost\n", Origin(str(note)), note.stat().st_mtime + age))
    save()
    assert (window.banner.sentence() == CHANGED) is asked
    assert note.read_text() == ("one\ntwo\nthree\n" if asked else "lost\n")


def test_kept_over_what_is_no_text_any_more_the_text_is_saved_or_it_is_said_why_not(
    window: Window, note: Path, press: Press, save: Callable[[], None], click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("my ")
    note.unlink()
    note.mkdir()
    save()
    click("Keep mine")
    assert window.banner.sentence() == (
        "note.txt could not be saved: it is not a file that holds text. Nothing on disk was changed."
    )
    note.rmdir()
    monkeypatch.setattr(stamp, "LARGEST", 20)
    note.write_text("more than can be opened")
    save()
    assert window.banner.sentence() == CHANGED
    click("Keep mine")
    assert note.read_text() == "my one\ntwo\nthree\n"


@pytest.mark.parametrize("kept", ["", "as old as before"])
def test_what_was_written_between_opening_and_the_copy_is_not_overwritten_after_a_crash(
    window: Window, note: Path, press: Press, save: Callable[[], None], kept: str
) -> None:
    before = note.stat()
    note.write_text("theirs")  # and the window hears nothing of it
    if kept:
        os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    for _ in range(2):  # a second crash, before anything was answered, does not forget it
        press("my ")
        assert window.recovery.save()
        (copy,) = (window.settings.folder / "recovery").glob("*.journal")
        window.document.restore(read(copy))
    save()
    assert note.read_text() == "theirs"
    assert window.banner.sentence() == CHANGED


def test_a_restored_text_that_was_saved_after_all_is_no_conflict(
    window: Window, note: Path, save: Callable[[], None]
) -> None:
    window.document.restore(Snapshot("one\ntwo\nthree\n", Origin(str(note)), 1.0))
    save()
    assert window.banner.sentence() == ""


def test_a_character_that_documents_cannot_hold_survives_a_crash(window: Window, note: Path, tmp_path: Path) -> None:
    note.write_text("one\u2029two\ufdd0\n")
    window.open_path(note)
    window.editor.document().setModified(True)
    assert window.recovery.save()
    (copy,) = (window.settings.folder / "recovery").glob("*.journal")
    window.document.restore(read(copy))
    assert window.editor.text() == "one\u2029two\ufdd0\n"
