"""A word list with frequencies: what completing without any context gives. English: the list symspellpy ships."""

import os
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from autocomplete.model.ngram import largest
from autocomplete.predict.place import find_place
from benchmarks.peers.peer import MissingError, Setting, size
from benchmarks.peers.vocabulary import Vocabulary, shown

_LISTS = {"en": "frequency_dictionary_en_82_765.txt"}
_TRIED = 50


class WordFrequency:
    note = "unigrams"

    def __init__(self, setting: Setting) -> None:
        if setting.language not in _LISTS:
            raise MissingError(f"symspellpy ships no word list for {setting.language!r}")
        try:
            resource = files("symspellpy") / _LISTS[setting.language]
        except ModuleNotFoundError:
            raise MissingError("symspellpy is not installed: pip install symspellpy") from None
        with as_file(resource) as path:
            counts = _read(path)
            self.disk = size(path)
        self._vocabulary = Vocabulary(counts)
        self._counts = np.array([counts[word] for word in self._vocabulary.words], np.float32)
        self.pid = os.getpid()

    def begin(self) -> None:
        """Nothing is kept of a text."""

    def suggest(self, before: str, k: int) -> list[str]:
        place = find_place(before)
        if place is None:
            return []
        low, high = self._vocabulary.slice(place.word)
        chosen = largest(self._counts[low:high], _TRIED) + low
        counts = {self._vocabulary.words[i]: float(self._counts[i]) for i in chosen}
        return shown(counts, place, k, self._vocabulary.usual_case)


def _read(path: Path) -> dict[str, int]:
    rows = (line.split() for line in path.read_text("utf-8-sig").splitlines())
    return {word: int(count) for word, count in rows}
