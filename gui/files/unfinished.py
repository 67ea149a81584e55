"""What is being saved just now, noted in the app's own folder: the next start tidies up after a save that was killed.

A save that replaces a file leaves at most its half-written copy, which is removed. One that has to write into the
file itself could leave that half old, half new: it is brought to its end from the copies kept here meanwhile.
Nothing is removed or written on trust: a copy must look like ours in every respect, and a file must hold exactly
what the killed save can have left.
"""

import contextlib
import json
import os
import re
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from autocomplete.atomic import PARTIAL, name_beside, private_file, private_folder
from gui.editor.differences import common_start
from gui.files.stamp import LARGEST
from gui.recovery.lock import ENDING, Lock

_NOTE, _BEFORE, _AFTER = ".json", ".before", ".after"
_MOST = 4 * LARGEST  # bytes of the largest text, in the encoding that needs most
_OURS = re.compile(rf"\..*\.[0-9a-f]{{16}}{re.escape(PARTIAL)}", re.DOTALL)


class Unfinished:
    """Notes in `folder` what is being saved. Without one that can be written to, nothing is noted; a save goes on."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @contextmanager
    def beside(self, target: Path) -> Iterator[Path]:
        """Yield the name of a file to write beside `target`, which is noted meanwhile."""
        part = name_beside(target)
        with self._noted({"part": str(part)}):
            yield part

    @contextmanager
    def inside(self, target: Path, before: bytes, after: bytes) -> Iterator[None]:
        """Keep both contents of `target` safe while the one is written over the other."""
        about = target.stat()
        note = {"target": str(target), "device": about.st_dev, "inode": about.st_ino}
        with self._noted(note, {_BEFORE: before, _AFTER: after}):
            yield

    def settle(self) -> None:
        """Tidy up after saves that were killed, but for those whose files are not within reach now."""
        for note in self._notes():
            with contextlib.suppress(OSError), _locked(note) as free:
                if free and _settle(note):
                    _remove(note)

    def _notes(self) -> set[Path]:
        """Of each save that left anything in the folder, the name of its note."""
        if self._folder is None:
            return set()
        with contextlib.suppress(OSError):
            kinds = (_NOTE, _BEFORE, _AFTER, ENDING)
            return {file.with_suffix(_NOTE) for file in self._folder.iterdir() if file.suffix in kinds}
        return set()

    @contextmanager
    def _noted(self, entry: dict[str, object], contents: dict[str, bytes] | None = None) -> Iterator[None]:
        if self._folder is None:
            yield
            return
        note = self._folder / f"{uuid.uuid4().hex}{_NOTE}"
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                private_folder(self._folder)
                stack.enter_context(_locked(note))
                stack.callback(_remove, note)
                _keep(note, json.dumps(entry).encode())
                for suffix, content in (contents or {}).items():
                    _keep(note.with_suffix(suffix), content)
            yield


def write_over(file: IO[bytes], content: bytes) -> None:
    """Make `content` what `file`, open for reading and writing, holds: from its start on, and cut only at the end."""
    file.seek(0)
    file.write(content)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _locked(note: Path) -> Iterator[bool]:
    """Hold the lock of `note`, which its writer's end sets free; whether that could be had."""
    lock = Lock(note)
    free = lock.take()
    try:
        yield free
    finally:
        lock.drop()


def _keep(path: Path, content: bytes) -> None:
    """Write a new file; a kill meanwhile leaves a part of it, which is before the save has begun."""
    private_file(path)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _kept(path: Path) -> bytes:
    if not path.is_file() or path.stat().st_size > _MOST:
        raise FileNotFoundError(path)
    return path.read_bytes()


def _remove(note: Path) -> None:
    for suffix in (_BEFORE, _AFTER, _NOTE):
        with contextlib.suppress(OSError):
            note.with_suffix(suffix).unlink(missing_ok=True)


def _settle(note: Path) -> bool:
    """Undo what the save left of which `note` tells; whether the note is done with."""
    try:
        entry = json.loads(_kept(note))
        if isinstance(entry.get("part"), str):
            return _remove_part(Path(entry["part"]))
        target, device, inode = Path(entry["target"]), int(entry["device"]), int(entry["inode"])
        before, after = (_kept(note.with_suffix(suffix)) for suffix in (_BEFORE, _AFTER))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return True  # killed before it was whole, and so before the save began
    return _bring_to_end(target, (device, inode), before, after)


def _remove_part(part: Path) -> bool:
    if not _OURS.fullmatch(part.name):
        return True
    try:
        about = part.lstat()
        mine = not hasattr(os, "getuid") or about.st_uid == os.getuid()
        if stat.S_ISREG(about.st_mode) and about.st_nlink == 1 and mine:
            part.unlink()
    except (OSError, ValueError):
        return part.parent.is_dir()  # a drive that is not plugged in comes back
    return True


def _bring_to_end(target: Path, place: tuple[int, int], before: bytes, after: bytes) -> bool:
    try:
        if target.is_file():
            with target.open("r+b") as file:
                about = os.fstat(file.fileno())
                if (about.st_dev, about.st_ino) == place and _half_written(file.read(), before, after):
                    write_over(file, after)
    except (OSError, ValueError):
        return target.parent.is_dir()
    return True


def _half_written(now: bytes, before: bytes, after: bytes) -> bool:
    """Whether `now` is what a `write_over` of `before` by `after` leaves when it is killed on its way."""
    if now in (before, after) or not len(before) <= len(now) <= max(len(before), len(after)):
        return False
    fresh = common_start(now, after)
    return now[fresh:] == before.ljust(len(now), b"\0")[fresh:]
