"""Byte-order marks: what a file may begin with to say how it is encoded."""

import codecs
from typing import NamedTuple


class ByteOrderMark(NamedTuple):
    """The bytes, and the encoding of what follows them, by Python's name."""

    bytes: bytes
    encoding: str


# The marks of UTF-32 begin with or contain those of UTF-16: longest first.
_MARKS = (
    ByteOrderMark(codecs.BOM_UTF32_LE, "utf-32-le"),
    ByteOrderMark(codecs.BOM_UTF32_BE, "utf-32-be"),
    ByteOrderMark(codecs.BOM_UTF8, "utf-8"),
    ByteOrderMark(codecs.BOM_UTF16_LE, "utf-16-le"),
    ByteOrderMark(codecs.BOM_UTF16_BE, "utf-16-be"),
)


def byte_order_mark(beginning: bytes) -> ByteOrderMark | None:
    """Find the mark at the beginning of a file, of which four bytes are enough."""
    return next((mark for mark in _MARKS if beginning.startswith(mark.bytes)), None)
