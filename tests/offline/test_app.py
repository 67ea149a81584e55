"""The app as a process, typed into with real keys: it reaches its display alone, and keeps to its folders."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline.conftest import needs_strace
from tests.screen import comes_true, missing, screen
from tests.traced import PATIENCE, ProfileFolder, Trace, read, traced

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


def check_it_keeps_to_itself(trace: Trace, home: ProfileFolder) -> None:
    assert trace.changed_outside(home.files, *home.ours, *home.font_caches) == set()
    assert trace.programs == {Path(sys.executable).name}


def test_without_a_screen_it_reaches_nothing(home: ProfileFolder) -> None:
    letter = home.files / "letter.txt"
    letter.touch()
    trace = home.python("-c", USED, letter, QT_QPA_PLATFORM="offscreen")
    assert letter.read_text() == "I am on my way "
    assert trace.sockets == set()
    check_it_keeps_to_itself(trace, home)
    assert list(home.files.iterdir()) == [letter]
    assert list(home.temporary.iterdir()) == []


@pytest.mark.skipif(bool(missing()), reason=f"{missing()} is not installed")
def test_on_a_display_it_reaches_that_and_nothing_else(home: ProfileFolder) -> None:
    letter = home.files / "letter.txt"
    letter.touch()
    command = [sys.executable, "-c", "from gui.app import main; raise SystemExit(main())", str(letter)]
    with screen() as seen:

        def take_the_best() -> bool:
            """Whether it was there to be taken; where it was not yet, the key does nothing."""
            seen.press("alt+1", "ctrl+s")
            return letter.read_text().startswith("I am on my w") and letter.read_text().endswith(" ")

        environment = home.environment | {"DISPLAY": seen.name}
        watched = traced(home.log, command)
        with subprocess.Popen(watched, cwd=home.files, env=environment, start_new_session=True) as app:
            try:
                assert seen.focus("letter.txt", PATIENCE)
                seen.type("I am on my w")
                assert comes_true(take_the_best, PATIENCE), letter.read_text()
                seen.press("ctrl+q")
                assert app.wait(PATIENCE) == 0
            finally:
                if app.poll() is None:  # both it and its tracer
                    os.killpg(app.pid, signal.SIGKILL)
    trace = read(home.log, home.files)
    assert len(trace.sockets) == 1
    assert trace.sockets <= {f"{at}/tmp/.X11-unix/X{seen.name[1:]}" for at in ("", "@")}
    check_it_keeps_to_itself(trace, home)
    assert list(home.files.iterdir()) == [letter]
