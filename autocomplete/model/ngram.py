"""The n-gram memory: what was often written word for word, and a large vocabulary of whole words.

It stands beside the LSTM, which knows what fits but spells rare words piece by piece. Interpolated absolute
discounting (Ney, Essen & Kneser 1994) over words, the lowest order by continuation counts:

    P(w | h) = kept(w | h) + γ(h) P(w | h without its first word)

Words are sorted by their folded spelling, so that the words a typed prefix allows are one slice, in the
vocabulary and among the successors of any context.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from autocomplete.errors import ModelError
from autocomplete.model.triggers import NEAREST, Triggers
from autocomplete.text.folding import fold

# Ids above the words, for what stands between words; only contexts hold them.
SPECIALS = ("<s>", "<number>", "<other>", ",", ".", "!", "?", ":", ";", "-", "(", ")", '"', "…")
MAX_WORDS = (1 << 16) - 64
# Log-probabilities are kept in one byte, in steps of 1/16 nat: an error of at most 3 %.
LOG_STEP = 1 / 16
_FROM_BYTE = np.exp(-LOG_STEP * np.arange(256)).astype(np.float32)
_AFTER_LAST = "\U0010ffff"


def to_byte(probabilities: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Probabilities in (0, 1] as bytes (see `LOG_STEP`)."""
    logs = -np.log(np.maximum(probabilities, 1e-30)) / LOG_STEP
    return np.clip(np.rint(logs), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class _Order:
    """One order's contexts (sorted keys, where their successors begin, γ) and successors (ids, kept mass)."""

    keys: NDArray[np.uint64]
    offsets: NDArray[np.uint32]
    backoff: NDArray[np.uint8]
    words: NDArray[np.uint16]
    kept: NDArray[np.uint8]

    def find(self, key: int) -> int:
        at = int(self.keys.searchsorted(np.uint64(key)))
        return at if at < len(self.keys) and self.keys[at] == key else -1

    def span(self, at: int) -> slice:
        """Where the successors of the context at `at` stand."""
        return slice(int(self.offsets[at]), int(self.offsets[at + 1]))


def pack_context(context: Sequence[int]) -> int:
    """The context's word ids as one key."""
    key = 0
    for word in context:
        key = key << 16 | word
    return key


class NGramMemory:
    """Word probabilities after up to three words of context, for all words or those with a prefix.

    `words[i]` is the spelling of id i, in the case it has inside a sentence.
    """

    def __init__(
        self,
        words: list[str],
        unigram: NDArray[np.float32],
        orders: Sequence[_Order],
        triggers: Triggers,
    ) -> None:
        self.words = words
        self.folded = fold_all(words)
        self._unigram = unigram
        self._orders = orders
        self._triggers = triggers
        self._find = lru_cache(maxsize=4096)(self._look_up)  # a line's words are asked for at every word
        self._specials = {special: len(words) + i for i, special in enumerate(SPECIALS)}
        self._special_names = frozenset(SPECIALS)

    @classmethod
    def load(cls, path: Path) -> "NGramMemory":
        """Maps the file into memory; a damaged one is a `ModelError` naming it."""
        try:
            with safe_open(path, "np") as file:
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            words = tensors["words"].tobytes().decode().split("\n")
            count = sum(name.startswith("keys") for name in tensors)
            orders = [
                _Order(*(tensors[f"{part}.{n}"] for part in ("keys", "offsets", "backoff", "words", "kept")))
                for n in range(2, 2 + count)
            ]
            triggers = Triggers(*(tensors[f"triggers.{part}"] for part in ("offsets", "words", "gains")))
            return cls(words, tensors["unigram"], orders, triggers)
        except (OSError, SafetensorError, KeyError, UnicodeDecodeError) as error:
            raise ModelError(f"The n-gram memory {path} cannot be read ({error}); install the model again.") from error

    def id(self, token: str) -> int | None:
        """The id of a word in exactly this spelling or of a special token; None for an unknown one."""
        return self._find(token)

    def _look_up(self, token: str) -> int | None:
        if token in self._special_names:
            return self._specials[token]
        return next((i for i in self.spelled(fold(token)) if self.words[i] == token), None)

    def spelled(self, folded: str) -> range:
        """The ids of the words with exactly this folded spelling."""
        low = bisect_left(self.folded, folded)
        high = low
        while high < len(self.folded) and self.folded[high] == folded:
            high += 1
        return range(low, high)

    @cached_property
    def alphabet(self) -> str:
        """The letters and joiners that the folded words are made of."""
        return "".join(sorted(set().union(*self.folded)))

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
        low = bisect_left(self.folded, folded_prefix)
        if not folded_prefix:
            return 0, len(self.folded)
        return low, bisect_left(self.folded, folded_prefix + _AFTER_LAST, low)

    def after(self, context: Sequence[str]) -> "WordDistribution":
        """The distribution of the next word behind the tokens of a line, nearest last.

        An unknown token cuts what the n-grams see; all words but the nearest may announce others.
        """
        numbers = [self.id(token) for token in context]
        found = []
        scale = 1.0
        for order, at, share in self._levels(numbers):
            span = order.span(at)
            found.append((order.words[span], _FROM_BYTE[order.kept[span]] * np.float32(share)))
            scale = share * float(_FROM_BYTE[order.backoff[at]])
        cues = [n for n in numbers[: 1 - NEAREST] if n is not None and n < len(self.words)]
        return WordDistribution(self._unigram, np.float32(scale), found, *self._triggers.factors(cues))

    def mass(self, context: Sequence[str], low: int, high: int) -> float:
        """The probability that the next word is one of the ids low … high - 1, by the n-grams alone.

        For those who ask about few words: the distribution of `after` is not made.
        """
        total, scale = 0.0, 1.0
        for order, at, share in self._levels([self.id(token) for token in context]):
            span = order.span(at)
            words = order.words[span]
            first, last = int(words.searchsorted(np.uint16(low))), int(words.searchsorted(np.uint16(high)))
            kept = order.kept[span.start + first : span.start + last]
            total += share * float(_FROM_BYTE[kept].sum())
            scale = share * float(_FROM_BYTE[order.backoff[at]])
        return total + scale * float(self._cumulative[high] - self._cumulative[low])

    @cached_property
    def _cumulative(self) -> NDArray[np.float64]:
        """The unigram probability of all words before each id."""
        return np.concatenate([[0.0], self._unigram.cumsum(dtype=np.float64)])

    def _levels(self, numbers: Sequence[int | None]) -> Iterator[tuple[_Order, int, float]]:
        """The orders that hold the end of the context, longest first: where in the order it is, and its share."""
        ids: list[int] = []
        for number in numbers[-len(self._orders) :]:
            ids = [] if number is None else [*ids, number]
        share = 1.0
        for length in range(len(ids), 0, -1):
            order = self._orders[length - 1]
            at = order.find(pack_context(ids[-length:]))
            if at >= 0:
                yield order, at, share
                share *= float(_FROM_BYTE[order.backoff[at]])


class WordDistribution:
    """P(w | context) for one context, looked up once and asked for any slice of the words."""

    def __init__(
        self,
        unigram: NDArray[np.float32],
        scale: np.float32,
        successors: list[tuple[NDArray[np.uint16], NDArray[np.float32]]],
        announced: NDArray[np.int64],
        factors: NDArray[np.float32],
    ) -> None:
        """`announced`: ids, sorted, whose probabilities are multiplied by `factors`; all are normalized again."""
        self._unigram, self._scale, self._successors = unigram, scale, successors
        self._announced, self._factors = announced, factors
        gained = float(((factors - 1) * self._plain(announced)).sum())
        self._share = np.float32(1 / (1 + gained))

    def of(self, low: int, high: int) -> NDArray[np.float32]:
        """The probabilities of the ids low … high - 1, shape (high - low,)."""
        result = self._unigram[low:high] * self._scale
        for words, masses in self._successors:
            first, last = int(words.searchsorted(np.uint16(low))), int(words.searchsorted(np.uint16(high)))
            result[words[first:last] - np.uint16(low)] += masses[first:last]
        first, last = int(self._announced.searchsorted(low)), int(self._announced.searchsorted(high))
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


def fold_all(words: list[str]) -> list[str]:
    """The folded spelling of each word."""
    return fold("\n".join(words)).split("\n")
