"""How a text is stored as bytes: its encoding, byte order mark and line ends, all of which a save keeps."""

import contextlib
from dataclasses import dataclass, replace

from autocomplete.text.marks import byte_order_mark
from gui.files.line_ends import MixedEnds, split_ends

_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
# Control characters that appear in real text files: tab, line ends, form feed and the end-of-file
# mark of DOS.
_HARMLESS = frozenset("\t\n\r\x0b\x0c\x1a\x1b\x85")


class NoTextError(ValueError):
    """The bytes are no text; the message continues a sentence that begins with the name of the file."""


@dataclass(frozen=True)
class Format:
    """How a text is stored: what a save must keep."""

    encoding: str = "utf-8"
    bom: bytes = b""
    newline: str = "\n"
    mixed: MixedEnds | None = None  # where `newline` is not that of every line

    @property
    def name(self) -> str:
        """The encoding as people call it."""
        return _NAMES[self.encoding]

    @property
    def usual(self) -> bool:
        """Whether it is what today's files have, so that nobody needs to be told."""
        return self.encoding not in ("cp1252", "latin-1")


def decode(data: bytes) -> tuple[str, Format]:
    """The text of `data` with lines ended by "\\n", and how it was stored. Raises `NoTextError`."""
    text, form = _decode(data)
    begin = text[:100_000]
    if "\0" in text or sum(c < " " and c not in _HARMLESS for c in begin) > len(begin) // 100:
        raise NoTextError("is not a text file, so it was not opened")
    text, newline, mixed = split_ends(text)
    return text, replace(form, newline=newline, mixed=mixed)


def encode(text: str, form: Format) -> tuple[bytes, Format]:
    """The bytes of `text`, and the form used: UTF-8 where `form` has no way to write the text."""
    if form.mixed is None:
        lines = text.replace("\n", form.newline)
    else:
        form = replace(form, mixed=form.mixed.given_to(text, form.newline))
        lines = form.mixed.joined() if form.mixed else text
    with contextlib.suppress(UnicodeEncodeError):
        return form.bom + lines.encode(form.encoding), form
    return lines.encode(errors="replace"), replace(form, encoding="utf-8", bom=b"")


def _decode(data: bytes) -> tuple[str, Format]:
    if mark := byte_order_mark(data):
        try:
            return data[len(mark.bytes) :].decode(mark.encoding), Format(mark.encoding, mark.bytes)
        except UnicodeDecodeError:
            raise NoTextError(f"says it is {_NAMES[mark.encoding]} but is damaged") from None
    for encoding in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding), Format(encoding)
    return data.decode("latin-1"), Format("latin-1")  # which reads anything
