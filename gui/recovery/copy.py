"""The recovery copy of one window on the disk."""

import contextlib
import os
import time
import uuid
from pathlib import Path

from autocomplete.atomic import private_folder, replacing
from gui.recovery.buffer import TextBuffer
from gui.recovery.journal import NEW, Origin, UnusableError, read, whole
from gui.recovery.lock import Lock

_ROOM = 1 << 20  # bytes that may be appended, however short the text was


class Copy:
    """Made by `write`, prolonged by `append`; nothing is in `folder` before. All calls may raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / f"{uuid.uuid4().hex}{NEW}"
        self._lock = Lock(self._file)
        self._descriptor: int | None = None
        self._size = 0
        self._limit = 0

    @property
    def grown(self) -> bool:
        """Whether it is time to write it anew: it has grown to twice its size."""
        return self._size > self._limit

    def is_there(self) -> bool:
        """Whether there is a copy to prolong, guarded by its lock: somebody may have emptied the folder."""
        with contextlib.suppress(OSError):
            return (
                self._descriptor is not None
                and os.path.samestat(self._file.stat(), os.fstat(self._descriptor))
                and self._lock.taken
            )
        return False

    def write(self, buffer: TextBuffer, origin: Origin) -> None:
        """Write all of the text, in place of the copy before; on the disk when this returns."""
        self._limit *= 2  # if the disk refuses, it is not asked each time
        private_folder(self._folder)
        while not self._lock.take():
            self._file = self._folder / f"{uuid.uuid4().hex}{NEW}"
            self._lock = Lock(self._file)
        with replacing(self._file) as file:
            for piece in whole(buffer, origin, time.time()):
                file.write(piece)
        self._close()
        self._descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        self._size = os.fstat(self._descriptor).st_size
        self._limit = 2 * self._size + _ROOM

    def append(self, records: bytes) -> None:
        """Add `records`; on the disk when this returns. What a full disk took of them is taken back."""
        if not records:
            return
        assert self._descriptor is not None
        try:
            left = memoryview(records)
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
        except OSError:
            self._take_back()
            raise
        self._size += len(records)

    def holds(self, text: str) -> bool:
        """Whether reading the copy back gives `text`."""
        try:
            return read(self._file).text == text
        except UnusableError:
            return False

    def remove(self) -> None:
        """The text is saved, or not wanted."""
        self._close()
        self._file.unlink(missing_ok=True)
        self._lock.drop()

    def _take_back(self) -> None:
        assert self._descriptor is not None
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            self._close()  # the next one writes all of it

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
