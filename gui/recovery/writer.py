"""The thread that keeps the recovery copy of one window, so that neither a key nor a paint waits for the disk."""

import errno
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from gui.recovery.buffer import TextBuffer
from gui.recovery.copy import Copy
from gui.recovery.journal import Change, Origin, record

AT_FIRST = 0.2  # seconds from the first change until all is written: Qt calls a text modified while it is opened
SOON = 1.0  # seconds from a later change until it is written
AGAIN = 2.0  # seconds until a disk that refused is tried again
_LARGE = 1 << 18  # characters of a change after which all of the text is written


class Writer(threading.Thread):
    """Follows the text by its changes, in the order of the calls; none of the calls waits.

    `fail` hears the error each time that the disk refuses; `safe` the number of a `verify` when all of the text is on
    the disk and was read back. Both are called in this thread.
    """

    def __init__(self, folder: Path, fail: Callable[[Exception], None], safe: Callable[[int], None]) -> None:
        super().__init__(name="recovery", daemon=True)  # a disk that hangs must not keep the app from closing
        self._fail = fail
        self._safe = safe
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._urgent = threading.Event()  # not only changes are in the queue
        self._copy = Copy(folder)
        self._buffer = TextBuffer()
        self._origin: Origin | None = None  # where the text came from; None while it is saved
        self._records: list[bytes] = []  # not on the disk yet
        self._all = True  # they are not enough: write all of the text
        self._due: float | None = None  # by time.monotonic
        self._question: int | None = None  # the `verify` to be answered
        self._ended = False

    # -- called by the window

    def change(self, change: Change) -> None:
        """The text changed."""
        self._orders.put(lambda: self._change(change))

    def keep(self, origin: Origin) -> None:
        """The text, which came from `origin`, is not saved from now on."""
        self._put(lambda: self._keep(origin))

    def forget(self) -> None:
        """The text is saved, or not wanted."""
        self._put(self._forget)

    def verify(self, question: int) -> None:
        """Write all of the text, and read it back."""
        self._put(lambda: self._verify(question))

    def write_now(self, patience: float) -> bool:
        """Wait, `patience` seconds at most, until all of the text is on the disk; whether it is."""
        done = threading.Event()
        self._put(lambda: self._write_now(done))
        return done.wait(patience)

    def end(self, patience: float) -> None:
        """Leave nothing behind: the window closes in good order."""
        self._put(self._end)
        self.join(patience)

    # -- in the thread

    def run(self) -> None:
        while not self._ended:
            if self._due is None:
                self._do(self._orders.get())
            elif self._urgent.wait(max(0.0, self._due - time.monotonic())):
                self._urgent.clear()
            while not self._orders.empty():
                self._do(self._orders.get())
            if self._due is not None and time.monotonic() >= self._due:
                self._do(self._write)

    def _do(self, order: Callable[[], None]) -> None:
        try:
            order()
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the keeping
            self._fail(error)

    def _put(self, order: Callable[[], None]) -> None:
        """Have `order` done at once; a change may wait until it is time to write, so that a key need not wake us."""
        self._orders.put(order)
        self._urgent.set()

    def _change(self, change: Change) -> None:
        if change.length == self._buffer.length and self._buffer.holds(change.position, change.text):
            return  # only its look has changed
        self._buffer.replace(change.position, change.removed, change.text)
        if self._buffer.length != change.length:
            raise ValueError(f"the text has {change.length} units, its copy {self._buffer.length}")
        if self._origin is None:
            return
        if len(change.text) > _LARGE:
            self._all = True
        if not self._all:
            self._records.append(record(change))
        if self._due is None:
            self._due = time.monotonic() + SOON

    def _keep(self, origin: Origin) -> None:
        self._origin = origin
        self._all = True
        self._due = time.monotonic() + AT_FIRST

    def _forget(self) -> None:
        self._origin = self._due = None
        self._question = None
        self._records = []
        self._try(self._copy.remove)

    def _verify(self, question: int) -> None:
        self._question = question
        self._all = True
        self._due = time.monotonic()

    def _write_now(self, done: threading.Event) -> None:
        if self._origin is not None:
            self._write()
        if self._origin is None or self._due is None:
            done.set()

    def _end(self) -> None:
        self._forget()
        self._ended = True

    def _write(self) -> None:
        self._due = None
        if self._origin is None:
            return
        if not self._try(self._bring_up_to_date):
            self._due = time.monotonic() + AGAIN

    def _bring_up_to_date(self) -> None:
        assert self._origin is not None
        needed = self._all or not self._copy.is_there()
        if needed or self._copy.grown:
            self._write_all(self._origin, needed)
        self._copy.append(b"".join(self._records))
        self._records = []
        if self._question is not None:
            if not self._copy.holds(self._buffer.text()):
                self._all = True
                raise OSError(errno.EIO, "what was written reads back differently")
            self._safe(self._question)
            self._question = None

    def _write_all(self, origin: Origin, needed: bool) -> None:
        """Write all of the text; where it only saves room, a disk without room is no failure."""
        self._all = needed
        try:
            self._copy.write(self._buffer, origin)
        except OSError:
            if needed:
                raise
        else:
            self._all = False
            self._records = []

    def _try(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except OSError as error:
            self._fail(error)
            return False
        return True
