"""Puts bytes into a file that may be there already: whole or not at all, and nothing else about it changes.

A file is replaced by a new one that gets its owner, group, permissions, access list and attributes. Where that cannot
be (other names for the file, a folder in which nothing may be made, an owner that cannot be given) the file itself is
written over, with both contents kept safe meanwhile.
"""

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

from autocomplete.atomic import replacing
from gui.files.unfinished import Unfinished, write_over

_ACCESS_LIST = "system.posix_acl_access"


def store(
    path: Path, content: bytes, unfinished: Unfinished, check: Callable[[], None], mode: int | None = None
) -> None:
    """Put `content` into the file at `path`; a link stays one. What fails leaves what was there. Raises OSError.

    `check` is called at the last moment before the file changes, and may raise to keep it from that. A file that is
    not there gets the permissions in `mode`, or those that new files have.
    """
    target = Path(os.path.realpath(path))
    try:
        about = target.stat()
    except FileNotFoundError:
        mode = 0o666 & ~_umask() if mode is None else stat.S_IMODE(mode)
        _replace(target, content, unfinished, check, lambda part: _allow(part, mode))
        return
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "it is not a file that holds text")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only")
    if about.st_nlink == 1:
        with contextlib.suppress(PermissionError):
            _replace(target, content, unfinished, check, lambda part: _make_alike(part, target, about))
            return
    _write_inside(target, content, unfinished, check)


def _replace(
    target: Path, content: bytes, unfinished: Unfinished, check: Callable[[], None], dress: Callable[[Path], None]
) -> None:
    def ready(part: Path) -> None:
        check()
        dress(part)  # last: until then only its owner may read it

    with unfinished.beside(target) as part, replacing(target, part, ready) as file:
        file.write(content)


def _allow(part: Path, mode: int) -> None:
    with contextlib.suppress(PermissionError):  # some drives give all files the same permissions
        part.chmod(mode)


def _make_alike(part: Path, target: Path, about: os.stat_result) -> None:
    """Give `part` what belongs to `target` besides its content; PermissionError where who may use it would change."""
    mine = part.stat()
    if (mine.st_uid, mine.st_gid) != (about.st_uid, about.st_gid):
        os.chown(part, about.st_uid, about.st_gid)
    for name in os.listxattr(target) if hasattr(os, "listxattr") else ():
        with contextlib.nullcontext() if name == _ACCESS_LIST else contextlib.suppress(OSError):
            os.setxattr(part, name, os.getxattr(target, name))
    shutil.copymode(target, part)  # last: before, only its owner may read it


def _write_inside(target: Path, content: bytes, unfinished: Unfinished, check: Callable[[], None]) -> None:
    with target.open("r+b") as file:
        before = file.read()
        with unfinished.inside(target, before, content):
            check()
            _make_room(file, len(before), len(content))
            try:
                write_over(file, content)
            except OSError:
                with contextlib.suppress(OSError):
                    write_over(file, before)
                raise


def _make_room(file: IO[bytes], now: int, wanted: int) -> None:
    """Take the room on the disk for a longer content, so that a full one is noticed before anything is changed."""
    if wanted > now and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(file.fileno(), now, wanted - now)
        except OSError:
            file.truncate(now)
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
