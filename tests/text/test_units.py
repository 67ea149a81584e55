"""Units are the text, and what is closed stays closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.text.units import MAX_LETTERS, count_closed, is_word, split_units

# What decides about units, far more often than chance would bring it together.
LETTERS = ["a", "Zoë", "ß", "don", "t", "²", "Ⅷ", "½", "ש", "x" * (MAX_LETTERS - 1), "y" * (MAX_LETTERS + 3)]
OTHERS = [" ", "  ", "'", "’", "-", "\n", "7", "_", "👋🏽", "\u0308", "i\u0307", "\0", "\ud800", "."]
PARTS = st.sampled_from([*LETTERS, *OTHERS])
TEXTS = st.lists(PARTS, max_size=12).map("".join)


@given(st.one_of(TEXTS, st.text(st.characters(), max_size=30)))
def test_joined_units_are_the_text(text):
    assert "".join(split_units(text)) == text


@given(TEXTS, TEXTS)
def test_closed_units_stay_whatever_is_appended(text, added):
    units = split_units(text)
    closed = count_closed(units)
    assert split_units(text + added)[:closed] == units[:closed]


@given(TEXTS)
def test_splitting_goes_on_at_any_unit_as_if_the_whole_were_split(text):
    units = split_units(text)
    for start in range(len(units) + 1):
        assert split_units("".join(units[start:])) == units[start:]


@given(TEXTS, TEXTS)
def test_typing_closes_units_and_never_opens_one_again(text, added):
    assert count_closed(split_units(text)) <= count_closed(split_units(text + added))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("I am here", ["I", " am", " here"]),
        ("don't 'go' y'all've", ["don't", " ", "'", "go", "'", " y'all've"]),
        ("a  b", ["a", " ", " b"]),
        ("well-known", ["well", "-", "known"]),
        ("3.14 km", ["3", ".", "1", "4", " km"]),
        ("Straße\nÜber", ["Straße", "\n", "Über"]),
        ("snake_case", ["snake", "_", "case"]),
        ("u\u0308ber", ["u", "\u0308", "ber"]),
    ],
)
def test_a_word_takes_the_space_before_it_and_keeps_its_apostrophes(text, units):
    assert split_units(text) == units


@pytest.mark.parametrize(
    ("text", "open_units"),
    [
        ("", []),
        ("I am", [" am"]),
        ("I am ", [" "]),
        ("I am.", []),
        ("don'", ["don", "'"]),
        ("say '", []),
        ("m²", ["m²"]),
        ("three  ", [" "]),
    ],
)
def test_open_is_what_a_letter_could_still_join(text, open_units):
    units = split_units(text)
    assert units[count_closed(units) :] == open_units


def test_a_run_of_letters_without_an_end_is_cut():
    assert [len(unit) for unit in split_units("a" * 100)] == [MAX_LETTERS, MAX_LETTERS, 100 - 2 * MAX_LETTERS]


@pytest.mark.parametrize(
    ("unit", "expected"), [(" am", True), ("ß", True), ("don't", True), (" ", False), ("7", False), ("\u0308", False)]
)
def test_words_are_told_from_signs(unit, expected):
    assert is_word(unit) is expected
