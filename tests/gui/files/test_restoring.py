"""What an earlier run could not save is offered."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from autocomplete.atomic import private_folder
from gui.recovery import Found, orphans
from gui.recovery.journal import read
from gui.settings import Settings
from gui.window import Window


def test_lost_text_is_offered_and_can_be_restored(qtbot: QtBot, window: Window, settings: Settings) -> None:
    folder = settings.folder / "recovery"
    private_folder(folder)
    (folder / "a.json").write_text('{"text": "lost text", "path": "/gone/a.txt", "time": 9e8}')
    window.restoring.show_found(Found(orphans(folder), "", None))
    assert "a.txt" in window.banner.sentence()
    qtbot.mouseClick(window.banner.buttons()[0], Qt.MouseButton.LeftButton)
    assert window.editor.text() == "lost text"
    assert window.isWindowModified()
    assert window.banner.sentence() == ""
    assert (folder / "a.json").exists(), "it is gone before the new copy is there"
    qtbot.waitUntil(lambda: not (folder / "a.json").exists())
    (copy,) = folder.glob("*.journal")
    assert read(copy).text == "lost text"


def test_lost_texts_are_offered_one_after_the_other(qtbot: QtBot, window: Window, settings: Settings) -> None:
    folder = settings.folder / "recovery"
    private_folder(folder)
    for name, time in (("older", 1), ("newer", 2)):
        (folder / f"{name}.json").write_text(f'{{"text": "{name}", "path": "/{name}.txt", "time": {time}}}')
    window.restoring.show_found(Found(orphans(folder), "", None))
    assert "newer.txt" in window.banner.sentence()
    qtbot.mouseClick(window.banner.buttons()[1], Qt.MouseButton.LeftButton)
    assert "older.txt" in window.banner.sentence()
    qtbot.mouseClick(window.banner.buttons()[1], Qt.MouseButton.LeftButton)
    assert window.banner.sentence() == ""
    assert orphans(folder) == []


def test_a_waiting_text_hides_no_other_sentence(window: Window, settings: Settings, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(51_000_000)
    window.document.open(large)
    folder = settings.folder / "recovery"
    private_folder(folder)
    (folder / "a.json").write_text('{"text": "lost text", "path": "/gone/a.txt", "time": 9e8}')
    window.restoring.show_found(Found(orphans(folder), "", None))
    assert "large.txt has 51 MB" in window.banner.sentence()
    assert "Unsaved changes to a.txt" in window.banner.sentence()


def test_what_cannot_be_kept_is_said_once(window: Window) -> None:
    for _ in range(2):
        window.restoring.show_found(Found([], "One of them is odd.", PermissionError(13, "")))
    odd, refused = window.banner.sentence().split("\n")
    assert odd == "One of them is odd."
    assert "permission is denied" in refused
