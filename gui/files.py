"""Reading and saving text files: encodings, line ends, and never half a file.

Every failure is a `TextError` with one sentence for the person at the keyboard.
"""

import codecs
import contextlib
import errno
import os
import shutil
import stat
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from autocomplete.errors import TextError

LARGEST = 50_000_000  # bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
# Control characters that appear in real text files: tab, line ends, form feed and the end-of-file
# mark of DOS.
_HARMLESS = frozenset("\t\n\r\x0b\x0c\x1a\x1b\x85")


@dataclass(frozen=True)
class Format:
    """How a text is stored: what a save must keep."""

    encoding: str = "utf-8"
    bom: bytes = b""
    newline: str = "\n"

    @property
    def name(self) -> str:
        """The encoding as people call it."""
        return _NAMES[self.encoding]


@dataclass(frozen=True)
class TextFile:
    """The text of a file with lines ended by "\\n", how it was stored, and what to tell of it."""

    text: str
    form: Format
    note: str = ""


def read(path: Path) -> TextFile:
    """Read the text file at `path`; `TextError` if missing, unreadable, too large or no text."""
    data = _bytes(path)
    text, form, note = _decode(path, data)
    if "\0" in text or sum(c < " " and c not in _HARMLESS for c in text[:100_000]) > len(text[:100_000]) // 100:
        raise TextError(f"{path.name} is not a text file, so it was not opened.")
    ends = {"\r\n": text.count("\r\n")}
    ends["\n"] = text.count("\n") - ends["\r\n"]
    ends["\r"] = text.count("\r") - ends["\r\n"]
    form = replace(form, newline=max(("\n", "\r\n", "\r"), key=ends.__getitem__))
    if sum(count > 0 for count in ends.values()) > 1:
        note = f"{note} {path.name} mixes line ends; saving makes them all alike.".strip()
    return TextFile(text.replace("\r\n", "\n").replace("\r", "\n"), form, note)


def write(path: Path, text: str, form: Format) -> Format:
    """Save `text` at `path` in `form`, replacing the file only when the new one is on the disk.

    Returns the form used: UTF-8 where the one asked for has no way to write the text. Raises
    `TextError`, and then the old file is as it was.
    """
    lines = text.replace("\n", form.newline)
    try:
        data = form.bom + lines.encode(form.encoding)
    except UnicodeEncodeError:
        form = Format(newline=form.newline)
        data = lines.encode()
    target = Path(os.path.realpath(path))  # a link stays a link
    beside = target.with_name(f".{target.name[:80]}.{uuid.uuid4().hex[:8]}.part")
    try:
        _write_through(beside, data)
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, "read-only")
            shutil.copymode(target, beside)
        os.replace(beside, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise TextError(f"{path.name} could not be saved: {_reason(error)}. What was there is unchanged.") from error
    return form


def _bytes(path: Path) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise TextError(f"{path} is a folder; choose a text file in it.")
        if not stat.S_ISREG(about.st_mode):
            raise TextError(f"{path} is not a file that can be edited.")
        if about.st_size > LARGEST:
            size = f"{about.st_size / 1e6:,.0f} MB"
            raise TextError(f"{path.name} has {size}; files up to {LARGEST // 10**6} MB can be opened.")
        return path.read_bytes()
    except FileNotFoundError:
        raise TextError(f"{path} does not exist.") from None
    except (OSError, ValueError) as error:
        raise TextError(f"{path} cannot be read: {_reason(error)}.") from error


def _decode(path: Path, data: bytes) -> tuple[str, Format, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), Format(encoding, bom), ""
            except UnicodeDecodeError:
                raise TextError(f"{path.name} says it is {_NAMES[encoding]} but is damaged.") from None
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8"), Format(), ""
    for encoding in (
        "cp1252",
        "latin-1",
    ):  # Latin-1 reads anything, so this always ends with a text
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            break
    return (
        text,
        Format(encoding),
        f"{path.name} was read as {_NAMES[encoding]} and will be saved as such.",
    )


def _write_through(path: Path, data: bytes) -> None:
    """Write `data` to a new file and wait until the disk has it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reason(error: Exception) -> str:
    known = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EACCES: "permission is denied",
        errno.EPERM: "permission is denied",
        errno.EROFS: "the disk is read-only",
        errno.ENOENT: "its folder does not exist",
    }
    number = error.errno if isinstance(error, OSError) else None
    return known.get(number or 0, (getattr(error, "strerror", None) or str(error)).lower())
