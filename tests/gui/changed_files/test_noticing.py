"""What others do to a file is noticed when the window gets the focus."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from gui.files import document, stamp, text_file
from gui.widgets.dialogs import Unsaved
from gui.window import Window

CHANGED = "note.txt was changed by another program or window."
GONE = "note.txt was deleted or moved. Its text is still here."
Press = Callable[..., None]
Click = Callable[[str], None]
Focus = Callable[[], None]


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))


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
