"""What the app reaches, changes and starts while it is used: typed into on a display, watched with strace.

    python -m benchmarks.traced_use FILE --language en --minutes 60

Types FILE, a text with a paragraph a line, with real keys into the real window on a display of its own (Xvfb,
xdotool): takes words, saves, undoes, opens the dialogs and the memory panel, again and again until the time is up. Then
it quits the app and tells all sockets, all files outside the app's own folders and all programs that the kernel saw.
Exits with 1 if there were any beyond the display. Linux only.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.screen import PROGRAMS, Screen, missing, screen
from tests.traced import PATIENCE, ProfileFolder, Trace, read, traced, why_not

APP = "from gui.app import main; raise SystemExit(main())"
TITLE = "letter.txt"
PAUSE = 60  # milliseconds between two keys: somebody who types fast
DIALOGS = ("ctrl+o", "ctrl+shift+s", "F1", "ctrl+f")  # opened, and left with Esc
LEAVE = "key Escape"
PANELS = ("F9", "ctrl+shift+n")  # shown, and hidden again


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", default="en", choices=("en", "de", "both"))
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    if why_not() or missing():
        sys.exit(why_not() or f"{', '.join(PROGRAMS)} are needed; {missing()} is not installed.")
    lines = [line for line in options.file.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder, screen() as seen:
        home = ProfileFolder(Path(folder) / "home")
        letter = home.files / TITLE
        letter.touch()
        environment = home.environment | {"DISPLAY": seen.name}
        command = traced(home.log, [sys.executable, "-c", APP, str(letter), "--language", options.language])
        with subprocess.Popen(  # noqa: S603 - this Python
            command, cwd=home.files, env=environment, start_new_session=True
        ) as app:
            try:
                begin = time.monotonic()
                use(seen, lines, begin + 60 * options.minutes)
                used = time.monotonic() - begin
                seen.press("ctrl+s", "ctrl+q")
                code = app.wait(PATIENCE)
            finally:
                if app.poll() is None:  # both it and its tracer
                    os.killpg(app.pid, signal.SIGKILL)
        characters = len(letter.read_text("utf-8"))
        return tell(read(home.log, home.files), home, seen, f"{used / 60:.1f} minutes", characters, code)


def use(seen: Screen, lines: list[str], end: float) -> None:
    """Writes `lines`, over and over, until it is `end` on the monotonic clock."""
    rest = steps(lines)
    if not seen.focus(TITLE, PATIENCE):
        sys.exit("The window does not open.")
    while time.monotonic() < end:
        next_step = next(rest)
        if next_step.startswith("key "):
            seen.press(*next_step.split()[1:])
            time.sleep(0.3)
            if next_step == LEAVE:
                seen.focus(TITLE, PATIENCE)  # a dialog had the keys, and no window manager gives them back
        else:
            seen.type(next_step, PAUSE)


def steps(lines: list[str]) -> Iterator[str]:
    """What to press, without end: text as it is, keys behind "key "."""
    dialogs, panels = cycle(DIALOGS), cycle(PANELS)
    for number, line in enumerate(cycle(lines)):
        for count, word in enumerate(line.split()):
            if count % 3 == 2 and len(word) > 3:
                yield word[:2]
                yield "key alt+1"
            else:
                yield f"{word} "
        yield "key Return ctrl+s"
        if number % 3 == 0:
            yield f"key {next(dialogs)}"
            yield LEAVE
        if number % 5 == 0:
            panel = next(panels)
            yield f"key {panel} {panel}"
            yield "key ctrl+z ctrl+shift+z"


def tell(trace: Trace, home: ProfileFolder, seen: Screen, used: str, characters: int, code: int) -> int:
    """Prints what was seen; 0 if it was the display alone."""
    sockets = {address for address in trace.sockets if not address.endswith(f"/tmp/.X11-unix/X{seen.name[1:]}")}  # noqa: S108
    foreign = trace.changed_outside(home.files, *home.ours, *home.font_caches)
    programs = trace.programs - {Path(sys.executable).name}
    print(f"used for {used}; {characters:,} characters stand in the text; exit code {code}")
    print(f"files of its own changed: {len(trace.changed - foreign)}")
    for title, found in (("sockets besides the display's", sockets), ("other files", foreign), ("programs", programs)):
        print(f"{title}: {len(found)}", *sorted(map(str, found)), sep="\n  ")
    return 1 if sockets or foreign or programs or code else 0


if __name__ == "__main__":
    sys.exit(main())
