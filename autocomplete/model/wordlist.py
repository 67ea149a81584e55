"""Sorted words in one piece of memory: no object a word, found by bisection."""

import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

_AFTER_LAST = b"\xff"
_NEWLINE = ord("\n")
_LARGEST = 64_000_000  # bytes of words; half a million take 7


class WordList(Sequence[str]):
    """Words without line ends, as UTF-8. `words[i]` is made on demand; a slice is a list.

    What is no UTF-8 becomes U+FFFD when it is asked for: to look through all of it would delay every start.
    """

    def __init__(self, text: bytes) -> None:
        """`text`: the words, a line's end between them."""
        self._text = text
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == _NEWLINE)
        starts = np.concatenate([[0], ends + 1, [len(text) + 1]]) if text else np.zeros(1)
        # Not numpy's: one number of its arrays takes several times longer.
        self._starts = array("I", starts.astype(np.uintc).tobytes())

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at += len(self) if at < 0 else 0
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._text[self._starts[at] : self._starts[at + 1] - 1].decode(errors="replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.decode(errors="replace").split("\n") if self._text else ())

    def all_filled(self) -> bool:
        """Whether no word is empty."""
        return not self._text or int(np.diff(np.frombuffer(self._starts, np.uintc)).min()) > 1

    def slice(self, prefix: str, key: Callable[[str], str] | None = None) -> tuple[int, int]:
        """The range of words that begin with `prefix`, where the words are sorted by `key` (or by themselves)."""
        if not prefix:
            return 0, len(self)
        wanted = _encoded(prefix)
        low = self._first(wanted, 0, key)
        return low, self._first(wanted + _AFTER_LAST, low, key)

    def equal(self, word: str, key: Callable[[str], str] | None = None) -> range:
        """The range of words that are (or whose `key` is) exactly `word`."""
        low = high = self._first(_encoded(word), 0, key)
        while high < len(self) and (key(self[high]) if key else self[high]) == word:
            high += 1
        return range(low, high)

    def _first(self, wanted: bytes, low: int, key: Callable[[str], str] | None) -> int:
        """The first word from `low` on that does not come before `wanted`. UTF-8 sorts as the characters do."""
        text, starts = self._text, self._starts
        high = len(self)
        while low < high:
            middle = (low + high) // 2
            word = text[starts[middle] : starts[middle + 1] - 1]
            if (_encoded(key(word.decode(errors="replace"))) if key else word) < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def compress(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words as a file holds them."""
    return np.frombuffer(zlib.compress("\n".join(words).encode(), 9), np.uint8)


def decompress(data: NDArray[np.uint8]) -> WordList:
    """The opposite of `compress`; damaged data is a `zlib.error` or a `ValueError`."""
    text = inflate(data, _LARGEST)
    words = WordList(text)
    if not words.all_filled():
        raise ValueError("one of its words is empty")
    return words


def inflate(data: NDArray[np.uint8], most: int) -> bytes:
    """What zlib packed into `data`; a `ValueError` when that is more than `most` bytes, a `zlib.error` when damaged."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(data.tobytes(), most + 1)
    if len(content) > most:
        raise ValueError(f"it unpacks to more than {most} bytes")
    if not unpacking.eof:
        raise ValueError("its words are cut off")
    return content
