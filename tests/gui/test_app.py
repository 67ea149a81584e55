"""Starting the app."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gui.app import main
from gui.files.document import SAVING
from gui.settings import config_folder

# The app, closed again as soon as it is there.
BRIEF = """
import gui.app, sys
from PySide6.QtCore import QTimer

def application():
    app = make()
    QTimer.singleShot(500, app.quit)
    return app

make, gui.app._application = gui.app._application, application
raise SystemExit(gui.app.main())
"""
IMPORTED = """
import sys
from gui.app import _application
app = _application()
import gui.window
print(*sorted(name for name in ("torch", "onnxruntime", "numpy") if name in sys.modules))
"""


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, *command],
        env=keep | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 69
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11")
def test_a_display_that_is_not_there_is_said_in_one_sentence() -> None:
    done = start("-c", "from gui.app import main; raise SystemExit(main([]))", DISPLAY=":4711")
    assert done.returncode == 69
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr


@pytest.mark.parametrize("arguments", [["--language", "tlh"], ["--nope"], ["-platform", "nonsense"], ["--language"]])
def test_what_it_does_not_take_is_said_so(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 64
    said = capsys.readouterr().err
    assert said.startswith("autocomplete-desktop: ")
    assert said.endswith("; see autocomplete-desktop --help.\n")
    assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11")
def test_a_platform_that_qt_does_not_know_is_said_in_one_sentence() -> None:
    done = start("-c", "from gui.app import main; raise SystemExit(main([]))", QT_QPA_PLATFORM="nonsense")
    assert (done.returncode, done.stderr.count("\n")) == (69, 1)


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be deleted")
def test_a_working_directory_that_was_deleted_is_said_in_one_sentence(tmp_path: Path) -> None:
    program = "import os, sys, gui.app; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); sys.exit(gui.app.main([]))"
    done = start("-c", program, str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 66
    assert done.stderr == "autocomplete-desktop: The current folder no longer exists; change to another one.\n"


@pytest.mark.skipif(os.name != "posix", reason="no such names and files there")
def test_odd_files_are_opened_or_refused_in_their_windows(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    names = [b"pipe", b"gr\xfcn.txt", b"missing", b"", b"n" * 300]
    odd = [tmp_path / os.fsdecode(name) for name in names]
    done = start("-c", BRIEF, *map(str, odd), "/dev/zero", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_window_is_there_before_the_engine(tmp_path: Path) -> None:
    done = start("-c", IMPORTED, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_a_start_removes_what_a_killed_save_left(own_folders: Path, tmp_path: Path) -> None:
    left = tmp_path / ".note.txt.0123456789abcdef.tmp"
    left.write_text("half")
    notes = config_folder() / SAVING
    notes.mkdir(parents=True)
    (notes / "0123.json").write_text(json.dumps({"part": str(left)}))
    command = [sys.executable, "-c", "from gui.app import main; main([])"]
    with subprocess.Popen(command, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}) as app:
        end = time.monotonic() + 60
        while left.exists() and time.monotonic() < end:
            time.sleep(0.05)
        app.kill()
    assert not left.exists()
