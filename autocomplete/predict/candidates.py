"""Candidate words from the LSTM, the n-gram memory and the text itself, put together and written in the case wanted."""

import heapq
from collections.abc import Mapping
from unicodedata import normalize

from autocomplete.model.ngram import NGramMemory, largest
from autocomplete.predict.language import Language
from autocomplete.predict.place import Place
from autocomplete.predict.reader import Snapshot
from autocomplete.predict.search import WANTED, WordSearch
from autocomplete.text.folding import fold

# The LSTM's share of a word's probability; the rest is the n-gram memory's. Chosen on held-out text.
LSTM_SHARE = 0.5
_FROM_MEMORY = 12
# How likely the first letter's case is missed: "b" for "Berlin" by a hurried typist, "B" for "be" by one who shouts.
_CAPITAL_LEFT_OUT = 0.1
_CAPITAL_TOO_MANY = 0.05


class Candidates:
    """What one language has to say at one place: kept while a word is typed, asked at every letter."""

    def __init__(self, language: Language, read: Snapshot, recent: Mapping[str, float], place: Place) -> None:
        """`read`: the LSTM behind the text before the word. `recent`: words of this text that may come again."""
        self._memory = language.memory
        self._first = language.index.starting
        self._search = WordSearch(language.runtime, language.index, read, place.after_space)
        self._spellings = language.spellings if place.after_space else None
        self._remembered = self._memory.after(place.context) if self._memory else None
        self._recent = [(fold(word), word, p) for word, p in recent.items()]
        self._rest = 1 - sum(recent.values())

    def at(self, place: Place) -> dict[str, float]:
        """Words as they would be shown, each with its probability (together at most 1).

        The word as typed is among them when it is one.
        """
        typed = fold(place.word)
        memory = self._memory
        if memory is None or self._remembered is None:
            return self._shown(self._search.words(typed), place)
        low, high = memory.slice(typed)
        probabilities = self._remembered.of(low, high)
        recalled = {i + low: float(probabilities[i]) for i in largest(probabilities, _FROM_MEMORY).tolist()}
        guessed = {number: self._guess(memory, number, place) for number in recalled}
        known = [LSTM_SHARE * guessed[number] + (1 - LSTM_SHARE) * p for number, p in recalled.items()]
        third = heapq.nlargest(WANTED, known)[-1] if len(known) >= WANTED else 0.0
        hopes = self._spellings.hopes if self._spellings else None
        spelled = self._search.words(typed, third / LSTM_SHARE, hopes)
        for word in spelled:
            number = memory.id(memory.usual_case(word) if place.begins_sentence else word)
            if number is not None and low <= number < high and number not in recalled:
                recalled[number] = float(probabilities[number - low])
        words = {word: LSTM_SHARE * p for word, p in spelled.items()}
        for number, p in recalled.items():
            word = memory.words[number]
            known_better = word in spelled or (place.begins_sentence and _capitalized(word) in spelled)
            guess = 0.0 if known_better else guessed.get(number, 0.0)
            words[word] = words.get(word, 0.0) + LSTM_SHARE * guess + (1 - LSTM_SHARE) * p
        words = {word: self._rest * p for word, p in words.items()}
        for folded, word, p in self._recent:
            if folded.startswith(typed):
                words[word] = words.get(word, 0.0) + p
        return self._shown(words, place)

    def _guess(self, memory: NGramMemory, number: int, place: Place) -> float:
        """The LSTM's probability of a word of the memory, without a step."""
        if self._spellings is None:
            return 0.0
        ending = self._search.ending
        if place.begins_sentence:
            piece = self._first.places.get(_capitalized(memory.words[number]))
            return 0.0 if piece is None else float(ending[piece])
        return self._spellings.estimate(number, ending, self._search.going_on)

    def _shown(self, words: dict[str, float], place: Place) -> dict[str, float]:
        """The words that agree with the accents typed, in the case they are shown in; equal ones are one."""
        shown: dict[str, float] = {}
        for word, p in words.items():
            if agrees(word, place.word):
                text = in_case(word, place, self._memory)
                shown[text] = shown.get(text, 0.0) + p * _case_fits(word, place)
        return shown


def agrees(word: str, typed: str) -> bool:
    """Whether `word` respects the accents in `typed`: "uber" allows "über", but "über" does not allow "uber"."""
    return typed.isascii() or _comparable(word).startswith(_comparable(typed))


def _comparable(text: str) -> str:
    return normalize("NFC", text).lower().replace("ß", "ss").replace("’", "'")


def _capitalized(word: str) -> str:
    return word[0].upper() + word[1:]


def _case_fits(word: str, place: Place) -> float:
    """How likely who means `word` types its first letter in the case that was typed."""
    typed = place.word
    if not typed or place.begins_sentence or word[0].isupper() == typed[0].isupper():
        return 1.0
    if typed[0].isupper():
        return 1.0 if len(typed) > 1 and typed.isupper() else _CAPITAL_TOO_MANY
    return _CAPITAL_LEFT_OUT


def in_case(word: str, place: Place, memory: NGramMemory | None) -> str:
    """The word in the case that the typed letters or the sentence's start ask for."""
    typed = place.word
    if "’" in typed:
        word = word.replace("'", "’")
    if typed.isupper() and sum(map(str.isalpha, typed)) > 1:
        return word.upper()
    if typed[:1].isupper() or (place.begins_sentence and not typed):
        return _capitalized(word)
    if place.begins_sentence and memory is not None:
        return memory.usual_case(word)
    return word
