"""Files that are written whole or not at all, for this user alone unless someone says otherwise.

A new file is written beside the old one, forced to the disk and renamed over it; then the folder is forced to the disk,
too, so that a power cut cannot bring the old name back. A kill leaves at most a file whose name ends in `PARTIAL`.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

# The end of a file's name while it is written.
PARTIAL = ".tmp"


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write, which takes the place of `path` at the end; only its owner may read it.

    Whatever is raised meanwhile leaves what was at `path`, and nothing beside it. Raises OSError.
    """
    beside = path.with_name(f".{path.name[:80]}.{uuid4().hex[:8]}{PARTIAL}")
    try:
        private_file(beside)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()  # a full disk needs the room
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, replacing what was there. Raises OSError."""
    with replacing(path) as file:
        file.write(content)


def leftovers(path: Path) -> list[Path]:
    """The files that killed writers of `path` left beside it.

    One of them may belong to a writer at work: only whoever holds a lock on the folder may remove them.
    """
    begin = f".{path.name[:80]}."
    return [other for other in path.parent.iterdir() if other.name.startswith(begin) and other.name.endswith(PARTIAL)]


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
    path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in `folder`; where the system has no such call, do nothing."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
