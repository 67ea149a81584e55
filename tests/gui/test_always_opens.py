"""Whatever is in its folders the real app opens, says what it cannot use, and goes on with what is good."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other folders there, and no such files")

# The app without an engine, watched from within: what is said is printed once it has all the words, then it is closed;
# or with "restore" first the text is restored, and in the end the process is killed.
WATCHED = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import autocomplete, gui.app
from autocomplete.errors import ModelError

def no_engine(*_, **__):
    raise ModelError("There is no model.")

def watch():
    from gui.window import Window
    window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
    said = window.banner.sentence()
    if not window.isVisible() or not all(words in said for words in expected):
        return
    restore = [button for button in window.banner.buttons() if button.text() == "Restore"]
    if then == "restore" and restore:
        restore[0].click()
        expected[:] = ["the disk is full"]
        return
    print(said, flush=True)
    if then == "restore":
        os.kill(os.getpid(), 9)
    window.close()

then, *expected = sys.argv[1:]
autocomplete.load = no_engine
run_events = QApplication.exec
timer = None

def run_watched():
    global timer
    timer = QTimer(interval=20)
    timer.timeout.connect(watch)
    timer.start()
    return run_events()

QApplication.exec = staticmethod(run_watched)
raise SystemExit(gui.app.main([]))
"""

GOOD = {"text": "lost text", "path": "/gone/good.txt", "time": 5e8}


def environment(**changes: str | None) -> dict[str, str]:
    """That of this process, with `changes`; None: without that variable."""
    now = dict(os.environ) | {name: value for name, value in changes.items() if value is not None}
    return {name: value for name, value in now.items() if changes.get(name, "") is not None}


def start(*words: str, then: str = "read", **changes: str | None) -> "subprocess.CompletedProcess[str]":
    """Start the app, and end it when its banner says `words`."""
    command = [sys.executable, "-c", WATCHED, then, *words]
    done = subprocess.run(command, env=environment(**changes), capture_output=True, text=True, timeout=90, check=False)
    assert "Traceback" not in done.stderr
    return done


NO_FOLDERS = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"))


def test_odd_recovery_copies_are_named_and_kept_and_the_good_one_is_offered(own_folders: Path) -> None:
    folder = own_folders / "config/autocomplete-desktop/recovery"
    folder.mkdir(parents=True)
    odd = [json.dumps(GOOD | change) for change in ({"time": "now"}, {"time": 1e300}, {"path": ["/a"]}, {"text": None})]
    odd += ["null", "[" * 200_000, "", json.dumps(GOOD | {"time": float("nan")})]
    for number, content in enumerate(odd):
        (folder / f"odd{number}.json").write_text(content)
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()
    (folder / "zero.journal").symlink_to("/dev/zero")
    (folder / "good.json").write_text(json.dumps(GOOD))
    done = start("Unsaved changes to good.txt", f"{len(odd) + 3} recovery copies in {folder} cannot be read")
    assert done.returncode == 0
    assert [(folder / f"odd{number}.json").read_text() for number in range(len(odd))] == odd
    assert {"pipe.json", "folder.json", "zero.journal", "good.json"} < set(os.listdir(folder))


@pytest.mark.parametrize("home", ["/proc", "a file/home", "x" * 300])
def test_a_home_where_nothing_can_be_kept_is_said_and_the_app_opens(tmp_path: Path, home: str) -> None:
    (tmp_path / "a file").write_text("mine")
    place = str(tmp_path / home)
    done = start("Settings can't be saved in", HOME=place, **NO_FOLDERS)
    assert done.returncode == 0
    assert (tmp_path / "a file").read_text() == "mine"


def test_no_home_variable_is_no_trouble(tmp_path: Path) -> None:
    done = start(HOME=None)
    assert done.returncode == 0


def test_a_folder_of_the_session_that_cannot_be_looked_into_is_no_trouble() -> None:
    assert start(XDG_RUNTIME_DIR="/" + "x" * 300, DBUS_SESSION_BUS_ADDRESS=None).returncode == 0


def test_settings_that_would_be_waited_for_are_said(own_folders: Path) -> None:
    folder = own_folders / "config/autocomplete-desktop"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "settings.ini")
    assert start(f"{folder}/settings.ini is not a settings file").returncode == 0


def test_settings_of_wrong_types_are_no_trouble(own_folders: Path) -> None:
    folder = own_folders / "config/autocomplete-desktop"
    folder.mkdir(parents=True)
    sections = {
        "look": {
            "zoom": "1" + "0" * 400,
            "font": '"\\"Arial,1e300,-1,5,50,0,0,0,0,0\\""',
            "theme": "[[]]",
            "memory": "NaN",
        },
        "window": {"geometry": '"\\"\\\\ud800\\""'},
        "files": {"recent": "[" * 1000, "folder": "{}"},
        "writing": {"language": "[" * 20_000, "strip": "null"},
    }
    lines = [f"[{name}]\n" + "\n".join(map("=".join, values.items())) for name, values in sections.items()]
    (folder / "settings.ini").write_text("\n".join(lines))
    assert start().returncode == 0


def private_mounts(script: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run `script` where it may mount what it likes; skips the test where that is not allowed."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs a namespace of mounts of its own (unshare -rm)")
    return subprocess.run(
        [unshare, "-rm", "sh", "-ec", script, "sh", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_a_read_only_folder_is_said_and_its_copies_are_offered(own_folders: Path) -> None:
    folder = own_folders / "config/autocomplete-desktop"
    (folder / "recovery").mkdir(parents=True)
    (folder / "recovery/good.json").write_text(json.dumps(GOOD))
    done = private_mounts(
        'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; shift; exec "$@"',
        folder,
        *(sys.executable, "-c", WATCHED, "read", "Unsaved changes to good.txt", "the disk is read-only"),
    )
    assert done.returncode == 0, done.stderr
    assert f"Settings can't be saved in {folder}: the disk is read-only." in done.stdout
    assert (folder / "recovery/good.json").exists()


def test_on_a_full_disk_a_restored_text_keeps_its_old_copy(own_folders: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(json.dumps(GOOD | {"text": "lost " * 100_000}))
    folder = own_folders / "config/autocomplete-desktop"
    folder.mkdir(parents=True)
    done = private_mounts(
        'mount -t tmpfs -o size=800k none "$1"; mkdir "$1/recovery"; cp "$2" "$1/recovery/"; place=$1; shift 2;'
        '"$@" || true; cat "$place/recovery/good.json"; ls -A "$place/recovery" >&2',
        folder,
        good,
        *(sys.executable, "-c", WATCHED, "restore", "Unsaved changes to good.txt"),
    )
    said, _, kept = done.stdout.partition("\n")
    assert "the disk is full" in said
    assert kept == good.read_text()
    assert ".tmp" not in done.stderr
