"""Who a recovery copy belongs to: its writer holds its lock, and the system lets go of the lock of a dead one."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import FileLock

ENDING = ".lock"


class Lock:
    """The lock beside the copy `file`; `taken` says whether this object holds it."""

    def __init__(self, file: Path) -> None:
        self._file = file.with_suffix(ENDING)
        self._lock: FileLock | None = None

    @property
    def taken(self) -> bool:
        return self._lock is not None and self._file.exists()

    def take(self) -> bool:
        """Take the lock unless somebody else has it. Raises OSError where there can be none."""
        from filelock import FileLock, Timeout  # takes as long as a tenth of the start: not before the window

        if self.taken:
            return True
        lock = FileLock(self._file, timeout=0, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._lock = lock
        return self._file.exists()  # another start may have cleaned up in between

    def drop(self) -> None:
        """Let go, and leave no file behind."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._file.unlink()  # while it is held: nobody else can have taken it meanwhile
            self._lock.release()
            self._lock = None
