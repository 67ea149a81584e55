"""A save never overwrites what somebody else wrote without being asked about."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.files import document
from gui.widgets.dialogs import Unsaved
from gui.window import Window

CHANGED = "note.txt was changed by another program or window."
Press = Callable[..., None]
Open = Callable[[], Window]
Click = Callable[[str], None]


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
