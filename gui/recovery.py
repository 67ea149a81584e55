"""Unsaved text survives a crash or kill -9: snapshots that are offered at the next start.

Each window has a snapshot of its own, guarded by a lock that the system's death of the process
leaves stale: a snapshot whose lock can be taken belongs to nobody who is still writing.
"""

import contextlib
import json
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

SOON = 3000  # milliseconds between a change and its snapshot
SHARE = 50  # a snapshot that took t waits SHARE * t until the next, so a long text does not stutter


@dataclass(frozen=True)
class Snapshot:
    """A text that was not saved, and the file it belongs to ("" for none)."""

    text: str
    path: str
    time: float  # seconds since the epoch


class Recovery(QObject):
    """Keeps the snapshot of one window in `folder`; `take` gives the text as it is now."""

    def __init__(self, folder: Path, take: Callable[[], Snapshot], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = folder / f"{uuid.uuid4().hex}.json"
        self._take = take
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(self._file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.save)

    def changed(self) -> None:
        """The text has changed; typing on does not put the snapshot off."""
        if not self._soon.isActive():
            self._soon.start()

    def save(self) -> None:
        """Write the snapshot now. A disk that refuses it must not disturb the writer."""
        begin = time.perf_counter()
        with contextlib.suppress(OSError):
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(asdict(self._take())), encoding="utf-8")
            os.replace(part, self._file)
        self._soon.setInterval(max(SOON, int((time.perf_counter() - begin) * 1000 * SHARE)))

    def forget(self) -> None:
        """The text is saved, or not wanted."""
        self._soon.stop()
        self._file.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave nothing behind: the window closes in good order."""
        self.forget()
        self._lock.unlock()


class Orphan:
    """A snapshot whose writer is gone; whoever holds this object has its lock."""

    def __init__(self, file: Path, lock: QLockFile, snapshot: Snapshot) -> None:
        self._file = file
        self._lock = lock
        self.snapshot = snapshot

    def discard(self) -> None:
        self._file.unlink(missing_ok=True)
        self._lock.unlock()


def orphans(folder: Path) -> list[Orphan]:
    """The snapshots in `folder` that no running window owns, newest first."""
    found = []
    for file in folder.glob("*.json"):
        lock = QLockFile(str(file.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue
        try:
            snapshot = Snapshot(**json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            lock.unlock()
            continue
        found.append(Orphan(file, lock, snapshot))
    return sorted(found, key=lambda orphan: orphan.snapshot.time, reverse=True)
