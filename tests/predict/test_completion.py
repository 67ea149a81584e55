"""Invariant 4: what is suggested goes on with what was typed, whatever its case, accents and apostrophes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete.predict.completer import Completer
from autocomplete.text.folding import fold
from autocomplete.text.words import WORD, current_word
from tests.tiny_model import sentences

GERMAN_WORDS = sorted(set(WORD.findall(sentences("de"))))
ENGLISH_WORDS = sorted(set(WORD.findall(sentences("en"))))
BEFORE = st.sampled_from(
    ["", "Ich will ", "Am ", "Das ist gut. ", "Hallo\n", "(", "und „", "am 3. ", "I'm sorry, ", "3"]
)
SLOPPY = [
    lambda word: word,
    str.lower,
    str.upper,
    str.title,
    lambda word: word.translate(str.maketrans("äöüÄÖÜé", "aouAOUe")),
    lambda word: word.replace("ß", "ss"),
    lambda word: word.replace("'", "’"),
    fold,
]


def _words(completer: Completer, text: str, count: int = 3) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [suggestion.text for suggestion in stream.suggest(count)]


@settings(max_examples=200)
@given(
    word=st.sampled_from(GERMAN_WORDS + ENGLISH_WORDS),
    share=st.floats(0, 1),
    sloppy=st.sampled_from(SLOPPY),
    before=BEFORE,
)
def test_suggestions_begin_with_what_was_typed(both, word, share, sloppy, before):
    text = before + sloppy(word[: max(1, round(share * len(word)))])
    typed = current_word(text)
    words = _words(both, text, 50)
    assert all(fold(word).startswith(fold(typed)) for word in words)
    assert len(set(words)) == len(words)
    assert typed not in words


@settings(max_examples=100)
@given(
    word=st.sampled_from(GERMAN_WORDS), share=st.floats(0.01, 0.99), before=st.sampled_from(["Ich ", "und ", "das "])
)
def test_a_word_is_completed_wherever_it_is_cut(de, word, share, before):
    cut = min(len(word) - 1, max(1, round(share * len(word))))
    known = sentences("de").split().count(word) > 1
    words = _words(de, before + word[:cut], 200)
    assert word in words or len(words) >= 12 or not known


@pytest.mark.parametrize(
    ("before", "word"),
    [("Die Wolken sind am ", "Himmel"), ("Wir sehen die ", "Straße"), ("Ich will nächste ", "Woche")],
)
def test_the_lstm_spells_on_from_any_letter(german_without_memory, before, word):
    for cut in range(2, len(word)):
        assert word in _words(german_without_memory, before + fold(word[:cut]), 10), word[:cut]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("uber", "über"),
        ("die strass", "Straße"),
        ("die stras", "Straße"),
        ("die straß", "Straße"),
        ("am himm", "Himmel"),
        ("ich mocht", "möchte"),
        ("mir geht’", "geht’s"),
        ("Gruss", "Grüße"),
    ],
)
def test_german_is_found_without_its_marks(de, text, word):
    assert word in _words(de, text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("i'", "I'm"),
        ("and i'm", "I'm"),
        ("and i’m"[:6], "I’m"),
        ("they don", "don't"),
        ("Th", "This"),
        ("TH", "THIS"),
        ("th", "this"),
        ("on mon", "Monday"),
        ("on MON", "MONDAY"),
        ("in lond", "London"),
    ],
)
def test_english_is_found_in_its_case(en, text, word):
    assert word in _words(en, text, 5)


def test_a_sentence_begins_with_a_capital_and_goes_on_without(en):
    beginning, within = _words(en, "It is. ", 5), _words(en, "They would like ", 5)
    assert all(word[0].isupper() for word in beginning)
    assert not any(word[0].isupper() for word in within)


def test_lower_case_typed_at_a_sentence_start_stays(en, de):
    assert _words(en, "It is. t")[0] == "the"
    assert _words(de, "Gut. him")[0] == "Himmel"


def test_one_capital_may_be_a_word_or_the_beginning_of_a_shout(en):
    assert _words(en, "T")[0] == "The"


def test_accents_that_were_typed_are_meant(de):
    assert all(word[0] in "üÜ" for word in _words(de, "ü", 50))
    assert {"über", "um"} & set(_words(de, "u", 50))


@pytest.mark.parametrize("typed", ["the", "The", "THE", "don't"])
def test_the_letters_typed_are_never_suggested(en, typed):
    assert typed not in _words(en, "and " + typed, 50)


def test_probabilities_fall_and_are_shares_of_one(both):
    stream = both.stream()
    for text in ("", "I", "I would ", "Am Him", "(", "We read it. "):
        stream.update(text)
        shares = [suggestion.probability for suggestion in stream.suggest(1000)]
        assert shares == sorted(shares, reverse=True)
        assert all(0 < share <= 1 for share in shares)
        assert sum(shares) <= 1.05  # the memory keeps its logarithms in a byte
