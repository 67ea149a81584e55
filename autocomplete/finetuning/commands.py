"""What the fine-tuning process is told while it works: to pause, to go on, to stop."""

import threading
import time
from collections.abc import Iterable

PAUSE, GO_ON, STOP_KEEP, STOP_DISCARD = "pause", "go on", "stop keep", "stop discard"


class StopTuning(Exception):  # noqa: N818 - a command, no error
    """It was told to stop; `keep`: what was best so far is wanted."""

    def __init__(self, keep: bool) -> None:
        super().__init__()
        self.keep = keep


class ParentGone(Exception):  # noqa: N818 - nobody is there to be told of an error
    """Whoever started this process lives no more."""


class Commands:
    """Listens to the lines of a stream in a thread of its own; the work asks `check` at every small step."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._ends: Exception | None = None
        self.seconds_paused = 0.0

    def listen(self, lines: Iterable[bytes]) -> None:
        """Obey the lines as they come. Their end is the end of whoever writes them."""
        threading.Thread(target=self._listen, args=(lines,), name="commands", daemon=True).start()

    def _listen(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._obey(line.decode(errors="replace").strip())
        self._end(ParentGone())

    def _obey(self, command: str) -> None:
        if command in (STOP_KEEP, STOP_DISCARD):
            self._end(StopTuning(command == STOP_KEEP))
        elif command in (PAUSE, GO_ON):
            with self._changed:
                self._paused = command == PAUSE
                self._changed.notify_all()

    def _end(self, reason: Exception) -> None:
        with self._changed:
            self._ends = self._ends or reason
            self._changed.notify_all()

    def check(self) -> None:
        """Wait while paused. Raises StopTuning or ParentGone once the work is to end."""
        with self._changed:
            if self._paused and self._ends is None:
                began = time.monotonic()
                self._changed.wait_for(lambda: not self._paused or self._ends is not None)
                self.seconds_paused += time.monotonic() - began
            if self._ends is not None:
                raise self._ends
