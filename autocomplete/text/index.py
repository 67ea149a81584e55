"""The prefix index: which pieces may begin or continue a word, sorted so that a typed prefix is one slice."""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from autocomplete.text.folding import fold
from autocomplete.text.tokenizer import SPACE_MARK, Tokenizer

_AFTER_LAST = "\U0010ffff"
_JOINERS = "'-"


class PieceList:
    """Pieces sorted by their folded text. `ids[i]`, `texts[i]` and `folded[i]` describe the i-th."""

    def __init__(self, pieces: list[tuple[int, str]]) -> None:
        entries = sorted((fold(text), text, token) for token, text in pieces)
        self.folded = [folded for folded, _, _ in entries]
        self.texts = [text for _, text, _ in entries]
        self.ids: NDArray[np.int64] = np.array([token for _, _, token in entries], dtype=np.int64)

    def covering(self, prefix: str) -> range:
        """The pieces whose folded text begins with `prefix`."""
        low = bisect_left(self.folded, prefix)
        return range(low, bisect_left(self.folded, prefix + _AFTER_LAST, low) if prefix else len(self.folded))

    def within(self, prefix: str) -> Iterator[int]:
        """The pieces whose folded text is a proper beginning of `prefix`; the rest is for other pieces to spell."""
        for length in range(len(prefix)):
            at = bisect_left(self.folded, prefix[:length])
            while at < len(self.folded) and self.folded[at] == prefix[:length]:
                yield at
                at += 1


class PieceIndex:
    """A tokenizer's pieces as `starting` ones (after a space or at a line's start) and `continuing` ones."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        starting, continuing = [], []
        for token, piece in enumerate(tokenizer.pieces):
            text = piece.removeprefix(SPACE_MARK)
            if tokenizer.is_control(token) or tokenizer.is_byte(token):
                continue
            if not all(c.isalpha() or c in _JOINERS for c in text):
                continue
            if piece.startswith(SPACE_MARK):
                starting.append((token, text))
            else:
                continuing.append((token, text))
        self.starting = PieceList(starting)
        self.continuing = PieceList(continuing)
