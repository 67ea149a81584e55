"""What tells whether a file is still as it was when its text was read or saved."""

import os
import stat
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from autocomplete.regular import read_regular

LARGEST = 50_000_000  # bytes of a file that can be opened


class Change(Enum):
    """What became of a file."""

    NONE = auto()
    CONTENT = auto()
    GONE = auto()


@dataclass(frozen=True)
class Stamp:
    """Where a file lies on the disk, its mode, size and times (nanoseconds), and a hash of its content."""

    device: int
    inode: int
    mode: int
    size: int
    modified: int
    changed: int  # also by a new name or other permissions
    digest: bytes

    @classmethod
    def of(cls, about: os.stat_result, content: bytes) -> "Stamp":
        from hashlib import sha256  # which takes a while to load: not before the window

        return cls._seen(about, sha256(content).digest())

    @classmethod
    def _seen(cls, about: os.stat_result, digest: bytes) -> "Stamp":
        times = (about.st_mtime_ns, about.st_ctime_ns)
        return cls(about.st_dev, about.st_ino, about.st_mode, about.st_size, *times, digest)

    def outdated(self, digest: str) -> "Stamp":
        """The stamp of a file that no longer is as it was: `digest` tells, in hex, what it held, if that is known."""
        try:
            held = bytes.fromhex(digest)
        except ValueError:
            held = b""
        return replace(self, modified=-1, digest=held or bytes(len(self.digest)))

    def compare(self, path: Path, read: bool) -> tuple[Change, "Stamp"]:
        """What became of the file, and its stamp now.

        A file whose place, size and times are those of the stamp counts as unchanged, unless `read`: then its content
        is compared in any case. Another file with the same content is no change. A file that cannot be looked at
        counts as unchanged if what is known of it agrees.
        """
        try:
            about = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return Change.GONE, self
        except OSError:
            return Change.NONE, self  # who writes to it will hear why
        now = self._seen(about, self.digest)
        if now == self and not read:
            return Change.NONE, self
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:  # nothing to read, but perhaps it was seen
            return (Change.NONE if now == self else Change.CONTENT), now
        try:
            now = Stamp.of(about, read_regular(path))
        except OSError:
            known = replace(now, mode=self.mode, changed=self.changed)
            return (Change.NONE if known == self else Change.CONTENT), now
        return (Change.NONE if now.digest == self.digest else Change.CONTENT), now
