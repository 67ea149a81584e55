"""A list of words that complete a prefix, for peers that bring words but no rules of spelling and case."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from unicodedata import normalize

from autocomplete.predict.place import Place
from autocomplete.text.folding import fold

_AFTER_LAST = "\U0010ffff"


class Vocabulary:
    """Words sorted by their folded spelling: those that begin with a prefix are one slice."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: how often each word was written inside sentences."""
        ordered = sorted((fold(word), word) for word in counts)
        self.words = [word for _, word in ordered]
        self._folded = [folded for folded, _ in ordered]
        self._counts = counts

    def slice(self, typed: str) -> tuple[int, int]:
        """The range of words that begin with the letters typed, whatever their case and accents."""
        prefix = fold(typed)
        low = bisect_left(self._folded, prefix)
        return low, bisect_left(self._folded, prefix + _AFTER_LAST, low) if prefix else len(self._folded)

    def usual_case(self, word: str) -> str:
        """The word as it is mostly written inside a sentence: "The" → "the", but "Berlin" stays."""
        lower = word[:1].lower() + word[1:]
        return lower if self._counts.get(lower, 0) > self._counts.get(word, 0) else word


def shown(words: Mapping[str, float], place: Place, k: int, usual_case: Callable[[str], str]) -> list[str]:
    """The `k` best words as they are shown at the place, never the letters typed themselves.

    `words`: each with its probability or frequency; those shown alike count together.
    """
    together: dict[str, float] = {}
    for word, p in words.items():
        if agrees(word, place.word):
            text = in_case(usual_case(word) if place.begins_sentence else word, place)
            together[text] = together.get(text, 0.0) + p
    together.pop(normalize("NFC", place.word), None)
    return sorted(together, key=lambda text: (-together[text], text))[:k]


def agrees(word: str, typed: str) -> bool:
    """Whether the word respects the accents typed: "uber" allows "über", but "über" does not allow "uber"."""
    return typed.isascii() or _comparable(word).startswith(_comparable(typed))


def in_case(word: str, place: Place) -> str:
    """The word in the case that the typed letters or the sentence's start ask for."""
    typed = place.word
    word = word.replace("'", "’") if "’" in typed else word
    if typed.isupper() and sum(map(str.isalpha, typed)) > 1:
        return word.upper()
    if typed[:1].isupper() or (place.begins_sentence and not typed):
        return word[:1].upper() + word[1:]
    return word


def _comparable(text: str) -> str:
    return normalize("NFC", text).lower().replace("ß", "ss").replace("’", "'")
