"""The app as a process, typed into with real keys: it reaches its display alone, and keeps to its folders."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import traced
from tests.offline.conftest import PATIENCE, Home
from tests.traced import Trace, needs_strace

pytestmark = needs_strace

# The app, with a user in its process who types, takes the best word, saves, opens a dialog, and quits.
USED = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
import gui.app
from gui.window import Window

def use(steps):
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
    if not window.isVisible() or not window.suggesting.settled:
        return QTimer.singleShot(20, lambda: use(steps))
    if steps:
        steps.pop(0)(window)
        return QTimer.singleShot(20, lambda: use(steps))
    window.close()

def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    return lambda window: QTest.keyClick(window.editor, key, modifier)

def dialog(window):
    QTimer.singleShot(200, lambda: QApplication.activeModalWidget().reject())
    press("o", Qt.KeyboardModifier.ControlModifier)(window)

steps = [press(key) for key in "I am on my w"] + [press(Qt.Key.Key_Tab)]
steps += [press("s", Qt.KeyboardModifier.ControlModifier), dialog]
run_events = QApplication.exec
QApplication.exec = staticmethod(lambda: (QTimer.singleShot(0, lambda: use(steps)), run_events())[1])
raise SystemExit(gui.app.main(sys.argv[1:]))
"""


def check_it_keeps_to_itself(trace: Trace, home: Home) -> None:
    assert trace.changed_outside(home.files, *home.ours) == set()
    assert trace.programs == {Path(sys.executable).name}


def test_without_a_screen_it_reaches_nothing(home: Home) -> None:
    letter = home.files / "letter.txt"
    letter.touch()
    trace = home.python("-c", USED, letter, QT_QPA_PLATFORM="offscreen")
    assert letter.read_text() == "I am on my way "
    assert trace.sockets == set()
    check_it_keeps_to_itself(trace, home)
    assert list(home.files.iterdir()) == [letter]
    assert list(home.temporary.iterdir()) == []


@pytest.fixture
def display() -> Iterator[str]:
    """The name of an X display that nobody sees, for this test alone."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "1000x700x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def comes_true(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.2)
    return condition()


def test_on_a_display_it_reaches_that_and_nothing_else(home: Home, display: str) -> None:
    letter, log = home.files / "letter.txt", home.folder / "log" / "call"
    letter.touch()
    environment = home.environment | {"DISPLAY": display}
    command = [sys.executable, "-c", "from gui.app import main; raise SystemExit(main())", str(letter)]

    def xdotool(*arguments: str) -> str:
        done = subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True, check=False)
        return done.stdout

    def take_the_best() -> bool:
        """Whether it was there to be taken; where it was not yet, the key does nothing."""
        xdotool("key", "alt+1", "ctrl+s")
        return letter.read_text().startswith("I am on my w") and letter.read_text().endswith(" ")

    watched = traced.command(log, command)
    with subprocess.Popen(watched, cwd=home.files, env=environment, start_new_session=True) as app:
        try:
            assert comes_true(lambda: bool(xdotool("search", "--onlyvisible", "--name", "letter.txt")))
            xdotool("search", "--onlyvisible", "--name", "letter.txt", "windowfocus", "--sync")
            xdotool("type", "--delay", "30", "I am on my w")
            assert comes_true(take_the_best), letter.read_text()
            xdotool("key", "ctrl+q")
            assert app.wait(PATIENCE) == 0
        finally:
            if app.poll() is None:  # both it and its tracer
                os.killpg(app.pid, signal.SIGKILL)
    trace = traced.read(log, home.files)
    assert len(trace.sockets) == 1
    assert trace.sockets <= {f"{at}/tmp/.X11-unix/X{display[1:]}" for at in ("", "@")}
    check_it_keeps_to_itself(trace, home)
    assert list(home.files.iterdir()) == [letter]
