"""Words that are not offered, however probable they are."""

import pytest

import autocomplete
from autocomplete.assets import assets
from autocomplete.text.folding import fold
from autocomplete.text.offensive import offensive_words


def _offered(completer: autocomplete.Completer, text: str) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [fold(suggestion.text) for suggestion in stream.suggest(5)]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_lists_hold_single_folded_words_once(language):
    words = (assets() / "offensive" / f"{language}.txt").read_text().split("\n")[:-1]
    assert words == list(dict.fromkeys(words))
    assert all(word.isalpha() and word == word.lower() for word in words)
    assert offensive_words(language) == set(map(fold, words))


def test_a_language_without_a_list_has_no_such_words():
    assert offensive_words("xx") == frozenset()
    assert offensive_words("../models/en/config") == frozenset()


@pytest.mark.parametrize("text", ["he is a ba", "the ", "what a b"])
def test_three_words_are_offered_all_the_same(text):
    assert len(_offered(autocomplete.load("en"), text)) == 5
