"""Files that are written whole or not at all, for this user alone unless someone says otherwise.

A new file is written beside the old one, forced to the disk and renamed over it; then the folder is forced to the disk,
too, so that a power cut cannot bring the old name back. A kill leaves at most a file whose name ends in `PARTIAL`.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

# The end of a file's name while it is written.
PARTIAL = ".tmp"
_TEMPORARY = re.compile(rf"\..+\.[0-9a-f]{{16}}{re.escape(PARTIAL)}", re.DOTALL)


@contextmanager
def replacing(
    path: Path, beside: Path | None = None, ready: Callable[[Path], None] | None = None
) -> Iterator[IO[bytes]]:
    """Yield a file to write, which takes the place of `path` at the end; only its owner may read it.

    Meanwhile it is `beside`, by default a new name of `name_beside`. `ready` is called with that name once the disk
    has the content: it may give the file its rights, and what it raises leaves `path` as it was. Whatever is raised
    leaves what was at `path`, and nothing beside it. Raises OSError.
    """
    beside = beside or name_beside(path)
    private_file(beside)
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if ready is not None:
            ready(beside)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()  # a full disk needs the room
        raise
    sync_folder(path.parent)


def name_beside(path: Path) -> Path:
    """A name in the folder of `path` for what shall take its place."""
    return path.with_name(f"{_begin(path)}{uuid4().hex[:16]}{PARTIAL}")


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, replacing what was there. Raises OSError."""
    with replacing(path) as file:
        file.write(content)


def leftovers(path: Path) -> list[Path]:
    """The files that killed writers of `path` left beside it.

    One of them may belong to a writer at work: only whoever holds a lock on the folder may remove them.
    """
    begin = _begin(path)
    return [other for other in path.parent.iterdir() if other.name.startswith(begin) and other.name.endswith(PARTIAL)]


def is_temporary(name: str) -> bool:
    """Whether a file has the name of one that was being written, perhaps when its writer was killed."""
    return _TEMPORARY.fullmatch(name) is not None


def private_folder(folder: Path) -> None:
    """Make the folder, and those above it, unless it is there; only its owner may look into it. Raises OSError."""
    new = not folder.is_dir()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if new:
        sync_folder(folder.parent)


def private_file(path: Path) -> None:
    """Make an empty file that only its owner may read, whatever the umask. Raises OSError, also if there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with contextlib.suppress(PermissionError):  # some drives give all files the same permissions
        path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in `folder`; where the system has no such call, do nothing."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _begin(path: Path) -> str:
    """How the names that `name_beside` gives begin: a name may have 255 bytes, and a letter takes up to four."""
    return f".{os.fsencode(path.name)[:200].decode(errors='ignore')}."
