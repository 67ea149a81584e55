"""The case of words: what the letters typed tell about the word meant, and how a word is then written."""

from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.ngram import NGramModel
from autocomplete.predict.place import Place

# How often a word's first letter is typed in another case than the word has. Chosen on held-out text.
CASE_SLIP = 0.02


def expected_capital(place: Place) -> bool | None:
    """Whether the word meant has a capital, by its first letter typed; None where that tells nothing.

    It does not at a sentence's start, where all words have one, nor in a shout.
    """
    if not place.word or place.begins_sentence or is_shout(place.word):
        return None
    return place.word[0].isupper()


def case_evidence(capital: bool, expected: bool | None) -> float:
    """How likely the first letter is typed as it was, if the word meant has a capital or not."""
    return 1.0 if expected in (None, capital) else CASE_SLIP


def case_evidences(capitals: NDArray[np.bool_], expected: bool | None) -> NDArray[np.float32] | np.float32:
    """The same for many words."""
    if expected is None:
        return np.float32(1)
    return np.where(capitals == expected, np.float32(1), np.float32(CASE_SLIP))


def is_shout(typed: str) -> bool:
    """Whether the letters typed are all capitals, and more than one."""
    return typed.isupper() and sum(map(str.isalpha, typed)) > 1


def agrees(word: str, typed: str) -> bool:
    """Whether `word` respects the accents in `typed`: "uber" allows "über", but "über" does not allow "uber"."""
    return typed.isascii() or _comparable(word).startswith(_comparable(typed))


def _comparable(text: str) -> str:
    return normalize("NFC", text).lower().replace("ß", "ss").replace("’", "'")


def in_case(word: str, place: Place, ngram: NGramModel | None) -> str:
    """The word in the case that the typed letters or the sentence's start ask for."""
    typed = place.word
    if "’" in typed:
        word = word.replace("'", "’")
    if is_shout(typed):
        return word.upper()
    if typed[:1].isupper() or (place.begins_sentence and not typed):
        return capitalized(word)
    if place.begins_sentence and ngram is not None:
        return ngram.usual_case(word)
    return word


def capitalized(word: str) -> str:
    """The word as it begins a sentence."""
    return word[0].upper() + word[1:]
