"""Where a word is being typed, and what is expected there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.predict.place import CONTEXT_CHARACTERS, LOOKBACK, Place, find_place

TEXTS = st.text(st.sampled_from('abÄß \n.,!?(„“"’3…-👋\0\u0308'), max_size=20)


def _place(before: str) -> Place:
    place = find_place(before)
    assert place is not None
    return place


@pytest.mark.parametrize("before", ["3", "in 2024", "snake_", "👋", "a/", "@", "x=", 'he said "yes"', "\0"])
def test_no_word_is_expected_right_behind(before):
    assert find_place(before) is None


@pytest.mark.parametrize(
    ("before", "word", "boundary"),
    [
        ("", "", 0),
        ("I am", "am", 3),
        ("I am ", "", 1),
        ("I am  ", "", 1),
        ("I am.", "", 0),
        ("I am\n", "", 0),
        ("I am\nh", "h", 1),
        ("(he", "he", 2),
        ("don'", "don'", 4),
        ("3rd", "rd", 2),
        (" u\u0308b", "u\u0308b", 4),
    ],
)
def test_the_text_without_the_word_ends_before_its_space(before, word, boundary):
    place = _place(before)
    assert (place.word, place.boundary) == (word, boundary)


@pytest.mark.parametrize(
    "before", ["", "a ", "a\n", "a. ", "a b", "a\t", "\u00a0b", "a.", "a,", "(a)", "a”", "5 %", '"a" ', "a\nb"]
)
def test_a_word_stands_behind_a_space_or_will(before):
    assert _place(before).after_space


@pytest.mark.parametrize("before", ["(", "a (b", '"', 'a "', '("', "„", "“", "‚", "«", "a 'b", "3rd"])
def test_no_space_stands_behind_what_opens(before):
    assert not _place(before).after_space


@pytest.mark.parametrize(
    "before",
    [
        "",
        "x\n",
        "End. ",
        "End.",
        "End! ",
        "Well… ",
        "End? t",
        "(",
        '"',
        "x.\n„",
        "End.) ",
        '"End." ',
        "„Ende.“ ",
        "in 1999? ",
    ],
)
def test_a_capital_is_expected_where_a_sentence_begins(before):
    assert _place(before).begins_sentence


@pytest.mark.parametrize(
    "before", ["a ", "am 3. ", "am 3. M", "z. B. ", "a, ", "a: ", "J. R. R. ", 'say "', "1. ", "a (", "5 %"]
)
def test_no_capital_is_expected_within_a_sentence(before):
    place = find_place(before)
    assert place is None or not place.begins_sentence


@pytest.mark.parametrize(
    ("before", "context"),
    [
        ("", ("<s>",)),
        ("I'm sorry, I", ("<s>", "I'm", "sorry", ",")),
        ("one two three fo", ("<s>", "one", "two", "three")),
        ("Over. ", ("<s>", "Over", ".", "<s>")),
        ("End\nNew", ("<s>",)),
        ("at 15 ", ("<s>", "at", "<number>")),
        ("I’m ", ("<s>", "I'm")),
    ],
)
def test_the_context_is_the_line_before_the_word(before, context):
    assert _place(before).context == context


@given(TEXTS)
def test_a_place_is_found_in_any_text_and_keeps_its_promises(before):
    place = find_place(before)
    if place is None:
        return
    assert before.endswith(place.word)
    assert 0 <= place.boundary - len(place.word) <= 1
    assert 1 <= len(place.context) <= 2 * CONTEXT_CHARACTERS


@given(TEXTS, st.integers(1, 3))
def test_what_is_out_of_sight_does_not_matter(before, lines):
    long = "nothing of this is in sight\n" * (lines * LOOKBACK // 20) + before
    assert find_place(long) == find_place(long[-LOOKBACK:])
