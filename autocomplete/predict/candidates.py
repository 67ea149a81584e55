"""Candidate words from the LSTM and the n-gram memory, put together and written in the case that is wanted."""

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from autocomplete.model.ngram import NGramMemory, WordDistribution, largest
from autocomplete.predict.language import Language
from autocomplete.predict.place import Place
from autocomplete.predict.reader import Snapshot
from autocomplete.predict.search import WordSearch
from autocomplete.text.folding import fold

# The LSTM's share of a word's probability; the rest is the n-gram memory's. Chosen on held-out text.
LSTM_SHARE = 0.5
_FROM_MEMORY = 12


class Candidates:
    """What one language has to say at one place: kept while a word is typed, asked at every letter."""

    def __init__(self, language: Language, read: Snapshot, place: Place) -> None:
        """`read`: the LSTM behind the text before the word."""
        self._memory = language.memory
        self._search = WordSearch(language.runtime, language.index, read, place.after_space)
        self._remembered = self._memory.after(place.context) if self._memory else None

    def at(self, place: Place) -> dict[str, float]:
        """Words as they would be shown, each with its probability (together at most 1).

        The word as typed is among them when it is one.
        """
        typed = fold(place.word)
        found = self._search.words(typed)
        spelled = self._shown(found, place)
        if self._memory is None or self._remembered is None:
            return spelled
        recalled = self._shown(self._recall(self._memory, self._remembered, place, typed, found), place)
        return {
            text: LSTM_SHARE * (spelled.get(text) or self._search.of_one_piece(text))
            + (1 - LSTM_SHARE) * recalled.get(text, 0.0)
            for text in spelled | recalled
        }

    def _shown(self, words: Mapping[str, float], place: Place) -> dict[str, float]:
        """The words that agree with the accents typed, in the case they are shown in; equal ones are one."""
        shown: dict[str, float] = {}
        for word, p in words.items():
            if agrees(word, place.word):
                text = in_case(word, place, self._memory)
                shown[text] = shown.get(text, 0.0) + p
        return shown

    @staticmethod
    def _recall(
        memory: NGramMemory, after: WordDistribution, place: Place, typed: str, spelled: Iterable[str]
    ) -> dict[str, float]:
        """The memory's probabilities of its own best words and of those the LSTM found."""
        low, high = memory.slice(typed)
        probabilities = after.of(low, high)
        ids = set((largest(probabilities, _FROM_MEMORY) + low).tolist())
        for word in spelled:
            number = memory.id(memory.usual_case(word) if place.begins_sentence else word)
            if number is not None and low <= number < high:
                ids.add(number)
        return {memory.words[i]: float(probabilities[i - low]) for i in ids}


def agrees(word: str, typed: str) -> bool:
    """Whether `word` respects the accents in `typed`: "uber" allows "über", but "über" does not allow "uber"."""
    return typed.isascii() or _comparable(word).startswith(_comparable(typed))


def _comparable(text: str) -> str:
    return normalize("NFC", text).lower().replace("ß", "ss").replace("’", "'")


def in_case(word: str, place: Place, memory: NGramMemory | None) -> str:
    """The word in the case that the typed letters or the sentence's start ask for."""
    typed = place.word
    if "’" in typed:
        word = word.replace("'", "’")
    if typed.isupper() and sum(map(str.isalpha, typed)) > 1:
        return word.upper()
    if typed[:1].isupper() or (place.begins_sentence and not typed):
        return word[0].upper() + word[1:]
    if place.begins_sentence and memory is not None:
        return memory.usual_case(word)
    return word
