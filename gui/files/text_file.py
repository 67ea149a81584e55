"""Reading and saving text files; every failure is a `TextError` with one sentence for the person at the keyboard."""

import stat
from dataclasses import dataclass
from pathlib import Path

from autocomplete.errors import TextError
from autocomplete.regular import read_regular
from gui.files.formats import Format, NoTextError, decode, encode
from gui.files.stamp import LARGEST, Change, Stamp
from gui.files.storing import store
from gui.files.unfinished import Unfinished
from gui.reasons import reason

_UNNOTED = Unfinished()


class ChangedError(TextError):
    """The file is not as it was when it was read; it was left as it is now."""


@dataclass(frozen=True)
class TextFile:
    """The text of a file with lines ended by "\\n", how it was stored, what tells it from a changed one, and a note."""

    text: str
    form: Format
    stamp: Stamp
    note: str = ""


def read(path: Path) -> TextFile:
    """Read the text file at `path`; `TextError` if missing, unreadable, too large or no text."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise TextError(f"{path} is a folder; choose a text file in it.")
        if not stat.S_ISREG(about.st_mode):
            raise TextError(f"{path} is not a file that can be edited.")
        if about.st_size > LARGEST:
            size = f"{about.st_size / 1e6:,.0f} MB"
            raise TextError(f"{path.name} has {size}; files up to {LARGEST // 10**6} MB can be opened.")
        data = read_regular(path)
    except FileNotFoundError:
        raise TextError(f"{path} does not exist.") from None
    except (OSError, ValueError) as error:
        raise TextError(f"{path} cannot be read: {_reason(error)}.") from error
    try:
        text, form = decode(data)
    except NoTextError as error:
        raise TextError(f"{path.name} {error}.") from None
    note = "" if form.usual else f"{path.name} was read as {form.name} and will be saved as such."
    return TextFile(text, form, Stamp.of(about, data), note)


def write(
    path: Path, text: str, form: Format, unfinished: Unfinished = _UNNOTED, replaces: Stamp | None = None
) -> TextFile:
    """Save `text` at `path` in `form`, or in UTF-8 where that has no way to write it; give it back as it was stored.

    The old file is replaced only when the new one is on the disk, and keeps its permissions and all else but the
    content. If `replaces` is given and the file has changed since, that is a `ChangedError`. Any `TextError` leaves the
    old file as it was.
    """
    data, form = encode(text, form)

    def check() -> None:
        if replaces is not None and replaces.compare(path, read=False)[0] is Change.CONTENT:
            raise ChangedError(f"{path.name} was changed meanwhile and was not saved.")

    try:
        if replaces is not None and replaces.compare(path, read=True)[0] is Change.CONTENT:
            raise ChangedError(f"{path.name} was changed meanwhile and was not saved.")
        store(path, data, unfinished, check, replaces.mode if replaces is not None else None)
        return TextFile(text, form, Stamp.of(path.stat(), data))
    except (OSError, ValueError) as error:
        raise TextError(f"{path.name} could not be saved: {_reason(error)}. Nothing on disk was changed.") from error


def _reason(error: Exception) -> str:
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return "its folder does not exist" if gone else reason(error)
