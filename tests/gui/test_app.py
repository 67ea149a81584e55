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
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11")
def test_a_display_that_is_not_there_is_said_in_one_sentence() -> None:
    done = start("-c", "from gui.app import main; raise SystemExit(main([]))", DISPLAY=":4711")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr


def test_an_unknown_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--language", "tlh"])
    assert stop.value.code == 2


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
