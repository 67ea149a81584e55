"""What the disk or the database of a profile refuses, as one sentence."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autocomplete.errors import ProfileError, ProfileProtectedError

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


def remove_folder(folder: Path) -> None:
    """Removes a folder with all that is in it, if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder)
