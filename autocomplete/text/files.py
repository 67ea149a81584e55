"""Reads text files of strangers: UTF-8, or what a byte-order mark announces; all else is refused.

A wrong guess at an encoding damages text silently, so none is made: the sentence of the error says
how to convert the file.
"""

import os
import select
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from shlex import quote
from typing import TextIO

from autocomplete.errors import TextError
from autocomplete.text.marks import byte_order_mark

_NOT_TEXT = (
    "{path} is not a text file (it holds NUL characters); "
    "text in UTF-16 is read if it begins with a byte-order mark."
)

_LONGEST_LINE = 50_000_000  # characters; a file or pipe without line ends may go on for ever

_NAMELESS = ("/dev/fd/", "/dev/stdin", "/proc/")
_PATIENCE = 5  # seconds

StrPath = str | os.PathLike[str]


def read_text(path: StrPath) -> str:
    """The whole text of a file, line ends as "\\n"; "" if the file is empty.

    Raises TextError if there is no such file, it can't be read, or it is not text.
    """
    return "".join(_lines(path))


def iterate_lines(path: StrPath) -> Iterator[str]:
    """The lines of a text file without their ends, read as they are asked for; empty ones left out.

    Raises TextError as `read_text` does, and if no line holds anything.
    """
    empty = True
    for line in _lines(path):
        line = line.removesuffix("\n")
        if line:
            empty = False
            yield line
    if empty:
        raise TextError(f"{path} holds no text; name a file with some lines in it.")


def _lines(path: StrPath) -> Iterator[str]:
    with _opened(path) as file:
        while line := file.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise TextError(f"{path} has a line of more than {_LONGEST_LINE:,} characters; divide it into lines.")
            if "\0" in line:
                raise TextError(_NOT_TEXT.format(path=path))
            yield line


@contextmanager
def _opened(path: StrPath) -> Iterator[TextIO]:
    """A file open for reading; whatever goes wrong until it is closed becomes a TextError."""
    try:
        with open(path, "rb", opener=_open_without_waiting) as binary:
            _check_kind(path, binary.fileno())
            # peek, not read: the file may be a pipe, which can't be rewound.
            head = binary.peek()
            mark = byte_order_mark(head)
            if mark is not None:
                binary.read(len(mark.bytes))
            elif b"\0" in head:
                # Said here already, for a binary file may go on for gigabytes without a line end.
                raise TextError(_NOT_TEXT.format(path=path))
            yield TextIOWrapper(binary, encoding=mark.encoding if mark else "utf-8")
    except FileNotFoundError:
        raise TextError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise TextError(f"{path} is a folder; name a text file.") from None
    except OSError as error:
        raise TextError(f"{path} can't be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        if not error.encoding.startswith("utf-8"):
            raise TextError(f"{path} is damaged: it says it is UTF-16 or UTF-32, and is not.") from None
        raise TextError(_how_to_convert(Path(path))) from None


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a named pipe also where nobody writes into it yet."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_kind(path: StrPath, descriptor: int) -> None:
    """TextError for a device such as /dev/zero, and for a named pipe out of which nothing comes."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not os.isatty(descriptor)):
        raise TextError(f"{path} is a device; name a text file.")
    # A pipe without a name has its writer from the beginning, and may keep a reader waiting.
    if stat.S_ISFIFO(mode) and not os.fspath(path).startswith(_NAMELESS):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if not poll.poll(_PATIENCE * 1000):
            raise TextError(f"{path} is a pipe, and nothing came out of it in {_PATIENCE} seconds; name a text file.")
    if hasattr(os, "O_NONBLOCK") and not stat.S_ISREG(mode):  # a log of the system is one, and has no end
        os.set_blocking(descriptor, True)


def _how_to_convert(path: Path) -> str:
    converted = path.with_name(f"{path.stem}-utf8{path.suffix}")
    return (
        f"{path} is not UTF-8 text; if it is in Latin-1 (Windows-1252), convert it with: "
        f"iconv -f WINDOWS-1252 -t UTF-8 {quote(str(path))} > {quote(str(converted))}"
    )
