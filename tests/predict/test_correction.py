"""A word that is none is corrected where one slip explains it; everything else is left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete.predict.completer import Completer
from autocomplete.predict.correction import Correction
from tests.tiny_model import sentences

ENGLISH_LINES = sorted(set(sentences("en").splitlines()))
GERMAN_LINES = sorted(set(sentences("de").splitlines()))
WORD_ENDS = st.sampled_from(ENGLISH_LINES + GERMAN_LINES).flatmap(
    lambda line: st.sampled_from([line[: match.end()] for match in re.finditer(r"\w+", line)])
)
ODD = ["tgis", "This ", "’s", "don'", "\u0308", "u\u0308ber", "\ud83d", "👋🏽", "\0", "İ", "ß", "ŉ", "q" * 70, "-", " "]


def _correction(completer: Completer, text: str) -> Correction | None:
    stream = completer.stream()
    stream.update(text)
    return stream.correct()


def _corrected(completer: Completer, text: str) -> str | None:
    correction = _correction(completer, text)
    return correction and correction.text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I want to read tgis", "this"),  # neighbouring key
        ("I want to read this bokk", "book"),
        ("We like the teachep", "teacher"),  # far key
        ("We like the qeacher", "teacher"),  # first letter
        ("I want to read thsi", "this"),  # swapped
        ("They wuold", "would"),
        ("We like the chilldren", "children"),  # doubled
        ("After the meetting", "meeting"),
        ("I will call you tomorow", "tomorrow"),  # single instead of double
        ("We like the chidren", "children"),  # missing
        ("We like the weathr", "weather"),
        ("I hope to kno", "know"),  # missing at the end
        ("We like the teachjer", "teacher"),  # extra
        ("We like the teacherr", "teacher"),  # extra at the end
        ("How well-knwon", "well-known"),
        ("How wellknown", "well-known"),
    ],
)
def test_one_slip_in_a_word_is_corrected(en, text, word):
    assert _corrected(en, text) == word


@pytest.mark.parametrize("separator", ["", *" .,!?;:)…"])
def test_one_separator_may_stand_behind_the_word(en, separator):
    correction = _correction(en, "I want to read tgis" + separator)
    assert correction is not None
    assert (correction.typed, correction.text) == ("tgis", "this")


@pytest.mark.parametrize("behind", ["\n", " \n", "\t", "  ", ". ", ", ", "!!", "...", ".)", "\n\n", " \u00a0"])
def test_nothing_is_corrected_behind_enter_or_behind_two_separators(en, behind):
    assert _correction(en, "I want to read tgis" + behind) is None


@pytest.mark.parametrize(
    "word", ["book", "Book", "garden", "Monday", "don't", "don’t", "Don't", "Don’t", "well-known", "café", "cafe\u0301"]
)
def test_a_known_word_is_left_alone_in_every_spelling(en, word):
    assert _correction(en, "They " + word + " ") is None
    assert _correction(en, word + " ") is None


@pytest.mark.parametrize("word", ["über", "Über", "u\u0308ber", "U\u0308ber", "Geht's", "Geht’s", "geht’s"])
def test_a_known_german_word_is_left_alone_in_every_spelling(de, word):
    assert _correction(de, word + " ") is None


@pytest.mark.parametrize(
    ("text", "word"), [("Ich will garden ", "Garten"), ("Ich will seen ", "sehen"), ("Der letter ", "Wetter")]
)
def test_a_word_that_the_other_language_knows_is_left_alone(de, both, text, word):
    assert _corrected(de, text) == word
    assert _correction(both, text) is None


@pytest.mark.parametrize(
    ("text", "word"), [("Wie ", "We"), ("I would like to sind ", "send"), ("I would like to Sie ", "See")]
)
def test_and_so_the_other_way_round(en, both, text, word):
    assert _corrected(en, text) == word
    assert _correction(both, text) is None


def test_a_slip_in_either_of_two_languages_is_corrected(both):
    assert _corrected(both, "I want to read tgis ") == "this"
    assert _corrected(both, "Ich will den Brirf ") == "Brief"


@pytest.mark.parametrize("text", ["the house' ", "'the house' ", "the house’ ", "house- ", "They don'", "They don’"])
def test_a_quotation_mark_or_hyphen_behind_a_word_is_no_letter_too_many(en, text):
    assert _correction(en, text) is None


def test_the_first_half_of_a_german_pair_keeps_its_hyphen(de):
    assert _correction(de, "am Mittag- ") is None
    assert _correction(de, "am Mittag- und") is None


@pytest.mark.parametrize("word", ["th1s", "tgis2", "3tgis", "TGIS", "BOKK", "tGis", "LonDfon", "iPhnoe"])
def test_digits_and_capitals_are_meant(en, word):
    assert _correction(en, "I want to read " + word + " ") is None


@pytest.mark.parametrize(
    "text",
    [
        "http://tgis",
        "https://example.org/tgis",
        "www.tgis",
        "tgis.com",
        "me@tgis",
        "a.tgis@example.org",
        "/home/tgis",
        "~/tgis",
        "tgis/bokk",
        "C:\\tgis",
        "x.tgis",
        "_tgis",
        "read_tgis",
        "read(tgis",
        "read(tgis)",
        "list[tgis",
        "`tgis",
        "--tgis",
        "-tgis",
        "#tgis",
        "$tgis",
        "x=tgis",
        "<tgis",
        "tgis+bokk",
        "&tgis",
        "50%tgis",
    ],
)
def test_addresses_paths_and_code_are_left_alone(en, text):
    assert _correction(en, "I want to read " + text) is None
    assert _correction(en, "I want to read " + text + " ") is None


@pytest.mark.parametrize("text", ["(tgis", "“tgis", "'tgis", "https://example.org tgis", "a=b tgis"])
def test_a_word_beside_those_is_corrected(en, text):
    assert _corrected(en, "I want to read " + text + " ") == "this"


@pytest.mark.parametrize("letter", ["a", "x", "i", "I", "Q", "ü", "u\u0308", "ß"])
def test_a_single_letter_is_left_alone(both, letter):
    assert _correction(both, "They would like " + letter + " ") is None


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "I want to read xyzzy", "a blorf ", "I want to read tgix "])
def test_what_no_single_slip_explains_is_left_alone(en, text):
    assert _correction(en, text) is None


def test_a_slip_of_several_words_is_left_alone(de):
    assert _correction(de, "deb ") is None  # den, dem, der …


def test_the_words_before_say_how_sure_it_is(en):
    alone, behind = _correction(en, "tgis"), _correction(en, "I want to read tgis")
    assert alone is not None
    assert behind is not None
    assert behind.confidence > alone.confidence


def test_a_key_beside_the_one_meant_is_told_by_the_layout(de):
    near, far = _correction(de, "tusammen"), _correction(de, "kusammen")  # t lies beside z on a German keyboard
    assert near is not None
    assert far is not None
    assert near.text == far.text == "zusammen"
    assert near.confidence > far.confidence


@pytest.mark.parametrize(
    ("typed", "word"), [("Tgis", "This"), ("Teh", "The"), ("Chidren", "Children"), ("Lonfon", "London")]
)
def test_a_capital_is_kept(en, typed, word):
    assert _corrected(en, typed + " ") == word


@pytest.mark.parametrize(
    ("text", "word"), [("in london", "London"), ("on mondya", "Monday"), ("on monday", "Monday"), ("i'm", "I'm")]
)
def test_a_name_gets_its_capital(en, text, word):
    assert _corrected(en, text + " ") == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [("dudn't", "didn't"), ("dudn’t", "didn’t"), ("Dudn’t", "Didn’t"), ("dont", "don't"), ("shouldnt", "shouldn't")],
)
def test_an_apostrophe_is_put_in_and_stays_as_it_was_typed(en, typed, word):
    assert _corrected(en, typed + " ") == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("uber", "über"),
        ("Uber", "Über"),
        ("Ich mochte", "möchte"),
        ("Ich wurde", "würde"),
        ("die strasse", "Straße"),
        ("moechte", "möchte"),
        ("der himmel", "Himmel"),
        ("der himmrl", "Himmel"),
        ("Wie gehts", "geht's"),
        ("Schöne Grusse", "Grüße"),
        ("u\u0308bet", "über"),
    ],
)
def test_german_marks_are_put_in(de, text, word):
    assert _corrected(de, text + " ") == word


def test_what_was_typed_is_told_as_it_was_typed(de):
    correction = _correction(de, "Das ist u\u0308bet ")
    assert correction is not None
    assert correction.typed == "u\u0308bet"


def test_without_a_memory_nothing_is_corrected(german_without_memory):
    assert _correction(german_without_memory, "uber ") is None


def test_an_endless_word_is_left_alone(en):
    assert _correction(en, "tgis" * 500 + " ") is None
    assert _correction(en, "a-" * 500 + "tgis ") is None


@settings(max_examples=100)
@given(before=WORD_ENDS, behind=st.sampled_from(["", " ", ", ", "."]))
def test_a_clean_sentence_is_never_corrected(both, before, behind):
    assert _correction(both, before + behind) is None


@settings(max_examples=100)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from([*ODD, ".", "\n"]), max_size=6).map("".join)))
def test_any_text_may_be_asked_about(both, text):
    correction = _correction(both, text)
    if correction is not None:
        assert correction.typed in text
        assert correction.text != correction.typed
        assert 0.9 <= correction.confidence <= 1


@settings(max_examples=40)
@given(line=st.sampled_from(ENGLISH_LINES), place=st.floats(0, 1), wrong=st.sampled_from([*"aeipx", ""]))
def test_asking_changes_nothing(en, line, place, wrong):
    cut = round(place * len(line))
    stream, silent = en.stream(), en.stream()
    for text in (line[:cut], line[:cut] + wrong, line[:cut] + wrong + " "):
        stream.update(text)
        before = stream.suggest(5)
        stream.correct()
        assert stream.suggest(5) == before
        silent.update(text)
        assert silent.suggest(5) == before


def test_confidence_is_a_probability_from_nine_tenths_on(en, de):
    texts = ["I want to read tgis", "dont", "caffe", "the hous", "I cant", "Tne"]
    pairs = [*((en, text) for text in texts), *((de, text) for text in ("uber", "Grüse", "gehts"))]
    found = [correction for pair in pairs if (correction := _correction(*pair))]
    assert len(found) >= 6
    assert all(0.9 <= correction.confidence <= 1 for correction in found)
