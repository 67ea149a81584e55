"""Reads .zst files of one or more frames; unlike zstandard's own reader it notices a cut-off one."""

from io import BufferedReader, RawIOBase
from typing import IO

from autocomplete.errors import CorpusError

_BLOCK = 1 << 17


def open_zst(raw: IO[bytes]) -> BufferedReader:
    """The decompressed content. Reading raises EOFError at a cut, OSError if it is no zst."""
    return BufferedReader(_Frames(raw))


class _Frames(RawIOBase):
    def __init__(self, raw: IO[bytes]) -> None:
        try:
            import zstandard
        except ModuleNotFoundError as error:
            raise CorpusError(
                'Reading .zst files needs zstandard; install it with: pip install "autocomplete-desktop[train]"'
            ) from error
        self._raw = raw
        self._decompressor = zstandard.ZstdDecompressor()
        self._refused = zstandard.ZstdError
        self._frame = self._decompressor.decompressobj()
        self._inside = False
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            block = (self._frame.unused_data if self._frame.eof else b"") or self._raw.read(_BLOCK)
            if not block:
                if self._inside and not self._frame.eof:
                    raise EOFError("the last frame is not complete")
                return 0
            if self._frame.eof:
                self._frame = self._decompressor.decompressobj()
            self._inside = True
            try:
                self._ready = memoryview(self._frame.decompress(block))
            except self._refused as error:
                raise OSError(str(error)) from error
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)
