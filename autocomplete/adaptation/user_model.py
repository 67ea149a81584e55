"""What one person wrote, as a model of what they write next: it learns a word by appending it, and counts nothing anew.

All words stand in one array in the order written. Where the last words of a context stood before, the words that
followed there are looked up: the longer the match, the more it is believed, and what was written lately counts more.
Each length of context leaves a share to the shorter one, the more the more different words T followed there (Witten &
Bell 1991), and the shortest to the words in no context and to the base model:

    P(w | h) = (c(w, h) + θ(h) P(w | h without its first word)) / (c(h) + θ(h)),    θ(h) = k (a + b T(h))

k falls from 3.7 towards 1 the more they write.

In no context, what counts is by how much the user writes a word more often than the base expects (see
`autocomplete.adaptation.vocabulary`). So the user's share grows with what they wrote and with how often the base misses
their words, and what they have not shown to know better stays the base's.
"""

import threading
from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.adaptation.vocabulary import (
    FADING,
    LASTING,
    LONG,
    NEGLIGIBLE,
    NEW_FROM,
    OFFERED,
    Habits,
    Own,
    Vocabulary,
)
from autocomplete.model.ngram import NGramModel
from autocomplete.text.folding import fold
from autocomplete.text.line import Line
from autocomplete.text.reading import read_tokens
from autocomplete.text.words import WORD

# Chosen on text of four authors that was neither learned nor reported on, see docs/personal.md.
_A = (77.0, 13.5, 2.5, 0.15)  # for contexts of one to four words
_B = (12.0, 7.3, 6.1, 1.8)
_CAUTION, _SOME = 4_000, 1_500  # words: how long, and from when on, what little text says is believed less
_FRESH, _FRESH_LIFE = 2.0, 300  # what a word just written counts besides, halved every so many words
_LOOKED_AT = 512  # places of a word, the latest
_ADDED = 3.0  # what a word that was added counts, without ever being written

Floats = NDArray[np.float64]


class Expected:
    """What the user is expected to write at one place.

    `left_over`: the probability that is the base model's. `gains`: boost - 1 of each word of its n-gram
    model (W,).
    """

    def __init__(
        self,
        followers: Sequence[tuple[str, Own]],
        habits: Habits,
        scale: float,
        ids: Mapping[str, int],
        lock: threading.Lock,
    ) -> None:
        """followers: words with their folded spelling; `scale`: what is left for the words in no context. `lock`: held
        while something is learned."""
        self._followers, self._habits, self._scale, self._ids, self._lock = followers, habits, scale, ids, lock
        self.left_over = scale * habits.left_over
        self.gains = habits.gains

    def boost(self, word: str) -> float:
        """By what the base's probability of a word is to be multiplied, before all are made to sum to one again."""
        number = self._ids.get(word)
        return 1.0 if number is None else self._habits.boost(number)

    def words(self, folded_prefix: str) -> list[Own]:
        """The likeliest words that begin with the folded prefix, each with what the user's own text says of it."""
        found = {own.text: own for folded, own in self._followers if folded.startswith(folded_prefix)}
        with self._lock:
            usual = self._habits.best(folded_prefix)
        for word in usual:
            p = self._scale * word.probability
            other = found.get(word.text)
            found[word.text] = word._replace(probability=p + other.probability if other else p)
        return sorted(found.values(), key=lambda word: -word.probability)[:OFFERED]


