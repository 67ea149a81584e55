"""A KenLM 5-gram with a word completer over its vocabulary, in the case that our own completer would write.

The model scores words, it lists none: tried are the most frequent words that begin as typed and those most probable
behind one and two words of the context; the 5-gram ranks them.
"""

import os
from functools import lru_cache

import numpy as np

from autocomplete.model.ngram import largest
from autocomplete.predict.place import find_place
from autocomplete.text.reading import SENTENCE_START
from benchmarks.peers.kenlm_model import MIN_COUNT, ORDER, PRUNED, Successors, read_words, trained
from benchmarks.peers.kenlm_text import is_word
from benchmarks.peers.peer import MissingError, Setting, size
from benchmarks.peers.vocabulary import shown

_TRIED = 150  # of each kind


class KenLM:
    note = f"pruned {' '.join(PRUNED)}, words seen {MIN_COUNT} times or more"

    def __init__(self, setting: Setting) -> None:
        try:
            import kenlm
        except ModuleNotFoundError:
            raise MissingError("its Python module is not installed: pip install kenlm") from None
        files = trained(setting)
        self._new_state, self._model = kenlm.State, kenlm.Model(str(files.binary))
        self._vocabulary = read_words(files.words)
        self._successors = Successors(files.successors)
        self._after = lru_cache(maxsize=64)(self._read)
        nothing = self._after(())
        self._unigrams = np.array([self._score(nothing, word) for word in self._vocabulary.words], np.float32)
        self.disk = size(files.binary, files.words, files.successors)
        self.pid = os.getpid()

    def begin(self) -> None:
        """What is kept of a text is keyed by its words."""

    def suggest(self, before: str, k: int) -> list[str]:
        place = find_place(before)
        if place is None:
            return []
        context = self._sentence(place.context)
        state = self._after(context)
        low, high = self._vocabulary.slice(place.word)
        tried = set((largest(self._unigrams[low:high], _TRIED) + low).tolist())
        for length in (1, 2):
            if len(context) >= length:
                behind, logs = self._successors.behind(context[-length:], low, high)
                tried.update(behind[largest(logs, _TRIED)].tolist())
        words = map(self._vocabulary.words.__getitem__, tried)
        probabilities = {word: 10 ** self._score(state, word) for word in words}
        return shown(probabilities, place, k, self._vocabulary.usual_case)

    def _sentence(self, context: tuple[str, ...]) -> tuple[str, ...]:
        """The last tokens of the sentence, its first word in its usual case."""
        tokens = list(context)
        for i in range(1, len(tokens)):
            if tokens[i - 1] == SENTENCE_START and is_word(tokens[i]):
                tokens[i] = self._vocabulary.usual_case(tokens[i])
        start = max((i for i, token in enumerate(tokens) if token == SENTENCE_START), default=0)
        return tuple(tokens[start:][-ORDER:])

    def _read(self, context: tuple[str, ...]) -> object:
        state = self._new_state()
        tokens = context
        if context[:1] == (SENTENCE_START,):
            self._model.BeginSentenceWrite(state)
            tokens = context[1:]
        else:
            self._model.NullContextWrite(state)
        for token in tokens:
            after = self._new_state()
            self._model.BaseScore(state, token, after)
            state = after
        return state

    def _score(self, state: object, word: str) -> float:
        """The word's log-probability (base 10) behind a state."""
        return self._model.BaseScore(state, word, self._new_state())
