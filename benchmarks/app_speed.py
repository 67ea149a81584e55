"""The app as its user feels it: start, first suggestion, key to paint, key to suggestions, memory.

    python benchmarks/app_speed.py FILE [--language en|de|both] [--tuning] [--json]

Starts the real app in this process, with a profile of its own, and types FILE into it; with --tuning, while a model is
tuned to FILE in the background. Without a display QT_QPA_PLATFORM=offscreen serves.
Times are milliseconds; those of the start count from the start of the process. Linux only (/proc).
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

KEYS = 1500
TAUGHT = 3000  # lines
PATIENCE = 60.0  # seconds for the engine to load or answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", default="en", choices=("en", "de", "both"))
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    text = options.file.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = f"{folder}/{kind.lower()}"
        if options.tuning:
            teach(text, "de" if options.language == "de" else "en")
        figures = measure(text[:KEYS], options.language, options.tuning)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:42} {value:10.2f}")


def teach(text: str, language: str) -> None:
    """Makes the profile of somebody who wrote `text`, so that there is something to tune to."""
    from autocomplete import Profile
    from autocomplete.text.line import Line

    with Profile.open() as profile:
        profile.learn([Line(line, language, time.time()) for line in text.splitlines()[:TAUGHT]], "FILE")


def measure(text: str, language: str, tuning: bool) -> dict[str, float]:
    """Every figure by name."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    import gui.app

    figures: dict[str, float] = {}
    run_events = QApplication.exec

    def run_with_a_user() -> int:
        QTimer.singleShot(0, use)
        return run_events()

    def use() -> None:
        try:
            figures.update(type_and_watch(text, tuning))
        finally:
            QApplication.exit()

    QApplication.exec = staticmethod(run_with_a_user)
    sys.argv = sys.argv[:1]
    gui.app.main(["--language", language])
    return figures


def type_and_watch(text: str, tuning: bool) -> dict[str, float]:
    """Types `text` into the app's window, a key when the answer to the one before is there."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from gui.window import Window

    class Paints(QObject):
        """Notes when the editor was last painted."""

        last = 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                self.last = time.perf_counter()
            return False

    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
    paints = Paints()
    window.editor.viewport().installEventFilter(paints)
    wait(lambda: paints.last > 0)
    figures = {"start to window painted": since_process_start()}
    QTest.keyClicks(window.editor, text[0])
    wait(lambda: bool(window.strip.words()))
    figures["start to first suggestion"] = since_process_start()
    fine_tuning = window.fine_tuning.fine_tuning
    if tuning:
        fine_tuning.begin("de" if window.language == "de" else "en")
        wait(lambda: bool(fine_tuning.losses), patience=600.0)
    painted, suggested = [], []
    for key in text[1:]:
        begin = time.perf_counter()
        QTest.keyClicks(window.editor, key if key != "\n" else "\r")
        wait(lambda: paints.last > begin, pause=0)  # noqa: B023 - called before the next round
        painted.append((paints.last - begin) * 1e3)
        wait(lambda: window.suggesting.settled, pause=0)
        suggested.append((time.perf_counter() - begin) * 1e3)
    for name, times in (("key to paint", painted), ("key to suggestions shown", suggested)):
        cuts = quantiles(times, n=100)
        figures |= {f"{name}, p{p}": cuts[p - 1] for p in (50, 95, 99)}
    if tuning and not fine_tuning.working:
        raise SystemExit("app_speed: the tuning ended before the typing; give it a longer FILE.")
    figures["memory, MB"] = int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024
    window.editor.document().setModified(False)
    window.close()
    return figures


def wait(condition: Callable[[], bool], pause: float = 0.002, patience: float = PATIENCE) -> None:
    """Lets the app run until `condition` holds."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("app_speed: the app did not answer; is the model there?")
        QApplication.processEvents()
        time.sleep(pause)  # the worker thread needs the interpreter, too


def since_process_start() -> float:
    """Milliseconds since this process was started."""
    started = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1e3


if __name__ == "__main__":
    main()
