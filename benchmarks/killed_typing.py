"""What a kill -9 costs somebody who is typing: the age of the oldest key that is lost.

    python -m benchmarks.killed_typing [--kills 50] [--sizes 0 3000000 15000000] [--seed 1]

For each kill a file of that size (0: no file) is opened in the real app, in a process with folders of its own; keys
are pressed into it at changing places, twelve a second, and each is logged with its time before it is pressed. After a
random time the process is killed, and what the next start would offer is compared with the log.
Without a display QT_QPA_PLATFORM=offscreen serves.
"""

import argparse
import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PAUSE = 1 / 12  # seconds from key to key
LONGEST = 6.0  # seconds from the first key to the kill, at most
JUMP = 30  # keys typed at one place
PATIENCE = 60.0
LINE = "the rain had stopped before the first of them came down to the river again\n"


@dataclass(frozen=True)
class Key:
    """`text` was pressed at `time` (seconds since the epoch), with the cursor at `position`."""

    time: float
    position: int
    text: str


@dataclass(frozen=True)
class Outcome:
    """What one kill did: keys pressed, keys lost, the age of the oldest of those (seconds), files open to others."""

    pressed: int
    lost: int
    age: float
    readable: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 3_000_000, 15_000_000], metavar="BYTES")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--type", type=Path, nargs=2, metavar=("LOG", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.type is not None:
        type_for_ever(*options.type)
        return
    moments = random.Random(options.seed)  # noqa: S311 - moments, no secrets
    print(f"{'bytes':>10} {'kills':>6} {'keys':>6} {'oldest key lost, s':>20} {'median':>8} {'readable':>9}")
    for size in options.sizes:
        outcomes = [kill_one(size, moments.uniform(0, LONGEST), moments.random()) for _ in range(options.kills)]
        ages = [outcome.age for outcome in outcomes]
        print(
            f"{size:10} {len(outcomes):6} {sum(outcome.pressed for outcome in outcomes):6} {max(ages):20.2f}"
            f" {median(ages):8.2f} {sum(outcome.readable for outcome in outcomes):9}",
            flush=True,
        )


# -- the process that kills


def kill_one(size: int, after: float, seed: float, engine: bool = True) -> Outcome:
    """Open a text of `size` bytes, type into it for `after` seconds, kill, and see what is left.

    `seed` chooses the places typed at; `engine`: with the suggestions that the app makes meanwhile.
    """
    from gui.recovery import look

    with tempfile.TemporaryDirectory() as home, typing(Path(home), size, seed, engine) as (process, log):
        wait(lambda: log.exists() and log.stat().st_size > 0, process)
        time.sleep(after)
        killed = time.time()
        process.kill()
        process.wait()
        keys = [key for key in read_log(log) if key.time <= killed]
        folder = Path(home) / "config/autocomplete-desktop/recovery"
        readable = sum(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) > 0 for path in (folder, *folder.glob("*")))
        found = look(folder)
        if found.said or found.error:
            raise SystemExit(f"killed_typing: a copy is broken: {found.said or found.error}")
        text = found.orphans[0].snapshot.text if found.orphans else original(size)
        kept = kept_keys(original(size), keys, text)
        return Outcome(len(keys), len(keys) - kept, killed - keys[kept].time if kept < len(keys) else 0.0, readable)


@contextmanager
def typing(home: Path, size: int, seed: float, engine: bool = True) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """The app in a process of its own, being typed into, and its log; ended at the end if it is not yet."""
    file, log = home / "text.txt", home / "log"
    if size:
        file.write_text(original(size))
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    root = str(Path(__file__).parents[1])
    environment = os.environ | folders | {"TYPING_SEED": str(seed), "TYPING_ENGINE": "1" if engine else ""}
    command = [sys.executable, "-m", "benchmarks.killed_typing", "--type", str(log), str(file)]
    with subprocess.Popen(command, env=environment, cwd=root) as process:  # noqa: S603
        try:
            yield process, log
        finally:
            process.kill()


def original(size: int) -> str:
    """The text of the file."""
    return (LINE * (size // len(LINE) + 1))[:size]


def read_log(log: Path) -> list[Key]:
    """The whole lines of the log."""
    lines = [line.split("\t") for line in log.read_text().split("\n")[:-1]]
    return [Key(float(when), int(position), text) for when, position, text in lines]


def kept_keys(text: str, keys: list[Key], found: str) -> int:
    """How many of `keys`, typed into `text`, are in the text that was `found`."""
    typed = bytearray(text.encode())
    for key in keys:
        typed[key.position : key.position] = key.text.encode()
    wanted = found.encode()
    for count in range(len(keys), -1, -1):
        if typed == wanted:
            return count
        if count:
            del typed[keys[count - 1].position]
    raise SystemExit("killed_typing: what was kept was never typed")


def wait(condition: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("killed_typing: the app did not start")
        time.sleep(0.01)


# -- the process that is killed


def type_for_ever(log: Path, file: Path) -> None:
    """Start the app with `file`, if there is one, and press keys in its window, each logged in `log`."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    import autocomplete
    import gui.app

    if not os.environ["TYPING_ENGINE"]:
        autocomplete.load = no_engine
    run_events = QApplication.exec

    def run_with_a_user() -> int:
        typist = Typist(log, random.Random(os.environ["TYPING_SEED"]))  # noqa: S311 - places, no secrets
        timer = QTimer(interval=round(PAUSE * 1000))
        timer.timeout.connect(typist.press)
        timer.start()
        return run_events()

    QApplication.exec = staticmethod(run_with_a_user)
    sys.argv = sys.argv[:1]
    gui.app.main([str(file)] if file.exists() else [])


def no_engine(*_: object, **__: object) -> None:
    """In the engine's place: there is none."""
    from autocomplete.errors import ModelError

    raise ModelError("There is no model.")


class Typist:
    """Presses letters and spaces, at one place for a while, then at another."""

    def __init__(self, log: Path, places: random.Random) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._places = places
        self._count = 0

    def press(self) -> None:
        """Press the next key in the window's text, once it is shown."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from gui.window import Window

        window = next(window for window in QApplication.topLevelWidgets() if isinstance(window, Window))
        cursor = window.editor.textCursor()
        if self._count and self._count % JUMP == 0:
            cursor.setPosition(self._places.randrange(window.editor.document().characterCount()))
            cursor.movePosition(cursor.MoveOperation.EndOfBlock)
            window.editor.setTextCursor(cursor)
        text = " " if self._count % 6 == 5 else chr(ord("a") + self._count % 26)
        os.write(self._log, f"{time.time()}\t{cursor.position()}\t{text}\n".encode())
        QTest.keyClicks(window.editor, text)
        self._count += 1


if __name__ == "__main__":
    main()
