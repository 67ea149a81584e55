"""The window: files, questions and settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.files import document
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from gui.settings import AUTO_SPACE, RECENT, STRIP, ZOOM, Settings
from gui.widgets.dialogs import Unsaved
from gui.window import Window

Press = Callable[..., None]
Open = Callable[[], Window]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("saved text")
    return path


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> list[Unsaved]:
    """The answers to give when unsaved changes are asked about; none are expected beyond them."""
    answers: list[Unsaved] = []
    monkeypatch.setattr(document, "ask_unsaved", lambda window, name: answers.pop(0))
    return answers


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))


def test_an_opened_file_is_shown_by_text_and_title(window: Window, note: Path) -> None:
    window.open_path(note)
    assert window.editor.text() == "saved text"
    assert window.windowTitle().startswith("note.txt")
    assert not window.isWindowModified()


def test_a_saved_text_is_in_the_file(window: Window, note: Path, press: Press) -> None:
    window.open_path(note)
    press("my ")
    assert window.isWindowModified()
    assert window.document.save()
    assert note.read_text() == "my saved text"
    assert not window.isWindowModified()


def test_a_new_text_is_saved_where_one_says(
    window: Window, tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("hi")
    save_to(monkeypatch, tmp_path / "new.txt")
    assert window.document.save()
    assert (tmp_path / "new.txt").read_text() == "hi"
    assert window.settings.get(RECENT) == [str(tmp_path / "new.txt")]


def test_a_file_that_cannot_be_opened_is_a_sentence_and_the_text_stays(
    window: Window, tmp_path: Path, press: Press
) -> None:
    window.open_path(tmp_path)
    assert "is a folder" in window.banner.sentence()
    press("on")
    assert window.editor.text() == "on"


def test_a_save_that_fails_is_a_sentence_and_the_text_stays_unsaved(
    window: Window, tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("hi")
    save_to(monkeypatch, tmp_path / "gone" / "new.txt")
    assert not window.document.save()
    assert "could not be saved" in window.banner.sentence()
    assert window.isWindowModified()


def test_an_old_encoding_is_noted_in_the_status_line(window: Window, note: Path) -> None:
    note.write_bytes("Größe".encode("latin-1"))
    window.open_path(note)
    assert window.editor.text() == "Größe"
    assert "Windows-1252" in window.status.currentMessage()


def test_closing_a_saved_text_asks_nothing(window: Window, answer: list[Unsaved]) -> None:
    assert window.close()


def test_closing_an_unsaved_text_asks_and_stays(window: Window, press: Press, answer: list[Unsaved]) -> None:
    press("hi")
    answer.append(Unsaved.STAY)
    assert not window.close()
    assert window.isVisible()
    answer.append(Unsaved.DISCARD)
    assert window.close()


def test_the_question_can_save(window: Window, note: Path, press: Press, answer: list[Unsaved]) -> None:
    window.open_path(note)
    press("x")
    answer.append(Unsaved.SAVE)
    window.document.new()
    assert note.read_text() == "xsaved text"
    assert window.editor.text() == ""


def test_opening_another_file_asks_too(window: Window, note: Path, press: Press, answer: list[Unsaved]) -> None:
    press("hi")
    answer.append(Unsaved.STAY)
    window.open_path(note)
    assert window.editor.text() == "hi"


def test_a_dropped_file_is_opened(window: Window, note: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(note))])
    here = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    for event in (
        QDragEnterEvent(QPoint(9, 9), *here, Qt.KeyboardModifier.NoModifier),
        QDropEvent(QPointF(9, 9), *here, Qt.KeyboardModifier.NoModifier),
    ):
        QApplication.sendEvent(window.editor.viewport(), event)
    assert window.editor.text() == "saved text"


def test_recent_files_can_be_opened_again(window: Window, note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other & more.txt"
    other.write_text("other")
    for path in (note, other):
        window.open_path(path)
    window.menus.recent.aboutToShow.emit()
    entries = window.menus.recent.actions()
    assert [entry.text() for entry in entries] == [str(other).replace("&", "&&"), str(note)]
    entries[1].trigger()
    assert window.editor.text() == "saved text"


def test_the_window_comes_back_as_it_was(
    open_window: Open, service: ProfileService, fine_tuning: FineTuning
) -> None:
    first = open_window()
    first.resize(777, 555)
    first.look.zoom(1)
    first.settings.set(STRIP, False)
    first.settings.set(AUTO_SPACE, False)
    first.use_language("de")
    first.close()
    second = Window(
        Settings(),
        lambda languages: None,
        service,
        fine_tuning,
        threaded=False,
    )
    assert (second.width(), second.height()) == (777, 555)
    assert second.settings.get(ZOOM) == 110
    assert second.editor.font().pointSizeF() == first.editor.font().pointSizeF()
    assert second.strip.isHidden()
    assert not second.editor.session.rules.options.auto_space
    assert second.status.language.text() == "German"
    second.close()


def test_a_pick_leaves_no_space_when_that_is_switched_off(window: Window, press: Press) -> None:
    window.settings.set(AUTO_SPACE, False)
    press("hel", Qt.Key.Key_Tab)
    assert window.editor.text() == "hello"


def test_control_and_the_wheel_zoom(window: Window) -> None:
    for step, percent in ((120, 110), (120, 125), (-120, 110)):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, step),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(window.editor.viewport(), event)
        assert window.settings.get(ZOOM) == percent


def test_zooming_changes_neither_text_nor_undo(window: Window, press: Press) -> None:
    press("hi")
    window.look.zoom(1)
    window.look.zoom_reset()
    window.editor.undo()
    assert window.editor.text() == ""


def test_saved_text_leaves_no_copy(qtbot: QtBot, window: Window, note: Path, press: Press) -> None:
    window.open_path(note)
    press("x")
    window.recovery.save()
    folder = window.settings.folder / "recovery"
    assert list(folder.glob("*.journal"))
    window.document.save()
    qtbot.waitUntil(lambda: list(folder.iterdir()) == [])


def test_the_keys_are_listed(window: Window) -> None:
    keys = dict(window.menus.keys())
    assert keys["Accept the second suggestion"] == "Alt+2"
    assert keys["Save"] == "Ctrl+S"


def test_the_window_can_be_drawn_small_and_large(window: Window) -> None:
    for width, height in ((360, 260), (700, 480), (1400, 900)):
        window.resize(width, height)
        assert not window.grab().isNull()
