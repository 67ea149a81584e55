"""The recovery copies that earlier runs of the app left, and what else they left in the folder."""

import contextlib
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autocomplete.atomic import PARTIAL, private_folder
from gui.recovery.journal import NEW, OLD, Snapshot, UnusableError, read
from gui.recovery.lock import ENDING, Lock

_NAMED = 3  # files that a sentence names
# What a kill leaves of a lock and of a copy being written, also in the older kind; the copy's name is the group.
_REST = re.compile(rf"\.?([0-9a-f]{{32}})(\{NEW}\.[0-9a-f]{{16}}\{PARTIAL}|\.part|\{ENDING})")


class Orphan:
    """A copy whose writer is gone; whoever holds this object has its lock."""

    def __init__(self, file: Path, lock: Lock, snapshot: Snapshot) -> None:
        self._file = file
        self._lock = lock
        self.snapshot = snapshot

    def discard(self) -> None:
        """Delete the copy. Raises OSError, and then it is still there."""
        self._file.unlink(missing_ok=True)
        self._lock.drop()


@dataclass(frozen=True)
class Found:
    """What is in the folder: copies to offer, what to say of others, and why no copy can be kept there, if so."""

    orphans: list[Orphan]
    said: str
    error: OSError | None


def look(folder: Path) -> Found:
    """Make the folder ready, and find what earlier runs left in it."""
    unusable: list[Path] = []
    refused = None
    try:
        private_folder(folder)
    except OSError as error:
        refused = error
    try:
        found = orphans(folder, unusable.append)
    except OSError as error:
        return Found([], "", refused or error)
    return Found(found, _said_of(unusable), refused)


def orphans(folder: Path, report: Callable[[Path], None] = lambda _: None) -> list[Orphan]:
    """The copies in `folder` that no running window owns, newest first; raises OSError where it cannot be read.

    `report` hears of each file that cannot be used; it is left as it is.
    """
    found = [
        orphan
        for file in sorted(folder.iterdir())
        if file.suffix in (OLD, NEW) and (orphan := _adopt(file, report)) is not None
    ]
    _clean(folder)
    return sorted(found, key=lambda orphan: orphan.snapshot.time, reverse=True)


def _said_of(unusable: Sequence[Path]) -> str:
    if not unusable:
        return ""
    if len(unusable) == 1:
        return (
            f"{unusable[0]} is a recovery copy that cannot be read; it was left as it is. "
            "Delete it, or move it away, if you do not need it."
        )
    names = ", ".join(file.name for file in unusable[:_NAMED]) + (" …" if len(unusable) > _NAMED else "")
    return (
        f"{len(unusable)} recovery copies in {unusable[0].parent} cannot be read; they were left as they are: {names}. "
        "Delete them, or move them away, if you do not need them."
    )


def _adopt(file: Path, report: Callable[[Path], None]) -> Orphan | None:
    """The copy in `file`; None if it is in use, or is of no use."""
    lock = Lock(file)
    with contextlib.suppress(OSError):  # where there can be no lock, nobody writes
        if not lock.take():
            return None
    try:
        snapshot = read(file)
        if file.suffix == NEW and not (snapshot.text or snapshot.origin.path):  # nothing was written, or all deleted
            file.unlink()
    except (OSError, UnusableError):
        report(file)
    else:
        _make_private(file)
        if file.suffix == OLD or snapshot.text or snapshot.origin.path:
            return Orphan(file, lock, snapshot)
    lock.drop()
    return None


def _clean(folder: Path) -> None:
    """Remove what kills left of copies and locks that nobody holds."""
    for file in list(folder.iterdir()):
        name = _REST.fullmatch(file.name)
        if name is None:
            continue
        copy = folder / name.group(1)
        lock = Lock(copy)
        with contextlib.suppress(OSError):
            if not stat.S_ISREG(file.lstat().st_mode) or not lock.take():
                continue
            if file.suffix != ENDING:
                file.unlink()
            lock.drop()


def _make_private(file: Path) -> None:
    """Let nobody else read a copy that an older version made."""
    with contextlib.suppress(OSError):
        file.chmod(0o600)
