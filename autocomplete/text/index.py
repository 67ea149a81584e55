"""The prefix index: which pieces may begin or continue a word, sorted so that a typed prefix is one slice."""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from autocomplete.text.folding import fold
from autocomplete.text.tokenizer import SPACE_MARK, Tokenizer

_AFTER_LAST = "\U0010ffff"


class PieceList:
    """Pieces sorted by their folded text; the i-th is `texts[i]`, folded `folded[i]`, with the id `ids[i]`.

    `places`: i by text, `by_id`: i by id. `closes[i]`: whether a word can end with the piece, as it ends with a letter.
    `capitals[i]`: whether it begins with a capital. `single`: whether all are single letters.
    """

    def __init__(self, pieces: list[tuple[int, str]]) -> None:
        entries = sorted((fold(text), text, token) for token, text in pieces)
        self.folded = [folded for folded, _, _ in entries]
        self.texts = [text for _, text, _ in entries]
        self.ids: NDArray[np.int64] = np.array([token for _, _, token in entries], dtype=np.int64)
        self.closes = [text[-1:].isalpha() for text in self.texts]
        self.single = all(len(text) <= 1 for text in self.texts)
        self.capitals = np.array([text[:1].isupper() for text in self.texts], dtype=bool)
        self.by_id = {token: i for i, token in enumerate(self.ids.tolist())}
        self.places = {text: i for i, text in enumerate(self.texts)}
        self._same: dict[str, list[int]] = {}
        for i, folded in enumerate(self.folded):
            self._same.setdefault(folded, []).append(i)

    def covering(self, prefix: str) -> range:
        """The pieces whose folded text begins with `prefix`."""
        if not prefix:
            return range(len(self.folded))
        low = bisect_left(self.folded, prefix)
        return range(low, bisect_left(self.folded, prefix + _AFTER_LAST, low))

    def within(self, prefix: str) -> list[int]:
        """The pieces whose folded text is a proper beginning of `prefix`; the rest is for other pieces to spell."""
        return [i for length in range(len(prefix)) for i in self._same.get(prefix[:length], ())]


class PieceIndex:
    """A tokenizer's pieces as `starting` ones (after a space or at a line's start) and `continuing` ones."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        starting: list[tuple[int, str]] = []
        continuing: list[tuple[int, str]] = []
        for token, piece in enumerate(tokenizer.pieces):
            if not tokenizer.spells_word(token):
                continue
            text = piece.removeprefix(SPACE_MARK)
            (starting if piece.startswith(SPACE_MARK) else continuing).append((token, text))
        self.starting = PieceList(starting)
        self.continuing = PieceList(continuing)
