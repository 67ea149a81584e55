"""Text that was not saved survives the end of its process."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.recovery import Recovery, Snapshot, orphans

WRITER = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.recovery import Recovery, Snapshot
app = QCoreApplication([])
recovery = Recovery(Path(sys.argv[1]), lambda: Snapshot("not saved yet", "/notes/a.txt", 5.0))
recovery.save()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_text_survives_a_kill(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITER, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    (orphan,) = orphans(folder)
    assert orphan.snapshot == Snapshot("not saved yet", "/notes/a.txt", 5.0)


def test_what_a_running_window_holds_is_no_orphan(qtbot: QtBot, folder: Path) -> None:
    recovery = Recovery(folder, lambda: Snapshot("mine", "", 1.0))
    recovery.save()
    assert orphans(folder) == []
    recovery.close()


def test_a_window_that_closes_leaves_nothing(qtbot: QtBot, folder: Path) -> None:
    recovery = Recovery(folder, lambda: Snapshot("mine", "", 1.0))
    recovery.save()
    recovery.close()
    assert list(folder.iterdir()) == []


def test_a_discarded_text_is_not_offered_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.json").write_text('{"text": "lost", "path": "", "time": 1.0}')
    orphans(folder)[0].discard()
    assert list(folder.iterdir()) == []


def test_the_newest_text_is_offered_first(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.json").write_text('{"text": "older", "path": "", "time": 1.0}')
    (folder / "b.json").write_text('{"text": "newer", "path": "", "time": 2.0}')
    assert [orphan.snapshot.text for orphan in orphans(folder)] == ["newer", "older"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"text": "x"}'])
def test_an_unreadable_snapshot_is_left_alone(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "a.json").write_text(content)
    assert orphans(folder) == []
    assert (folder / "a.json").exists()


def test_typing_on_does_not_put_the_snapshot_off(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.recovery.SOON", 1)
    recovery = Recovery(folder, lambda: Snapshot("mine", "", 1.0))
    recovery.changed()
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.json"))))
    recovery.close()
