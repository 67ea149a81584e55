"""The case of the first letter typed tells which word is meant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.predict.case import CASE_SLIP, case_evidence, case_evidences, expected_capital
from autocomplete.predict.completer import Completer
from autocomplete.predict.place import find_place
from autocomplete.text.folding import fold


def _suggested(completer: Completer, text: str, count: int = 5) -> dict[str, float]:
    stream = completer.stream()
    stream.update(text)
    return {suggestion.text: suggestion.probability for suggestion in stream.suggest(count)}


def _first(completer: Completer, text: str) -> str:
    return next(iter(_suggested(completer, text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am H", True),
        ("am Him", True),
        ("am HiM", True),
        ("am h", False),
        ("am hIM", False),
        ("über Ü", True),
        ("am ", None),
        ("", None),
        ("H", None),
        ("h", None),
        ("Das ist gut. H", None),
        ("Hallo\nh", None),
        ("am HI", None),
        ("I'm W", True),
        ("They are W", True),
    ],
)
def test_only_a_letter_inside_a_sentence_tells(text, expected):
    place = find_place(text)
    assert place is not None
    assert expected_capital(place) is expected


def test_the_other_case_is_a_rare_slip():
    assert case_evidence(capital=True, expected=True) == case_evidence(capital=False, expected=False) == 1
    assert case_evidence(capital=True, expected=False) == case_evidence(capital=False, expected=True) == CASE_SLIP


@given(st.booleans())
def test_where_case_tells_nothing_all_words_are_as_likely(capital):
    assert case_evidence(capital, None) == 1


@given(capitals=st.lists(st.booleans(), max_size=9), expected=st.sampled_from([True, False, None]))
def test_many_words_are_judged_as_each_is(capitals, expected):
    several = np.broadcast_to(case_evidences(np.array(capitals, dtype=bool), expected), len(capitals))
    assert several == pytest.approx([case_evidence(capital, expected) for capital in capitals])


@pytest.mark.parametrize(("typed", "word"), [("h", "hören"), ("H", "Himmel")])
def test_a_german_capital_asks_for_a_noun(de, typed, word):
    assert _first(de, "Der " + typed) == word


@pytest.mark.parametrize(("typed", "word"), [("m", "my"), ("M", "Monday"), ("Mo", "Monday")])
def test_an_english_capital_asks_for_a_name(en, typed, word):
    assert _first(en, "see you on " + typed) == word


@pytest.mark.parametrize("typed", ["h", "hi", "him"])
def test_a_noun_is_found_without_its_capital(de, typed):
    assert _first(de, "Die Wolken sind am " + typed) == "Himmel"


def test_a_name_is_found_without_its_capital(en):
    assert _first(en, "They live in lo") == "London"


def test_a_word_typed_in_the_other_case_is_less_likely_by_a_slip(de):
    as_written = _suggested(de, "Mein Br")["Bruder"]
    assert _suggested(de, "Mein br")["Bruder"] == pytest.approx(CASE_SLIP * as_written, rel=0.05)


def test_a_shout_tells_nothing(de):
    shouted = _suggested(de, "Das WE")
    assert shouted["WEISS"] == pytest.approx(_suggested(de, "Das we")["weiß"], rel=0.05)
    assert shouted["WETTER"] == pytest.approx(_suggested(de, "Das We")["Wetter"], rel=0.05)


@pytest.mark.parametrize("letter", ["w", "d", "h", "m"])
@pytest.mark.parametrize("before", ["", "Das ist gut. ", "Hallo\n"])
def test_a_sentences_start_tells_nothing(de, before, letter):
    (word, p), (capitalized, q) = (
        next(iter(_suggested(de, before + typed).items())) for typed in (letter, letter.upper())
    )
    assert fold(word) == fold(capitalized)
    assert p == pytest.approx(q, rel=0.05)
