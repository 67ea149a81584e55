"""How a recovery copy is stored: every change of the text, one after the other, from the empty text on.

    Autocomplete recovery 1⏎
    {"path": …, "digest": …, "length": …}    its `Origin`, and how long the text was when the copy was begun
    time, position, removed, length, text
    …

Each record has its length and its checksum before it. The text as it was at first is written as changes, too: what
follows is appended while somebody writes, so a kill may cut the last record short. Reading stops at the first record
that is not whole. Positions and lengths are UTF-16 units, as Qt counts them; `length` is that of the text after the
change.

Before there were journals a copy was a JSON file with `text`, `path` and `time`; those are still read.
"""

import json
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from gui.recovery.buffer import TextBuffer

MAGIC = b"Autocomplete recovery 1\n"
OLD = ".json"  # the end of the name of a copy of the older kind
NEW = ".journal"
_FRAME = struct.Struct("<II")  # length and checksum of what follows
_CHANGE = struct.Struct("<dIII")  # time, position, removed, length; the text follows
_LARGEST_OLD = 1 << 28  # bytes; the largest text that can be opened makes less than that
_LAST_TIME = 253402300799.0  # the end of the year 9999: what a calendar can show
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)  # for whoever would write into a pipe
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class UnusableError(Exception):
    """No recovery copy, or one that is damaged from its beginning."""


@dataclass(frozen=True)
class Origin:
    """The file that a text belongs to, "" for none, and the SHA-256 in hex of what that held, "" where nobody knows."""

    path: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A text that was not saved, and where it came from."""

    text: str
    origin: Origin
    time: float  # seconds since the epoch


@dataclass(frozen=True)
class Change:
    """`text` took the place of `removed` units at `position`; the whole text has `length` then."""

    time: float  # seconds since the epoch
    position: int
    removed: int
    text: str
    length: int


def beginning(origin: Origin, length: int) -> bytes:
    """What a journal of a text of `length` units begins with."""
    return MAGIC + _framed(json.dumps({**asdict(origin), "length": length}).encode())


def record(change: Change) -> bytes:
    """`change` as it is appended."""
    numbers = _CHANGE.pack(change.time, change.position, change.removed, change.length)
    return _framed(numbers + change.text.encode("utf-8", "surrogatepass"))


def whole(buffer: TextBuffer, origin: Origin, time: float) -> Iterator[bytes]:
    """A new journal of the text in `buffer`, a piece at a time."""
    yield beginning(origin, buffer.length)
    length = 0
    for text, units in buffer.pieces():
        yield record(Change(time, length, 0, text, length + units))
        length += units


def read(file: Path) -> Snapshot:
    """The text that `file`, a journal or a copy of the older kind, keeps. Raises UnusableError or OSError."""
    descriptor = os.open(file, os.O_RDONLY | _NEVER_WAIT | _NO_LINK)
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnusableError
        return _read_json(opened, status) if file.suffix == OLD else _read_journal(opened, status)


def _framed(body: bytes) -> bytes:
    return _FRAME.pack(len(body), zlib.crc32(body)) + body


def _bodies(opened: IO[bytes], size: int) -> Iterator[bytes]:
    """The records up to the first that is not whole; `size` is that of the file."""
    while len(frame := opened.read(_FRAME.size)) == _FRAME.size:
        length, checksum = _FRAME.unpack(frame)
        if length > size or zlib.crc32(body := opened.read(length)) != checksum:
            return
        yield body


def _read_journal(opened: IO[bytes], status: os.stat_result) -> Snapshot:
    if opened.read(len(MAGIC)) != MAGIC:
        raise UnusableError
    bodies = _bodies(opened, status.st_size)
    try:
        head = json.loads(next(bodies, b""))
        path, digest, first = head["path"], head.get("digest", ""), head["length"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnusableError from None
    if not (isinstance(path, str) and isinstance(digest, str) and type(first) is int):
        raise UnusableError
    buffer, when, complete = TextBuffer(), status.st_mtime, first == 0
    for body in bodies:
        try:
            time, position, removed, length = _CHANGE.unpack_from(body)
            buffer.replace(position, removed, body[_CHANGE.size :].decode("utf-8", "surrogatepass"))
        except (struct.error, ValueError):
            break
        if buffer.length != length:
            break
        when = time if _is_time(time) else when
        complete = complete or length == first
    if not complete:
        raise UnusableError
    return Snapshot(buffer.text(), Origin(path, digest), when)


def _read_json(opened: IO[bytes], status: os.stat_result) -> Snapshot:
    if status.st_size > _LARGEST_OLD:
        raise UnusableError
    try:
        found = json.loads(opened.read())
    except (ValueError, RecursionError, MemoryError):
        raise UnusableError from None
    if not isinstance(found, dict) or set(found) != {"text", "path", "time"}:
        raise UnusableError
    text, path, time = found["text"], found["path"], found["time"]
    if not (isinstance(text, str) and isinstance(path, str) and _is_time(time)):
        raise UnusableError
    return Snapshot(text, Origin(path), float(time))


def _is_time(value: object) -> bool:
    """Whether it is a moment that a calendar can show."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LAST_TIME
