"""Reads training text: plain, .xz or .zst files, line by line, whatever their size."""

import lzma
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

from autocomplete.errors import CorpusError
from autocomplete.training.zst import open_zst

# Where a file has no blank lines its lines may or may not belong together: a document is then this
# many of them.
LINES_WITHOUT_BREAK = 4
# Characters. Longer lines and documents are cut, so that memory does not grow with the file.
_LONGEST_LINE = 1 << 16
_LONGEST_DOCUMENT = 1 << 16
_LOOK_FOR_BREAKS = 20_000
_REPORT_EVERY = 1 << 10

Advance = Callable[[int], None]


def unobserved(_amount: int) -> None:
    """An `Advance` that tells nobody."""


def documents(path: Path, advance: Advance = unobserved) -> Iterator[str]:
    """The documents of a file, each of one or more lines with their ends.

    Blank lines separate documents; a file without any is cut every few lines. `advance` is told the
    bytes read, as they lie on the disk. Raises `CorpusError` if the file can't be read, is not text
    in UTF-8 or holds none.
    """
    has_breaks = _has_blank_line(path)
    lines: list[str] = []
    size, empty = 0, True
    for line in _lines(path, advance):
        if line:
            lines.append(line + "\n")
            size += len(line)
        cut = size >= _LONGEST_DOCUMENT or not (has_breaks or len(lines) < LINES_WITHOUT_BREAK)
        if lines and (cut or not line):
            yield "".join(lines)
            lines, size, empty = [], 0, False
    if lines:
        yield "".join(lines)
    elif empty:
        raise CorpusError(f"{path} has no usable line; leave it out, or give a file of text.")


def _has_blank_line(path: Path) -> bool:
    lines = zip(_lines(path, unobserved), range(_LOOK_FOR_BREAKS), strict=False)
    return any(not line for line, _ in lines)


def _lines(path: Path, advance: Advance) -> Iterator[str]:
    """The lines without their ends and the spaces around them."""
    try:
        with path.open("rb") as raw, _decoded(path, raw) as file:
            seen, number = 0, 0
            while line := file.readline(_LONGEST_LINE):
                if "\0" in line:
                    raise CorpusError(f"{path} is not text (it holds NUL characters); leave it out.")
                yield line.strip("\r\n \ufeff")
                number += 1
                if number % _REPORT_EVERY == 0:
                    advance(raw.tell() - seen)
                    seen = raw.tell()
            advance(path.stat().st_size - seen)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 text; convert it first, for example with iconv.") from error
    except EOFError:
        raise CorpusError(f"{path} is cut off in the middle; get or compress it again.") from None
    except (OSError, lzma.LZMAError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(f"{path} cannot be read: {reason}.") from error


@contextmanager
def _decoded(path: Path, raw: IO[bytes]) -> Iterator[TextIO]:
    if path.suffix == ".xz":
        with lzma.open(raw) as file:
            yield TextIOWrapper(file, encoding="utf-8")
    elif path.suffix == ".zst":
        with open_zst(raw) as file:
            yield TextIOWrapper(file, encoding="utf-8")
    else:
        yield TextIOWrapper(raw, encoding="utf-8")
