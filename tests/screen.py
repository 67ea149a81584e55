"""An X display that nobody sees, and somebody who presses keys on it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

PROGRAMS = ("Xvfb", "xdotool")


def missing() -> str:
    """Which of the programs needed is not there; "" if all are."""
    return next((program for program in PROGRAMS if shutil.which(program) is None), "")


@dataclass(frozen=True)
class Screen:
    """`name` is what DISPLAY has to be."""

    name: str

    def xdotool(self, *arguments: str) -> str:
        """What xdotool says; "" where it finds nothing."""
        environment: Mapping[str, str] = os.environ | {"DISPLAY": self.name}
        return subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, check=False
        ).stdout

    def focus(self, title: str, patience: float) -> bool:
        """Gives the keys to the window whose title holds `title`, when it is there; False if it never is."""
        find = ("search", "--onlyvisible", "--name", title)
        if not comes_true(lambda: bool(self.xdotool(*find)), patience):
            return False
        self.xdotool(*find, "windowfocus", "--sync")
        return True

    def press(self, *keys: str) -> None:
        self.xdotool("key", *keys)

    def type(self, text: str, pause: int = 30) -> None:
        """Presses the key of each character, `pause` milliseconds apart."""
        self.xdotool("type", "--delay", str(pause), text)


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of its own for what is inside."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "1000x700x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield Screen(f":{told.readline().strip()}")
    finally:
        server.terminate()
        server.wait()


def comes_true(condition: Callable[[], bool], patience: float) -> bool:
    """Waits until `condition` holds, for at most `patience` seconds."""
    end = time.monotonic() + patience
    while not condition() and time.monotonic() < end:
        time.sleep(0.2)
    return condition()
