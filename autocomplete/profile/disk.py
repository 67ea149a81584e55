"""What the disk or the database of a profile refuses, as one sentence; ordinary files read, and removed one by one."""

import contextlib
import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autocomplete.errors import ProfileError, ProfileProtectedError
from autocomplete.regular import open_regular

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_SPACE = "No space is left on the disk of {place}; make room and try again: what was kept before is still there."
_NO_RIGHT = (
    "{place} is read-only, so nothing is learned; change its permissions, or choose another folder with --profile."
)
DAMAGED = (
    "{place} is damaged and was left as it is; move the profile's folder away, "
    "then put a backup of it there or start with an empty profile."
)


@contextmanager
def translate_errors(place: Path, database: Path | None = None) -> Iterator[None]:
    """Turn what the disk or the database refuses into a ProfileError about `place`."""
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
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
    if primary in damage or not (primary or isinstance(error, sqlite3.ProgrammingError)):
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


def is_folder(path: Path) -> bool:
    """Whether it is a folder itself, not a link to one."""
    return path.is_dir() and not path.is_symlink()


def is_plain(path: Path) -> bool:
    """Whether it is an ordinary file itself, not a link to one."""
    return path.is_file() and not path.is_symlink()


def read_plain(path: Path) -> bytes:
    """All that is in an ordinary file; OSError for a pipe or a device, which may never end."""
    with open_regular(path) as file:
        return file.read()


def remove_files(folder: Path, known: Callable[[str], bool]) -> None:
    """Remove the ordinary files of a folder that have a known name, then the folder if nothing else is in it.

    No link is followed or removed. Raises OSError where a file cannot be removed.
    """
    if is_folder(folder):
        for path in list(folder.iterdir()):
            if known(path.name) and is_plain(path):
                path.unlink(missing_ok=True)  # whoever works there may have replaced it just now
        remove_if_empty(folder)


def remove_if_empty(folder: Path) -> None:
    """Remove a folder that nothing is in."""
    with contextlib.suppress(OSError):
        folder.rmdir()
