"""Candidate words from the LSTM, the n-gram model and the text itself, put together and written in the case wanted."""

import heapq
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from autocomplete.adaptation.vocabulary import Own
from autocomplete.model.ngram import NGramModel, WordDistribution, largest
from autocomplete.predict.case import agrees, capitalized, case_evidence, case_evidences, expected_capital, in_case
from autocomplete.predict.language import Language
from autocomplete.predict.place import Place
from autocomplete.predict.reader import Snapshot
from autocomplete.predict.search import WANTED, WordSearch
from autocomplete.text.folding import fold

# The LSTM's share of a word's probability; the rest is the n-gram model's. Chosen on held-out text.
LSTM_SHARE = 0.6
_FROM_MEMORY = 12
_FROM_RARE = 6
_RARE_FROM = 2  # letters typed before rare words are looked for


class Candidates:
    """What one language has to say at one place: kept while a word is typed, asked at every letter."""

    def __init__(self, language: Language, read: Snapshot, recent: Mapping[str, float], place: Place) -> None:
        """`read`: the LSTM behind the text before the word. `recent`: words of this text that may come again."""
        self._ngram = language.ngram
        self._first = language.index.starting
        self._search = WordSearch(language.runtime, language.index, read, place.after_space)
        self._spellings = language.spellings if place.after_space else None
        self._remembered = self._ngram.after(place.context) if self._ngram else None
        self._recent = [(fold(word), word, p) for word, p in recent.items()]
        self._rest = 1 - sum(recent.values())
        self._expected = language.personal.written.after(place.context) if language.personal else None
        self._normal = 1.0  # makes boosted probabilities sum to one again
        self._all: NDArray[np.float32] | None = None  # the n-gram model's probabilities, where all are needed for that
        if self._expected and self._remembered:
            self._all = self._remembered.of(0, len(self._expected.gains))
            self._normal = 1 / (1 + float(self._all @ self._expected.gains))

    def at(self, place: Place) -> dict[str, float]:
        """Words as they would be shown, each with its probability and that of the case typed (together at most 1).

        The word as typed is among them when it is one.
        """
        typed = fold(place.word)
        capital = expected_capital(place)
        own = self._expected.words(typed) if self._expected else []
        if self._ngram is None or self._remembered is None:
            words = self._search.words(typed, capital)
        else:
            words = self._known(self._ngram, self._remembered, place, typed, capital, own)
        words = {word: self._rest * p for word, p in self._adapted(words, place, own, capital).items()}
        for folded, word, p in self._recent:
            if folded.startswith(typed):
                words[word] = words.get(word, 0.0) + p * case_evidence(word[0].isupper(), capital)
        shown: dict[str, float] = {}
        for word, p in words.items():
            if agrees(word, place.word):
                text = in_case(word, place, self._ngram)
                shown[text] = shown.get(text, 0.0) + p
        total = sum(shown.values())
        # Guesses, and what the n-gram model rounds to bytes, may add up to a little more.
        return {text: p / total for text, p in shown.items()} if total > 1 else shown

    def _adapted(
        self, words: Mapping[str, float], place: Place, own: Sequence[Own], capital: bool | None
    ) -> Mapping[str, float]:
        """The words of the base, as far as the user's habits leave them, and their `own`."""
        expected, ngram = self._expected, self._ngram
        if expected is None:
            return words
        rest = expected.left_over * self._normal
        adapted = {}
        for word, p in words.items():
            usual = ngram.usual_case(word) if ngram and place.begins_sentence else word
            adapted[word] = rest * expected.boost(usual) * p
        for word, _, p in own:
            adapted[word] = adapted.get(word, 0.0) + p * case_evidence(word[0].isupper(), capital)
        return adapted

    def _known(
        self,
        ngram: NGramModel,
        after: WordDistribution,
        place: Place,
        typed: str,
        capital: bool | None,
        own: Sequence[Own],
    ) -> dict[str, float]:
        """The words that the LSTM and the n-gram model know best, and the user's `own`. Others are left out."""
        low, high = ngram.slice(typed)
        plain = after.of(low, high) if self._all is None else self._all[low:high]
        probabilities = plain * case_evidences(ngram.capitals[low:high], capital)
        boosts = 1 + self._expected.gains[low:high] if self._expected else np.float32(1)
        best = largest(probabilities * boosts, _FROM_MEMORY)
        recalled = {i + low: float(probabilities[i]) for i in best.tolist()}
        for _, known_as, _ in own:
            if low <= known_as < high:
                recalled[known_as] = float(probabilities[known_as - low])
        guess = partial(self._guess, ngram, place, capital)
        words = {number: LSTM_SHARE * guess(number) + (1 - LSTM_SHARE) * p for number, p in recalled.items()}
        third = self._third(words)
        hopes = self._spellings.hopes if self._spellings else None
        spelled = self._search.words(typed, capital, third / LSTM_SHARE, hopes)
        result = {ngram.words[number]: p for number, p in words.items()}
        unforeseen = (1 - LSTM_SHARE) * after.unforeseen
        rare = ngram.rare if unforeseen * ngram.rare.most > third else None  # else none of them is shown
        for word in spelled:  # the search knows better than the guess
            usual = ngram.usual_case(word) if place.begins_sentence else word
            number = ngram.id(usual)
            if number is None and rare:
                fits = case_evidence(word[0].isupper(), capital)
                result[usual] = unforeseen * rare.probability(usual) * fits
            elif number is not None and low <= number < high:
                result[usual] = (1 - LSTM_SHARE) * float(probabilities[number - low])
        for word, p in spelled.items():
            result[word] = result.get(word, 0.0) + LSTM_SHARE * p
        if rare and len(typed) >= _RARE_FROM:
            for word, p in rare.best(typed, _FROM_RARE).items():
                result.setdefault(word, unforeseen * p * case_evidence(word[0].isupper(), capital))
        return result

    def _third(self, words: Mapping[int, float]) -> float:
        """The probability of the third best word of the n-gram model, adapted to the user; 0 where there are fewer."""
        if len(words) < WANTED:
            return 0.0
        expected = self._expected
        if expected is None:
            return heapq.nlargest(WANTED, words.values())[-1]
        adapted = ((1 + float(expected.gains[number])) * p for number, p in words.items())
        return self._normal * heapq.nlargest(WANTED, adapted)[-1]

    def _guess(self, ngram: NGramModel, place: Place, capital: bool | None, number: int) -> float:
        """The LSTM's probability of a word of the n-gram model, and of the case typed, without a step."""
        if self._spellings is None:
            return 0.0
        ending = self._search.ending
        if place.begins_sentence:
            piece = self._first.places.get(capitalized(ngram.words[number]))
            return 0.0 if piece is None else float(ending[piece])
        fits = case_evidence(bool(ngram.capitals[number]), capital)
        return fits * self._spellings.estimate(number, ending, self._search.going_on)
