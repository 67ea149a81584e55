"""Documents of Word and of OpenDocument: XML in a zip, opened with suspicion."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END, RawIOBase
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from autocomplete.errors import ImportFileError
from autocomplete.importers.source import Passage, Source

_MOST_ENTRIES = 10_000
_LARGEST_DIRECTORY = 4_000_000  # bytes, of the names of all entries
_LARGEST_PART = 100_000_000  # bytes, unpacked
_DEEPEST = 200  # elements inside each other
_MOST_ELEMENTS = 200_000  # in one paragraph
# Text and XML shrink to a tenth, rarely to a fiftieth; a bomb shrinks to a thousandth.
_STRONGEST = 250
_STRONG_FROM = 1_000_000
_END_RECORD = b"PK\x05\x06"
_LARGEST_END = (1 << 16) + 22  # bytes of that record with its comment

_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how Word's own container begins, which it puts around what it encrypts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_docx(source: Source) -> Iterator[Passage]:
    """The paragraphs of a Word document; deleted text is none."""
    with _part(source, "word/document.xml") as file:
        passed_over = {_W + "del", _W + "moveFrom", _COMPATIBLE + "Fallback"}
        yield from _paragraphs(file, {_W + "p"}, {_W + "t"}, {_W + "tab": "\t", _W + "br": "\n"}, passed_over)


def read_odt(source: Source) -> Iterator[Passage]:
    """The paragraphs of an OpenDocument text; comments and deleted text are passed over."""
    with _part(source, "content.xml") as file:
        passed_over = {_TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "note-citation"}
        signs = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
        yield from _paragraphs(file, {_TEXT + "p", _TEXT + "h"}, None, signs, passed_over)


@contextmanager
def _part(source: Source, name: str) -> Iterator[IO[bytes]]:
    """One file of the zip, open for reading, unless it is a bomb."""
    try:
        with source.path.open("rb") as file:
            if file.read(len(_LOCKED)) == _LOCKED:
                raise ImportFileError(
                    f"{source.name} is locked with a password, or an old .doc by another name; open it in its program "
                    "and save it as .docx without one."
                )
        _check_directory(source)
        with zipfile.ZipFile(source.path) as archive:
            if len(archive.filelist) > _MOST_ENTRIES:
                raise _bomb(source)
            info = archive.getinfo(name)
            if info.file_size > max(_STRONG_FROM, _STRONGEST * info.compress_size) or info.file_size > _LARGEST_PART:
                raise _bomb(source)
            with archive.open(info) as packed:
                yield _Limited(packed, source, info.file_size)  # type: ignore[misc]  # reads as a file does
    except RecursionError:
        raise  # a RuntimeError, too, which means something else below
    except DefusedXmlException as error:
        raise ImportFileError(f"{source.name} contains XML that documents do not contain; it was not read.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ParseError, RuntimeError, ValueError) as error:
        raise ImportFileError(
            f"{source.name} is damaged or locked with a password; open it in its program and save it again."
        ) from error


def _check_directory(source: Source) -> None:
    """Refuse a zip with so many entries that the list of them alone would fill the memory."""
    with source.path.open("rb") as file:
        file.seek(max(0, file.seek(0, SEEK_END) - _LARGEST_END))
        end = file.read()
    at = end.find(_END_RECORD)
    while at >= 0:
        if int.from_bytes(end[at + 12 : at + 16], "little") > _LARGEST_DIRECTORY:  # all ones in a zip of 4 GB and more
            raise _bomb(source)
        at = end.find(_END_RECORD, at + 1)


class _Limited(RawIOBase):
    """Reads what a zip says that it holds, and not more."""

    def __init__(self, file: IO[bytes], source: Source, size: int) -> None:
        self._file, self._source, self._left = file, source, size

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size if 0 <= size < 1 << 16 else 1 << 16)
        self._left -= len(block)
        if self._left < 0:
            raise _bomb(self._source)
        return block


def _bomb(source: Source) -> ImportFileError:
    return ImportFileError(f"{source.name} unpacks to more than any document contains; it was not read.")


def _paragraphs(
    file: IO[bytes], ends: set[str], holders: set[str] | None, signs: dict[str, str], passed_over: set[str]
) -> Iterator[Passage]:
    """The text of the elements `ends`, as it stands in the elements `holders` (None: in any), with `signs` for others.

    A paragraph inside another, as in a text box, comes first and is no part of the other.
    """
    hidden = inside = elements = 0
    open_elements: list[Element] = []
    for event, element in iterparse(file, events=("start", "end")):
        elements += 1
        if event == "start":
            open_elements.append(element)
            inside += element.tag in ends
            hidden += element.tag in passed_over
            if len(open_elements) > _DEEPEST or elements > 2 * _MOST_ELEMENTS:
                raise RecursionError
            continue
        open_elements.pop()
        hidden -= element.tag in passed_over
        if element.tag in ends:
            inside -= 1
            if not hidden:
                yield Passage("".join(_text(element, holders, signs, passed_over)))
            tail = element.tail
            element.clear()
            element.tail = tail
        if not inside and open_elements:
            open_elements[-1].clear()  # what is no paragraph would only fill the memory
            elements = 0


def _text(element: Element, holders: set[str] | None, signs: dict[str, str], passed_over: set[str]) -> Iterator[str]:
    if holders is None or element.tag in holders:
        yield element.text or ""
    for child in element:
        if child.tag in signs:
            yield signs[child.tag]
        elif child.tag not in passed_over:
            yield from _text(child, holders, signs, passed_over)
        if holders is None:
            yield child.tail or ""
