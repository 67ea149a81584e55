"""A text restored after a crash overwrites nobody's changes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gui.files import stamp
from gui.recovery import Origin, Snapshot
from gui.recovery.journal import read
from gui.window import Window

CHANGED = "note.txt was changed by another program or window."
Press = Callable[..., None]
Click = Callable[[str], None]


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
