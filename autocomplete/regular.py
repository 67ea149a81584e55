"""Opens files of strangers only where they are files: a pipe would wait for ever, and a device never ends."""

import errno
import os
import stat
from typing import BinaryIO

_WITHOUT_WAITING: int = getattr(os, "O_NONBLOCK", 0)  # not known, and not needed, on Windows


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """The file, open for reading; a link is followed. Raises OSError, also for a pipe, a device or a folder."""
    _check(os.stat(path).st_mode, path)  # opening a device may already do something
    return open(path, "rb", opener=_open)


def read_regular(path: str | os.PathLike[str]) -> bytes:
    """All that the file holds now; some that the system makes up, such as a log, would be waited for at their end."""
    with open_regular(path) as file:
        return file.read() or b""  # None where nothing is there yet


def _open(path: str, flags: int) -> int:
    number = os.open(path, flags | _WITHOUT_WAITING)
    try:
        _check(os.fstat(number).st_mode, path)
    except BaseException:
        os.close(number)
        raise
    return number


def _check(mode: int, path: str | os.PathLike[str]) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "It is a pipe or a device, not a file", path)
