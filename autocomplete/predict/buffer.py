"""A text held in chunks, so that an edit near its end costs the same however long it is."""

from bisect import bisect_right

_CHUNK = 4096


class TextBuffer:
    """Text that is mostly changed at its end."""

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._ends: list[int] = []

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def cut(self, position: int) -> str:
        """Remove what stands from `position` on and return it."""
        keep = bisect_right(self._ends, position)
        start = self._ends[keep - 1] if keep else 0
        end = "".join(self._chunks[keep:])
        del self._chunks[keep:], self._ends[keep:]
        self.append(end[: position - start])
        return end[position - start :]

    def append(self, text: str) -> None:
        """Add `text` at the end."""
        if self._chunks and len(self._chunks[-1]) < _CHUNK:
            text = self._chunks.pop() + text
            self._ends.pop()
        for start in range(0, len(text), _CHUNK):
            self._chunks.append(text[start : start + _CHUNK])
            self._ends.append(len(self) + len(self._chunks[-1]))

    def tail(self, count: int) -> str:
        """The last `count` characters, or all there are."""
        first = bisect_right(self._ends, max(0, len(self) - count))
        return "".join(self._chunks[first:])[-count:] if count else ""
