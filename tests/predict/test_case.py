"""Suggestions in the case, with the accents and with the apostrophes that were typed."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete.predict.completer import Completer
from autocomplete.text.folding import fold
from autocomplete.text.words import WORD
from tests.tiny_model import sentences

GERMAN_WORDS = sorted(set(WORD.findall(sentences("de"))))
ENGLISH_WORDS = sorted(set(WORD.findall(sentences("en"))))


def _words(completer: Completer, text: str, count: int = 5) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [suggestion.text for suggestion in stream.suggest(count)]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("DON", "DON'T"),
        ("DON'", "DON'T"),
        ("DON’", "DON’T"),
        ("IT'", "IT'S"),
        ("SHOULDN'", "SHOULDN'T"),
        ("WELL-", "WELL-KNOWN"),
        ("CAF", "CAFÉ"),
        ("TH", "THE"),
    ],
)
def test_a_shout_stays_one(en, typed, word):
    assert _words(en, typed)[0] == word
    assert all(word.isupper() for word in _words(en, typed))


@pytest.mark.parametrize(
    ("typed", "word"), [("GRU", "GRÜSSE"), ("GRÜSS", "GRÜSSE"), ("STRASS", "STRASSE"), ("ÜB", "ÜBER"), ("WEI", "WEISS")]
)
def test_a_german_shout_writes_ss(de, typed, word):
    assert word in _words(de, typed)
    assert all(word.isupper() for word in _words(de, typed))


@pytest.mark.parametrize(("typed", "word"), [("I'", "I'm"), ("I’", "I’m"), ("D", "Don't"), ("L", "Let"), ("M", "My")])
def test_one_capital_is_no_shout(en, typed, word):
    assert word in _words(en, typed)
    assert not any(word.isupper() for word in _words(en, typed) if sum(map(str.isalpha, word)) > 1)


@pytest.mark.parametrize(("typed", "word"), [("thE", "the"), ("lonDO", "London"), ("dON", "don't"), ("Thi", "This")])
def test_mixed_case_is_no_shout(en, typed, word):
    assert word in _words(en, "They " + typed)


@pytest.mark.parametrize(
    ("typed", "word"), [("don’", "don’t"), ("Don’", "Don’t"), ("i’", "I’m"), ("isn’", "isn’t"), ("haven’", "haven’t")]
)
def test_a_typographic_apostrophe_is_answered_by_one(en, typed, word):
    assert _words(en, typed)[0] == word
    assert not any("'" in word for word in _words(en, typed, 50))


@pytest.mark.parametrize(("typed", "word"), [("don'", "don't"), ("don", "don't"), ("isn", "isn't")])
def test_a_plain_apostrophe_or_none_is_answered_by_a_plain_one(en, typed, word):
    assert word in _words(en, "They " + typed)
    assert not any("’" in word for word in _words(en, typed, 50))


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("u\u0308b", "über"),
        ("U\u0308b", "Über"),
        ("U\u0308B", "ÜBER"),
        ("mo\u0308", "möchte"),
        ("Ka\u0308", "Käse"),
        ("Ich mo\u0308c", "möchte"),
        ("Die Ka\u0308", "Käse"),
    ],
)
def test_an_umlaut_typed_as_letter_and_mark_finds_its_words(de, typed, word):
    assert word in _words(de, typed)


def test_a_word_typed_with_letter_and_mark_is_not_suggested_again(en):
    assert "café" not in _words(en, "cafe\u0301")
    assert _words(en, "cafe")[0] == "café"


@pytest.mark.parametrize("typed", ["Gruss", "Grüss", "Grüß", "gruss", "grüss", "gru", "grü"])
def test_sharp_s_is_found_by_ss_and_by_itself(de, typed):
    assert _words(de, "Schöne " + typed)[0].lower() == "grüße"


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("übe", "üb"), ("ü", "ü"), ("Ü", "Ü"), ("kö", "kö"), ("mö", "mö"), ("prü", "prü"), ("fä", "fä")],
)
def test_accents_that_were_typed_are_kept(de, typed, marked):
    words = _words(de, typed, 50)
    assert words
    assert all(word.lower().startswith(marked.lower()) for word in words)


def test_accents_that_were_not_typed_may_come(de):
    assert "über" in _words(de, "ube")
    assert "können" in {word.lower() for word in _words(de, "kon", 50)}


def test_an_accent_in_the_wrong_place_finds_nothing(de):
    assert not {word.lower() for word in _words(de, "möcht", 50)} & {"mochte"}
    assert "heute" not in _words(de, "heü", 50)


@settings(max_examples=60)
@given(word=st.sampled_from(ENGLISH_WORDS + GERMAN_WORDS), share=st.floats(0, 1))
def test_what_is_suggested_to_a_shout_is_a_shout(both, word, share):
    typed = word[: max(2, round(share * len(word)))].upper()
    if sum(map(str.isalpha, typed)) < 2:
        return
    assert all(suggested == suggested.upper() for suggested in _words(both, typed, 20))


@settings(max_examples=60)
@given(word=st.sampled_from(GERMAN_WORDS), share=st.floats(0, 1))
def test_composed_and_decomposed_letters_find_the_same(de, word, share):
    typed = word[: max(1, round(share * len(word)))]
    found = _words(de, "Ich " + typed, 10)
    assert set(_words(de, "Ich " + normalize("NFD", typed), 10)) == set(found)
    assert all(fold(word).startswith(fold(typed)) for word in found)
