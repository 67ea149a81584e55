"""How much each of several languages is believed, from how well it explains what was typed last.

A Bayesian mixture that forgets slowly: a hidden Markov model (the forward algorithm, Rabiner 1989) whose state is the
language and whose output is the next word, explained by the language's n-gram model behind the word before. The
letters of the word being typed are evidence, too.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from autocomplete.model.ngram import NGramModel
from autocomplete.predict.language import Language
from autocomplete.predict.place import CONTEXT_CHARACTERS
from autocomplete.text.folding import fold
from autocomplete.text.reading import OTHER, SENTENCE_START, read_tokens

# A language with less than this part of the largest share is not asked for words: it would take time and bring foreign
# ones. Of two languages it has less than a tenth. Chosen on held-out text, as are the figures below; docs/bilingual.md
# has what others gave.
MIN_SHARE = 1 / 9
# How often a writer is taken to choose the language anew, at the word behind a break and at any other.
_AT_BREAK, _WITHIN = 0.01, 0.003
_BREAKS = frozenset({SENTENCE_START, OTHER, ".", "!", "?", "…", ":", '"', "("})
# The chance of a word that the n-gram model does not hold, and of each letter in which it is like none that it holds.
_NEW_WORD = 0.005
_PER_LETTER = 0.12
# The share of words with a capital inside a sentence that are names or titles, which any language may borrow.
_BORROWED = 0.8


class Mixture:
    """The shares of the languages of one text. How well each explains a word is worked out once."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._count = len(languages)
        self._ngrams = [language.ngram for language in languages if language.ngram]
        self._explained = lru_cache(maxsize=1024)(self._explain)
        self._forward = lru_cache(maxsize=16)(self._read)

    def weights(self, before: str, letters: str = "") -> tuple[float, ...]:
        """The probabilities that the next word, which begins with `letters`, is in each of the languages.

        `before`: the text before that word; its last `CONTEXT_CHARACTERS` count. No language is ever given up. Where
        one has no n-gram model, nothing is known and all are equal.
        """
        if len(self._ngrams) < 2 or len(self._ngrams) < self._count:
            return (1 / self._count,) * self._count
        weights, previous = self._forward(before[-CONTEXT_CHARACTERS:])
        return _posterior(weights, self._explained(previous, letters, False)) if letters else weights

    def _read(self, window: str) -> tuple[tuple[float, ...], str]:
        """The languages' probabilities at the word behind `window`, and the token before it."""
        weights = (1 / self._count,) * self._count
        previous = ""
        cut = len(window) == CONTEXT_CHARACTERS
        for token, _ in read_tokens(window):
            if token[0].isalpha() and not cut:
                weights = _posterior(_chosen_anew(weights, previous), self._explained(previous, token, True))
            # The first word may be cut: it only stands before the others.
            cut = cut and token == SENTENCE_START
            previous = token
        return _chosen_anew(weights, previous), previous

    def _explain(self, previous: str, letters: str, whole: bool) -> tuple[float, ...]:
        """How probable each language makes a word of these letters, or one that begins with them, behind a token."""
        folded = fold(letters)
        result = []
        for ngram in self._ngrams:
            low, high = ngram.slice(folded)
            if whole:
                same = ngram.spelled(folded)
                low, high = same.start, same.stop
            result.append(ngram.mass([previous], low, high) + _NEW_WORD * _spelling(ngram, folded))
        if not letters[0].isupper() or previous in _BREAKS:
            return tuple(result)
        borrowed = _BORROWED * sum(result) / len(result)
        return tuple((1 - _BORROWED) * probability + borrowed for probability in result)


def _spelling(ngram: NGramModel, folded: str) -> float:
    """How probable it is that a word the n-gram model does not hold is spelled so, judged by those it holds."""
    at = bisect_left(ngram.folded, folded)
    known = max(_shared(folded, word) for word in ngram.folded[max(0, at - 1) : at + 1])
    low, high = ngram.slice(folded[:known])
    return (high - low) / len(ngram.folded) * _PER_LETTER ** (len(folded) - known)


def _shared(one: str, other: str) -> int:
    """How many leading characters are the same."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _chosen_anew(weights: tuple[float, ...], previous: str) -> tuple[float, ...]:
    """The probabilities of the languages of the word behind the token `previous`, from those of the word before."""
    share = _AT_BREAK if previous in _BREAKS else _WITHIN
    return tuple((1 - share) * weight + share / len(weights) for weight in weights)


def _posterior(weights: tuple[float, ...], explained: tuple[float, ...]) -> tuple[float, ...]:
    """Bayes: what each language was believed, times how probable it makes what was seen."""
    products = [weight * probability for weight, probability in zip(weights, explained, strict=True)]
    total = sum(products)
    return tuple(product / total for product in products)
