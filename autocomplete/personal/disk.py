"""A profile's files on disk: for this user alone, whole or not there, and what the disk refuses as one sentence."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from autocomplete.errors import ProfileError, ProfileProtectedError

# The end of a file's name while it is written.
HALF = ".tmp"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_SPACE = "No space is left on the disk of {place}; make room and try again: what was kept before is still there."
_NO_RIGHT = "{place} cannot be written by you; make the folder yours, or open the profile read-only."
DAMAGED = "{place} is damaged and was left as it is; put a backup in its place, or delete the profile to begin anew."


@contextmanager
def said_of(place: Path, database: Path | None = None) -> Iterator[None]:
    """Turns what the disk or the database refuses into a ProfileError about `place`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _database_error(error, place, database or place) from error
    except OSError as error:
        raise _disk_error(error, place) from error


def _database_error(error: sqlite3.Error, place: Path, database: Path) -> ProfileError:
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    # A quota or a limit on the size of files is reported as a failed write.
    if primary == sqlite3.SQLITE_FULL or code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE):
        return ProfileError(_NO_SPACE.format(place=place))
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return ProfileError(DAMAGED.format(place=database))
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ProfileProtectedError(_NO_RIGHT.format(place=place))
    return ProfileError(f"{database} cannot be used: {error}.")


def _disk_error(error: OSError, place: Path) -> ProfileError:
    if error.errno in _FULL:
        return ProfileError(_NO_SPACE.format(place=place))
    if error.errno in _FORBIDDEN:
        return ProfileProtectedError(_NO_RIGHT.format(place=place))
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return ProfileError(f"{place} is a file, not a folder; name a folder for the profile.")
    return ProfileError(f"{place} cannot be used: {error.strerror or error}.")


def private_folder(folder: Path) -> None:
    """Makes the folder, and those above it, unless it is there; only its owner may look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read, whatever the umask; there must be none."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    path.chmod(0o600)


@contextmanager
def written_beside(path: Path) -> Iterator[IO[bytes]]:
    """A private file to write, which takes the place of `path` once it is whole and safely on disk."""
    beside = path.with_name(f".{path.name}{HALF}")
    beside.unlink(missing_ok=True)  # what a kill left
    private_file(beside)
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)  # a full disk needs the room
        raise


def write_private(path: Path, content: bytes) -> None:
    """Writes a private file, whole or not at all."""
    with written_beside(path) as file:
        file.write(content)


def remove_folder(folder: Path) -> None:
    """Removes a folder with all that is in it, if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder)
