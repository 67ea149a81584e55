"""A text as Qt counts it, in UTF-16 units, that is changed at the cost of the change, not of the text."""

from collections.abc import Iterator

_CHUNK = 1 << 18  # bytes a chunk has at most: one step of work, during which no other thread runs
_SLICE = 1 << 15  # code points encoded at a time, so less than a chunk


class TextBuffer:
    """The text, in chunks of its UTF-16 code; lone surrogates are kept. `length` is in units."""

    def __init__(self) -> None:
        self._chunks = [b""]
        self.length = 0

    def replace(self, position: int, removed: int, text: str) -> None:
        """Put `text` in the place of `removed` units at `position`. Raises ValueError where there are none."""
        if not 0 <= position <= position + removed <= self.length:
            raise ValueError(f"no {removed} units at {position} of {self.length}")
        first, start = self._find(position)
        last, end = self._find(position + removed)
        pieces = [self._chunks[first][:start], *_encoded(text), self._chunks[last][end:]]
        self._chunks[first : last + 1] = _chunks(pieces)
        self.length += sum(map(len, pieces[1:-1])) // 2 - removed

    def holds(self, position: int, text: str) -> bool:
        """Whether `text` stands at `position` already."""
        for piece in _encoded(text):
            index, offset = self._find(position)
            found = self._chunks[index][offset : offset + len(piece)]
            while len(found) < len(piece) and (index := index + 1) < len(self._chunks):
                found += self._chunks[index][: len(piece) - len(found)]
            if found != piece:
                return False
            position += len(piece) // 2
        return True

    def pieces(self) -> Iterator[tuple[str, int]]:
        """The text a piece at a time, and how many units that has; a pair of surrogates may be parted."""
        return ((chunk.decode("utf-16-le", "surrogatepass"), len(chunk) // 2) for chunk in self._chunks if chunk)

    def text(self) -> str:
        return b"".join(self._chunks).decode("utf-16-le", "surrogatepass")

    def _find(self, position: int) -> tuple[int, int]:
        """The chunk in which the unit `position` stands, or at whose end, and its place there in bytes."""
        offset = 2 * position
        for index, chunk in enumerate(self._chunks):
            if offset <= len(chunk):
                return index, offset
            offset -= len(chunk)
        return len(self._chunks) - 1, len(self._chunks[-1])


def _encoded(text: str) -> Iterator[bytes]:
    for begin in range(0, len(text), _SLICE):
        yield text[begin : begin + _SLICE].encode("utf-16-le", "surrogatepass")


def _chunks(pieces: list[bytes]) -> list[bytes]:
    """The same bytes in as few chunks as there is need of."""
    groups: list[list[bytes]] = [[]]
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _CHUNK:
            groups.append([])
            size = len(piece)
        groups[-1].append(piece)
    return [b"".join(group) for group in groups]
