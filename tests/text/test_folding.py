"""What is typed in a hurry finds what is written with care."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.text.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Über", "uber"),
        ("u\u0308ber", "uber"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("I’m", "i'm"),
        ("Café", "cafe"),
        ("Smørrebrød", "smorrebrod"),
        ("Œuvre", "oeuvre"),
        ("naïve", "naive"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_case_accents_and_apostrophes_do_not_count(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("aäAÄßsSéeoøœŒ’'-", max_size=8), st.text("aäAÄßsSéeoøœŒ’'-", max_size=8))
def test_words_are_folded_letter_by_letter(one, other):
    assert fold(one + other) == fold(one) + fold(other)