class UserModel:
    """All that was learned in one language. Safe to learn in one thread and to ask in another."""

    def __init__(self, ngram: NGramModel | None = None) -> None:
        """`ngram`: the base's, which knows how words are usually written and how often."""
        self._ngram = ngram
        self._lock = threading.Lock()
        self._tokens = array("i")  # ids, in the order written
        self._weights = array("f")  # 0: only context
        self._ids: dict[str, int] = {}
        self._names: list[str] = []
        self._folded: list[str] = []  # of each id
        self._places: list[array[int]] = []  # of each id, where it stands
        self._sightings: list[int] = []
        self._last_used: list[float] = []
        self._vocabulary = Vocabulary(len(ngram.words) if ngram else 0)
        self._habits: Habits | None = None

    def learn(self, line: Line) -> int:
        """Take a line in; returns how many words it taught."""
        taught = 0
        with self._lock:
            matches = WORD.finditer(line.text)
            for token, begins in read_tokens(line.text):
                if token[0].isalpha():
                    weight = _weight(line, next(matches).start())
                    number = self._number(self._usual_case(token) if begins else token)
                    if weight:
                        self._sightings[number] += 1
                        self._last_used[number] = max(self._last_used[number], line.time)
                        self._vocabulary.count(number, weight, self._sightings[number])
                        taught += 1
                    self._append(number, weight)
                else:
                    self._append(self._number(token), 0.0)
            self._habits = None
        return taught

    def add(self, word: str) -> None:
        """Make a word one that is offered at once."""
        with self._lock:
            number = self._number(word.replace("’", "'"))
            self._vocabulary.count(number, _ADDED, NEW_FROM)
            self._habits = None

    def after(self, context: Sequence[str]) -> Expected:
        """What comes behind the tokens of a line, nearest last (see `autocomplete.text.reading`)."""
        with self._lock:
            if self._habits is None:
                self._habits = self._vocabulary.habits(self._names)
            numbers = [self._ids.get(token, -1) for token in reversed(context[-len(_A) :])]
            followers, scale = self._behind(numbers)
            return Expected(followers, self._habits, scale, self._ids, self._lock)

    def knows(self, word: str) -> bool:
        """Whether this is a word of the user's, in exactly this spelling, that may be offered."""
        number = self._ids.get(word)
        return number is not None and self._vocabulary.offered[number]

    def words(self) -> list[tuple[str, int, float, bool]]:
        """Of every word written: how often, when last (seconds since the epoch), whether the base does not know it."""
        with self._lock:
            seen = [n for n, count in enumerate(self._sightings) if count]
            new = self._vocabulary.new
            return [(self._names[n], self._sightings[n], self._last_used[n], new[n]) for n in seen]

    def _behind(self, numbers: Sequence[int]) -> tuple[list[tuple[str, Own]], float]:
        """The words that followed some ids, nearest first, and what is left for words in no context."""
        if not numbers or numbers[0] < 0:
            return [], 1.0
        # Views, gone at the end: an array that is looked at cannot grow.
        tokens, weights = np.frombuffer(self._tokens, np.int32), np.frombuffer(self._weights, np.float32)
        places = np.array(self._places[numbers[0]][-_LOOKED_AT:], np.int64)
        places = places[places + 1 < len(tokens)]
        counts = weights[places + 1] * _recency(len(tokens) - places)
        places, counts = places[counts > 0], counts[counts > 0]
        words, which = np.unique(tokens[places + 1], return_inverse=True)
        probabilities: Floats = np.zeros(len(words))
        scale, caution = 1.0, 1 + _CAUTION / (self._vocabulary.written + _SOME)
        for before, number in enumerate(numbers):
            if before:
                alike = (places >= before) & (tokens[places - before] == number)
                places, counts, which = places[alike], counts[alike], which[alike]
            if not len(places):
                break
            counted = np.bincount(which, counts, len(words))
            theta = caution * (_A[before] + _B[before] * np.count_nonzero(counted))
            total = theta + float(counted.sum())
            probabilities = (counted + theta * probabilities) / total
            scale *= theta / total
        offered, known_as = self._vocabulary.offered, self._vocabulary.known_as
        followers = [
            (self._folded[n], Own(self._names[n], known_as[n], p))
            for n, p in zip(words.tolist(), probabilities.tolist(), strict=True)
            if p > NEGLIGIBLE and offered[n]
        ]
        return followers, scale

    def _append(self, number: int, weight: float) -> None:
        self._places[number].append(len(self._tokens))
        self._tokens.append(number)
        self._weights.append(weight)

    def _number(self, token: str) -> int:
        """The id of a word or sign, which it gets at its first sighting."""
        number = self._ids.get(token)
        if number is None:
            number = self._ids[token] = len(self._names)
            self._names.append(token)
            self._folded.append(fold(token))
            self._places.append(array("I"))
            self._sightings.append(0)
            self._last_used.append(0.0)
            known, frequency = self._in_base(token) if token[0].isalpha() else (-1, 1.0)
            self._vocabulary.add(self._folded[number], known, frequency)
        return number

    def _in_base(self, word: str) -> tuple[int, float]:
        """The word's id in the base's n-gram model and its frequency there; -1 and 0 when the base does not know it."""
        if self._ngram is None:
            return -1, 0.0
        number = self._ngram.id(word)
        return (-1, self._ngram.rare.probability(word)) if number is None else (number, self._ngram.frequency(number))

    def _usual_case(self, word: str) -> str:
        """A word that begins a sentence, as it is written inside one: small, unless only the capital form is known."""
        small = word[0].lower() + word[1:]
        if small == word:
            return word
        as_given, as_small = self._in_base(word)[1], self._in_base(small)[1]
        if as_given or as_small:
            return word if as_given > as_small else small
        return word if word in self._ids and small not in self._ids else small


def _recency(ages: NDArray[np.int64]) -> Floats:
    """What a word written so many words ago counts."""
    counted: Floats = LASTING + FADING * np.exp2(-ages / LONG) + _FRESH * np.exp2(-ages / _FRESH_LIFE)
    return counted


def _weight(line: Line, start: int) -> float:
    """What the word at `start` of a line teaches."""
    if not line.spans:
        return 1.0
    return max((span.weight for span in line.spans if span.start <= start < span.end), default=0.0)
