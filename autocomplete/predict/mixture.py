"""How much each of several languages is believed, from how well it explains what was just typed."""

import math
from collections.abc import Sequence

from autocomplete.predict.language import Language
from autocomplete.text.reading import read_tokens

_UNKNOWN = 1e-7  # probability given to a word that a language's memory does not hold
_FADING = 0.85  # each further word back counts this much less
_LEAST = 0.01  # no language is given up: the next word may be in it


def language_weights(languages: Sequence[Language], before: str) -> list[float]:
    """The posterior probability of each language after the words of `before`, which may begin in mid-word.

    A Bayesian mixture with forgetting: the log-likelihood of a word k words back counts 0.85^k.
    """
    if len(languages) == 1:
        return [1.0]
    words = [(token, begins) for token, begins in read_tokens(before) if token[0].isalpha()]
    scores = []
    for language in languages:
        score = 0.0
        for token, begins in words:
            score = _FADING * score + math.log(_word_probability(language, token, begins))
        scores.append(score)
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares)
    return [_LEAST + (1 - _LEAST * len(shares)) * share / total for share in shares]


def _word_probability(language: Language, word: str, begins_sentence: bool) -> float:
    memory = language.memory
    if memory is None:
        return _UNKNOWN
    number = memory.id(memory.usual_case(word) if begins_sentence else word)
    if number is None:
        return _UNKNOWN
    return max(_UNKNOWN, memory.frequency(number))
