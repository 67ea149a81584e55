"""Which of the languages a line is written in, by the words that their n-gram models know."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from autocomplete.installed import model_folder
from autocomplete.model.bundle import NGRAM, Bundle
from autocomplete.model.ngram import NGramModel
from autocomplete.text.folding import fold
from autocomplete.text.words import WORD

# What a word is worth that no language knows, and, for one word on average, at how much a line is explained by none.
# Of lines of five words and more, one in 200 of English and German mail and letters is worth less, most of them names
# or damaged; of French, Dutch, Swedish, Italian and Spanish prose all are.
_UNKNOWN = math.log(1e-7)
_UNEXPLAINED = -12.4
_ENOUGH_WORDS = 5
# How strongly the rest of the file speaks, against one line's own words.
_RARE_SHARE = 0.02
_WORDS_JUDGED = 60


class Evidence(NamedTuple):
    """Of one line: how many words were judged, and how probable each language makes them (log, all together)."""

    words: int
    logs: tuple[float, ...]


class LanguageGuess:
    """Guesses among some of the installed languages; reads their n-gram models once."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Raises `ModelError` when a language is not there or damaged."""
        self.languages = tuple(languages)
        self._ngrams = [
            NGramModel.load(Bundle.open(model_folder(language)).path(NGRAM)) for language in languages
        ]
        self._word = lru_cache(maxsize=1 << 16)(self._judge)

    def evidence(self, text: str) -> Evidence:
        """What a line says about its language; its first words are enough."""
        words = [match.group() for match, _ in zip(WORD.finditer(text), range(_WORDS_JUDGED), strict=False)]
        judged = [self._word(word) for word in words]
        return Evidence(len(words), tuple(sum(logs) for logs in zip(*judged, strict=True)))

    def choose(self, lines: Sequence[Evidence]) -> list[str]:
        """The language of each line of one file; "" where none explains it. Short lines go with the others."""
        totals = [1.0 for _ in self.languages]
        foreign = explained = 0
        for line in lines:
            if line.words >= _ENOUGH_WORDS:
                if max(line.logs) < _UNEXPLAINED * line.words:
                    foreign += line.words
                else:
                    explained += line.words
                    totals[line.logs.index(max(line.logs))] += line.words
        prior = [math.log(max(_RARE_SHARE, total / sum(totals))) for total in totals]
        return [self._of(line, prior, foreign > explained) for line in lines]

    def _of(self, line: Evidence, prior: Sequence[float], in_foreign: bool) -> str:
        if not line.words:
            return "" if in_foreign else self.languages[prior.index(max(prior))]
        best = max(line.logs)
        if best < _UNEXPLAINED * line.words and (in_foreign or line.words >= _ENOUGH_WORDS):
            return ""
        posterior = [log + before for log, before in zip(line.logs, prior, strict=True)]
        return self.languages[posterior.index(max(posterior))]

    def _judge(self, word: str) -> tuple[float, ...]:
        folded = fold(word)
        result = []
        for ngram in self._ngrams:
            same = ngram.spelled(folded)
            known = ngram.mass([], same.start, same.stop)
            result.append(max(_UNKNOWN, math.log(known)) if known > 0 else _UNKNOWN)
        return tuple(result)
