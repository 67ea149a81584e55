"""The corpus as word ids for counting: what `read_tokens` yields, some megabytes at a time.

`read_tokens` says what each spelling is, once; where sentences begin is worked out on whole arrays,
several times faster than asking it at every word. A test holds the two equal.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from autocomplete.text.reading import NUMBER, SENTENCE_START, read_tokens
from autocomplete.text.words import WORD

_SURFACE = re.compile(rf"{WORD.pattern}|\d+|\n|\S")
_AT_ONCE = 1 << 20

Ids = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Vocabulary:
    """Numbers tokens in the order they are met. `tokens[i]` spells id i; 0 begins a sentence."""

    def __init__(self) -> None:
        self.tokens: list[str] = [SENTENCE_START]
        self.numbers = {SENTENCE_START: 0}
        # What stands in the text is numbered first: "2021" and "7" are two surfaces, one token.
        self._surfaces: defaultdict[str, int] = defaultdict(count().__next__)
        self._token = array("i")
        self._is_word = bytearray()
        self._is_number = bytearray()
        self._is_short = bytearray()  # a full stop behind it may abbreviate
        self._opens = bytearray()  # a sentence begins behind it
        self._full_stop = self._add(".")
        self._newline = self._add("\n")

    def read(self, documents: Iterable[str]) -> tuple[Ids, Flags]:
        """The tokens of documents that end with a line's end: their ids, and which are words that
        begin a sentence."""
        ids, begins = [np.zeros(1, np.int32)], [np.zeros(1, np.bool_)]
        for surfaces in self._read_surfaces(documents):
            some_ids, some_begin = self._tokens(surfaces)
            ids.append(some_ids)
            begins.append(some_begin)
        return np.concatenate(ids), np.concatenate(begins)

    def _read_surfaces(self, documents: Iterable[str]) -> Iterator[Ids]:
        """Surfaces of some whole documents at a time."""
        surfaces = array("i")
        for document in documents:
            surfaces.extend(map(self._surfaces.__getitem__, _SURFACE.findall(document)))
            if len(surfaces) >= _AT_ONCE:
                yield np.asarray(surfaces)
                surfaces = array("i")
        yield np.asarray(surfaces, dtype=np.int32)

    def _tokens(self, surfaces: Ids) -> tuple[Ids, Flags]:
        for surface in list(self._surfaces)[len(self._token) :]:
            self._add(surface)
        before = np.empty_like(surfaces)
        before[:1], before[1:] = self._newline, surfaces[:-1]
        is_word = _flags(self._is_word)[surfaces]
        closes = is_word | _flags(self._is_number)[surfaces]
        abbreviates = (surfaces == self._full_stop) & _flags(self._is_short)[before]
        opens = _flags(self._opens)[surfaces] & ~abbreviates
        # A word begins a sentence when the last thing before it that opens or closes one opened it.
        places = np.where(opens | closes, np.arange(len(surfaces)), -1)
        last = np.append(-1, np.maximum.accumulate(places)[:-1])
        begins = is_word & ((last < 0) | opens[last])
        sign_before = _flags(self._opens)[before] & (before != self._newline)
        inserted = np.flatnonzero(begins & sign_before)
        ids = np.frombuffer(self._token, np.int32)[surfaces]
        return np.insert(ids, inserted, 0), np.insert(begins, inserted, False)

    def _add(self, surface: str) -> int:
        _, (token, is_word) = read_tokens(surface)
        *_, (before_next, _), _ = read_tokens(surface + " a")
        if token not in self.numbers:
            self.numbers[token] = len(self.tokens)
            self.tokens.append(token)
        self._token.append(self.numbers[token])
        self._is_word.append(is_word)
        self._is_number.append(token == NUMBER)
        self._is_short.append(token == NUMBER or (len(token) == 1 and token.isalpha()))
        self._opens.append(before_next == SENTENCE_START)
        return self._surfaces[surface]


def _flags(flags: bytearray) -> Flags:
    return np.frombuffer(flags, np.bool_)
