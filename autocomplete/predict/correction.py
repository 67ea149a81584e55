"""What was probably meant by the word before the cursor, when it is no word.

The noisy channel (Kernighan, Church & Gale 1990): each word w that a slip may have turned into what was typed is
weighed by P(w | context) P(typed | w), against the chance that a new word was meant as typed.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from autocomplete.predict.keyboard import ACCENT, neighbours, slips
from autocomplete.predict.language import Language
from autocomplete.predict.place import find_place, in_code
from autocomplete.text.folding import fold
from autocomplete.text.words import current_word

# Below this posterior probability nothing is offered. Chosen on typing logs and clean text, see docs/quality.md.
CONFIDENT = 0.9
# The chance that a word is one the n-gram models do not hold, spread over all strings of its length.
_NEW_WORD = 3e-3
_PER_LETTER = 0.12
_SEPARATOR = re.compile(r"[ .,;:!?)\]}…]\Z")  # not Enter, which corrects nothing
_JOINERS = ("'", "’", "-")  # at a word's end they close a quotation or announce another word: "Haus- und"
_LAYOUTS = {"de": "qwertz"}


@dataclass(frozen=True)
class Correction:
    """`typed` is no word; `text` was probably meant, with the probability `confidence` (0 to 1)."""

    typed: str
    text: str
    confidence: float


def correct(languages: Sequence[Language], weights: Sequence[float], before: str) -> Correction | None:
    """A correction of the last word of `before`, which may have one separator behind it. None to leave it alone.

    Left alone are words that any of the languages knows, words in capitals, and what looks like an address or code.
    """
    separator = _SEPARATOR.search(before)
    before = before[: separator.start()] if separator else before
    typed = current_word(before)
    word = normalize("NFC", typed).replace("’", "'")
    if len(word) < 2 or word[1:] != word[1:].lower() or typed.endswith(_JOINERS) or in_code(before):
        return None
    place = find_place(before)
    if place is None or any(_knows(language, word) for language in languages):
        return None
    weighed: dict[str, float] = {}
    for language, weight in zip(languages, weights, strict=True):
        ngram = language.ngram
        if ngram is None:
            continue
        after = ngram.after(place.context)
        for number, channel in _meant(language, fold(word)).items():
            text = ngram.words[number]
            p = weight * float(after.of(number, number + 1)[0]) * math.exp(channel)
            if word[0].isupper():
                text = text[0].upper() + text[1:]
            if "’" in typed:
                text = text.replace("'", "’")
            weighed[text] = weighed.get(text, 0.0) + p
    if not weighed:
        return None
    best = max(weighed, key=lambda text: (weighed[text], text))
    confidence = weighed[best] / (sum(weighed.values()) + _NEW_WORD * _PER_LETTER ** len(word))
    return Correction(typed, best, confidence) if confidence >= CONFIDENT else None


def _knows(language: Language, word: str) -> bool:
    ngram, personal = language.ngram, language.personal
    forms = {word, word[0].lower() + word[1:]}
    if personal and any(personal.written.knows(form) for form in forms):
        return True
    return ngram is not None and any(ngram.id(form) is not None for form in forms)


def _meant(language: Language, typed: str) -> dict[int, float]:
    """Ids of the words one slip away from the folded `typed`, each with its likeliest slip's log-probability."""
    ngram = language.ngram
    assert ngram is not None
    near = neighbours(_LAYOUTS.get(language.name, "qwerty"))
    found = dict.fromkeys(ngram.spelled(typed), ACCENT)
    for meant, channel in slips(typed, ngram.alphabet, near):
        for number in ngram.spelled(meant):
            found[number] = max(channel, found.get(number, -math.inf))
    return found
