"""How much each of several languages is believed, from how well it explains what was just typed."""

from collections.abc import Sequence

from autocomplete.predict.language import Language
from autocomplete.text.reading import read_tokens

_UNKNOWN = 1e-6  # probability given to a word that a language's memory does not hold
_SWITCH = 0.01  # how often, word by word, a writer is taken to choose the language anew


def language_weights(languages: Sequence[Language], before: str) -> list[float]:
    """The probability that the next word is in each language, after the words of `before`.

    A hidden Markov model whose state is the language and whose output is the word by itself. `before` may begin in
    mid-word. No language is ever given up.
    """
    even = 1 / len(languages)
    weights = [even] * len(languages)
    if len(languages) == 1:
        return weights
    for token, begins_sentence in read_tokens(before):
        if not token[0].isalpha():
            continue
        seen = [
            weight * _word_probability(language, token, begins_sentence)
            for weight, language in zip(weights, languages, strict=True)
        ]
        total = sum(seen)
        weights = [(1 - _SWITCH) * share / total + _SWITCH * even for share in seen]
    return weights


def _word_probability(language: Language, word: str, begins_sentence: bool) -> float:
    memory = language.memory
    if memory is None:
        return _UNKNOWN
    number = memory.id(memory.usual_case(word) if begins_sentence else word)
    if number is None:
        return _UNKNOWN
    return max(_UNKNOWN, memory.frequency(number))
