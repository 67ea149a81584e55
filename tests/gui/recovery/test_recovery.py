"""The copy of a window's text follows every change, costs the window nothing, and survives its process."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout
from pytestqt.qtbot import QtBot

from gui.recovery import Recovery, copy, writer
from gui.recovery.journal import Origin, read


class Text(QTextDocument):
    """A document whose recovery copy is kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setDocumentLayout(QPlainTextDocumentLayout(self))  # without one no change is told
        self.folder = folder
        self.said: list[str] = []
        self.recovery = Recovery(folder, self, lambda: Origin("/notes/a.txt"), self)
        self.recovery.failed.connect(self.said.append)

    def open(self, text: str) -> None:
        self.setPlainText(text)
        self.setModified(False)

    def type(self, text: str, position: int | None = None) -> None:
        cursor = QTextCursor(self)
        cursor.setPosition(self.characterCount() - 1 if position is None else position)
        cursor.insertText(text)

    def copies(self) -> list[Path]:
        return list(self.folder.glob("*.journal"))

    def kept(self) -> str:
        """What is on the disk."""
        assert self.recovery.save()
        (file,) = self.copies()
        return read(file).text


@pytest.fixture
def text(qtbot: QtBot, tmp_path: Path) -> Iterator[Text]:
    text = Text(tmp_path / "recovery")
    yield text
    text.recovery.close()


def test_a_text_that_is_not_modified_leaves_nothing_on_the_disk(text: Text) -> None:
    text.open("opened")
    text.recovery.save()
    assert not text.folder.exists()


def test_the_copy_holds_what_was_typed_and_where_it_belongs(text: Text) -> None:
    text.open("opened\n")
    text.type("typed")
    assert text.kept() == "opened\ntyped"
    assert read(text.copies()[0]).origin.path == "/notes/a.txt"


@pytest.mark.skipif(os.name != "posix", reason="no modes on this system")
def test_only_its_owner_can_read_it(text: Text) -> None:
    text.type("mine")
    text.kept()
    assert stat.S_IMODE(text.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in text.folder.iterdir()} == {0o600}


def test_typing_on_does_not_put_it_off(qtbot: QtBot, text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SOON", 0.05)
    text.type("first")
    qtbot.waitUntil(lambda: bool(text.copies()))
    begin = text.copies()[0].stat().st_size
    for _ in range(40):
        text.type("x")
        qtbot.wait(5)
    assert text.copies()[0].stat().st_size > begin


def test_saved_text_leaves_nothing(qtbot: QtBot, text: Text) -> None:
    text.type("mine")
    text.kept()
    text.setModified(False)
    qtbot.waitUntil(lambda: list(text.folder.iterdir()) == [])
    text.type(" and more")
    assert text.kept() == "mine and more"


def test_a_window_that_closes_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    text = Text(tmp_path)
    text.type("mine")
    text.kept()
    text.recovery.close()
    assert list(tmp_path.iterdir()) == []


TYPED = st.text(st.sampled_from("ab\né😀\u2028\u00a0\ufeff\ufffe"), max_size=6)
EDITS = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"), st.integers(0, 40), st.text(st.sampled_from("ab\né😀\u2028\u00a0\ufeff\ufffe"), max_size=6)
        ),
        st.tuples(st.just("delete"), st.integers(0, 40), st.integers(0, 12)),
        st.tuples(st.sampled_from(["undo", "redo", "replace", "keep", "look"]), st.integers(0, 40), st.just(0)),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(EDITS)
def test_whatever_is_done_to_the_text_the_copy_is_the_text(text: Text, edits: list[tuple[str, int, str | int]]) -> None:
    text.open("begin\nhere")
    for kind, place, what in edits:
        cursor = QTextCursor(text)
        cursor.setPosition(min(place, text.characterCount() - 1))
        if cursor.movePosition(QTextCursor.MoveOperation.Left):  # and back: not into a pair of surrogates
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        if isinstance(what, str):
            cursor.insertText(what)
        elif kind == "delete":
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, what)
            cursor.removeSelectedText()
        elif kind == "replace":
            text.setPlainText("all of it\nis new")
            text.setModified(True)
        elif kind == "keep":
            text.kept() if text.isModified() else text.setModified(True)
        elif kind == "look":
            text.markContentsDirty(0, text.characterCount())
        elif kind == "undo":
            text.undo()
        else:
            text.redo()
    text.setModified(True)
    assert text.kept() == text.toRawText().replace("\u2029", "\n")
    text.setModified(False)


def test_half_a_pair_of_surrogates_moves_nothing_else(text: Text) -> None:
    text.type("a😀b")
    text.type("in the pair", 2)
    text.type("c")
    kept = text.kept()
    assert "in the pair" in kept
    assert kept.endswith("bc")


def test_it_is_written_anew_when_it_has_grown(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy, "_ROOM", 200)
    text.type("begin ")
    sizes = []
    for _ in range(60):
        text.type("0123456789")
        cursor = QTextCursor(text)
        cursor.setPosition(6)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        text.kept()
        sizes.append(text.copies()[0].stat().st_size)
    assert text.kept() == "begin "
    assert max(sizes) < 800


def test_a_folder_that_is_emptied_meanwhile_gets_a_new_copy(text: Text) -> None:
    text.type("first ")
    text.kept()
    for file in text.folder.iterdir():
        file.unlink()
    text.folder.rmdir()
    text.type("second")
    assert text.kept() == "first second"
    assert list(text.folder.glob("*.lock"))


def test_a_disk_that_refuses_is_said_once_for_each_cause(
    qtbot: QtBot, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "AGAIN", 0.01)
    problem = OSError(errno.ENOSPC, "")

    def refuse(*_: object) -> None:
        raise problem

    with monkeypatch.context() as full:
        full.setattr(copy.Copy, "write", refuse)
        text.type("not saved")
        qtbot.waitUntil(lambda: bool(text.said))
        qtbot.wait(100)
        assert len(text.said) == 1
        assert "the disk is full" in text.said[0]
        assert str(text.folder) in text.said[0]
        problem = OSError(errno.EROFS, "")
        qtbot.waitUntil(lambda: len(text.said) == 2)
        assert "read-only" in text.said[1]
    qtbot.waitUntil(lambda: bool(text.copies()))
    assert text.kept() == "not saved"


def test_what_waits_until_the_text_is_safe_is_done_when_it_is_on_the_disk(qtbot: QtBot, text: Text) -> None:
    found: list[list[str]] = []
    text.open("restored")
    text.setModified(True)
    text.recovery.when_safe(lambda: found.append([read(file).text for file in text.copies()]))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [["restored"]]


def test_what_waits_until_the_text_is_safe_is_not_done_while_the_disk_refuses(
    qtbot: QtBot, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "AGAIN", 0.01)
    done: list[bool] = []
    with monkeypatch.context() as wrong:
        wrong.setattr(copy, "whole", lambda buffer, path, time: [b"something else"])
        text.type("restored")
        text.recovery.when_safe(lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(text.said))
        assert not done
    qtbot.waitUntil(lambda: bool(done))


def test_what_waits_until_the_text_is_safe_is_done_when_it_is_saved(qtbot: QtBot, text: Text) -> None:
    done: list[bool] = []
    text.type("restored")
    text.recovery.when_safe(lambda: done.append(True))
    text.setModified(False)
    assert done
