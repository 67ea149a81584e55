"""The n-gram model: what was often written word for word, and a large vocabulary of whole words.

It stands beside the LSTM, which knows what fits but spells rare words piece by piece. Probabilities are interpolated
(Kneser & Ney 1995):

    P(w | h) = kept(w | h) + γ(h) P(w | h without its first word)

Words are sorted by their folded spelling, so that the words a typed prefix allows are one slice, in the
vocabulary and among the successors of any context. Contexts form a tree whose root is the nearest word.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from autocomplete.errors import ModelError, brief
from autocomplete.model.contexts import Level, read_levels
from autocomplete.model.rare import RareWords
from autocomplete.model.tensors import UNREADABLE, expect
from autocomplete.model.triggers import NEAREST, Triggers
from autocomplete.model.wordlist import WordList, decompress
from autocomplete.text.folding import fold

# Ids above the words, for what stands between words; only contexts hold them.
SPECIALS = ("<s>", "<number>", "<other>", "<unknown>", ",", ".", "!", "?", ":", ";", "-", "(", ")", '"', "…")
UNKNOWN = "<unknown>"  # any word that is not among the words
MAX_WORDS = (1 << 16) - 64
_MOST_IN_ALL = 1.5  # the sum of the words' probabilities, rounded as they are


# Ids and the mass of each.
Successors = tuple[NDArray[np.uint16], NDArray[np.float32]]


class NGramModel:
    """Word probabilities after some words of context, for all words or those with a prefix.

    `words[i]` is the spelling of id i, in the case it has inside a sentence, `folded[i]` its folded one, `capitals[i]`
    whether it has a capital; `rare` holds rarer words, which no context knows.
    """

    def __init__(
        self,
        words: WordList,
        folded: WordList,
        unigram: NDArray[np.float32],
        levels: Sequence[Level],
        triggers: Triggers,
        rare: RareWords,
    ) -> None:
        self.words = words
        self.rare = rare
        self.folded = folded
        self.capitals = np.array([word[0].isupper() for word in words], dtype=bool)
        self._unigram = unigram
        self._levels = levels
        self._triggers = triggers
        self._find = lru_cache(maxsize=4096)(self._look_up)  # a line's words are asked for at every word
        self._specials = {special: len(words) + i for i, special in enumerate(SPECIALS)}

    @classmethod
    def load(cls, path: Path) -> "NGramModel":
        """Read the file; a damaged one is a `ModelError` naming it."""
        try:
            with safe_open(path, "np") as file:
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            words, folded = (decompress(expect(tensors, name, np.uint8, None)) for name in ("words", "folded"))
            if not len(words) == len(folded) <= MAX_WORDS:
                raise ValueError(f"it has {len(words)} words, and {len(folded)} without their case")
            unigram = expect(tensors, "unigram", np.float32, len(words))
            if not (unigram >= 0).all() or not unigram.sum(dtype=np.float64) < _MOST_IN_ALL:
                raise ValueError("its unigram holds what is no probability")
            levels, triggers = read_levels(tensors, len(words)), Triggers.read(tensors, len(words))
            return cls(words, folded, unigram, levels, triggers, RareWords.read(tensors))
        except UNREADABLE as error:
            raise ModelError(
                f"The n-gram model {path} cannot be read ({brief(error)}); install the model again."
            ) from error

    def id(self, token: str) -> int | None:
        """The id of a word in exactly this spelling or of a special token; None for an unknown one."""
        return self._find(token)

    def _look_up(self, token: str) -> int | None:
        if token in self._specials:
            return self._specials[token]
        return next((i for i in self.spelled(fold(token)) if self.words[i] == token), None)

    def spelled(self, folded: str) -> range:
        """The ids of the words with exactly this folded spelling."""
        return self.folded.equal(folded)

    @cached_property
    def alphabet(self) -> str:
        """The letters and joiners that the folded words are made of."""
        return "".join(sorted(set("".join(self.folded))))

    def usual_case(self, word: str) -> str:
        """The word as it is mostly written inside a sentence: "The" → "the", but "Berlin" stays."""
        lower = word[0].lower() + word[1:]
        if lower == word:
            return word
        as_lower, as_given = self.id(lower), self.id(word)
        if as_lower is None:
            return word
        return lower if as_given is None or self._unigram[as_lower] > self._unigram[as_given] else word

    def frequency(self, word: int) -> float:
        """The probability of the word with this id where nothing is known of its surroundings."""
        return float(self._unigram[word])

    def slice(self, folded_prefix: str) -> tuple[int, int]:
        """The range of ids whose folded spelling begins with the prefix."""
        return self.folded.slice(folded_prefix)

    def after(self, context: Sequence[str]) -> "WordDistribution":
        """The distribution of the next word behind the tokens of a line, nearest last.

        All words but the nearest may announce others.
        """
        numbers = [self.id(token) for token in context]
        successors, scale = self._behind(numbers)
        cues = [n for n in numbers[: 1 - NEAREST] if n is not None and n < len(self.words)]
        return WordDistribution(self._unigram, successors, scale, *self._triggers.factors(cues))

    def mass(self, context: Sequence[str], low: int, high: int) -> float:
        """The probability that the next word is one of the ids low … high - 1, by the n-grams alone.

        For those who ask about few words: the distribution of `after` is not made.
        """
        successors, scale = self._behind([self.id(token) for token in context])
        total = scale * float(self._cumulative[high] - self._cumulative[low])
        for words, masses in successors:
            first, last = words.searchsorted(np.array([low, high], dtype=np.uint16)).tolist()
            total += float(masses[first:last].sum())
        return total

    @cached_property
    def _cumulative(self) -> NDArray[np.float64]:
        """The unigram probability of all words before each id."""
        return np.concatenate([[0.0], self._unigram.cumsum(dtype=np.float64)])

    def _behind(self, numbers: Sequence[int | None]) -> tuple[list[Successors], float]:
        """What the n-grams know behind some ids (None: an unknown word), nearest last.

        Words and their masses for each context, longest first, and what is left for the unigrams.
        """
        unknown = self._specials[UNKNOWN]
        known: list[tuple[Level, int]] = []
        node = 0
        for level, number in zip(self._levels, reversed(numbers), strict=False):
            node = level.find(node, unknown if number is None else number)
            if node < 0:
                break
            known.append((level, node))
        found = []
        scale = 1.0
        for level, node in reversed(known):
            words, masses = level.successors(node)
            if len(words):
                found.append((words, masses * np.float32(scale)))
            scale *= level.left_over(node)
        return found, scale


class WordDistribution:
    """P(w | context) for one context, looked up once and asked for any slice of the words."""

    def __init__(
        self,
        unigram: NDArray[np.float32],
        successors: list[Successors],
        scale: float,
        announced: NDArray[np.int64],
        factors: NDArray[np.float32],
    ) -> None:
        """scale: what is left for the unigrams, and for rare words. `announced`: ids, sorted, whose probabilities are
        multiplied by `factors`; all are normalized again."""
        self._unigram, self._scale, self._successors = unigram, np.float32(scale), successors
        self._announced, self._factors = announced, factors
        gained = float(((factors - 1) * self._plain(announced)).sum())
        self._share = np.float32(1 / (1 + gained))

    @property
    def unforeseen(self) -> float:
        """By what a word's probability out of context is multiplied here when the context does not know the word."""
        return float(self._scale * self._share)

    def of(self, low: int, high: int) -> NDArray[np.float32]:
        """The probabilities of the ids low … high - 1, shape (high - low,)."""
        result = self._unigram[low:high] * self._scale
        ends = np.array([low, high], dtype=np.uint16)
        for words, masses in self._successors:
            first, last = words.searchsorted(ends).tolist()
            result[words[first:last] - ends[0]] += masses[first:last]
        first, last = self._announced.searchsorted((low, high)).tolist()
        result[self._announced[first:last] - low] *= self._factors[first:last]
        result *= self._share
        return result

    def _plain(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The probabilities of some ids as the n-grams have them."""
        result = self._unigram[ids] * self._scale
        for words, masses in self._successors:
            places = np.minimum(words.searchsorted(ids), len(words) - 1)
            result += np.where(words[places] == ids, masses[places], 0)
        return result


def largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Where the `count` largest values stand, in no order; fast for long arrays too."""
    if len(values) <= count:
        return np.arange(len(values))
    row = 64
    if len(values) > 4 * row * count:  # only rows with the largest maxima can hold them
        body = len(values) // row * row
        rows = np.argpartition(values[:body].reshape(-1, row).max(axis=1), -count)[-count:]
        places = np.concatenate(
            [(rows[:, None] * row + np.arange(row)).ravel(), np.arange(body, len(values))]
        )
        return places[np.argpartition(values[places], -count)[-count:]]
    return np.argpartition(values, -count)[-count:]
