"""SmolLM2-135M (Apache-2.0), a small transformer, as a word completer. English only."""

import os

from autocomplete.predict.place import Place, find_place
from benchmarks.peers.peer import MissingError, Setting, size
from benchmarks.peers.smollm_model import LlamaModel
from benchmarks.peers.smollm_search import STEPS, WordSearch, pieces_of
from benchmarks.peers.vocabulary import shown


class SmolLM:
    note = f"4-bit weights, one thread, {STEPS} steps a key at most"

    def __init__(self, setting: Setting) -> None:
        if setting.language != "en":
            raise MissingError("it knows English only")
        self._model = LlamaModel()
        self._spaced, self._plain, self._next = pieces_of(self._model)
        self._searched: tuple[str, bool] | None = None
        self.disk = size(self._model.path)
        self.pid = os.getpid()

    def begin(self) -> None:
        """The text read is compared with the last one at every key."""

    def suggest(self, before: str, k: int) -> list[str]:
        place = find_place(before)
        if place is None:
            return []
        text = before[: len(before) - place.boundary]
        spaced = place.after_space and bool(text)
        if (text, spaced) != self._searched:
            logs = self._model.read(self._model.encode(text))
            self._search = WordSearch(self._model, self._spaced if spaced else self._plain, self._next, logs)
            self._searched = text, spaced
        return shown(self._search.words(place.word), place, k, lambda word: _as_typed(word, place))


def _as_typed(word: str, place: Place) -> str:
    """Where a sentence begins with a small letter, the capital that the model would write is one too many."""
    if place.word[:1].islower() and word != "I" and not word.startswith("I'"):
        return word[:1].lower() + word[1:]
    return word
