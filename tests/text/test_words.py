"""Which letters before the cursor are the word being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.text.words import MAX_WORD, WORD, current_word

TEXTS = st.text(st.sampled_from("aäßZ ñ\u0308'’-.7_\n\0👋²"), max_size=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'm well-known.", ["I'm", "well-known"]),
        ("Wie geht’s? Gut!", ["Wie", "geht’s", "Gut"]),
        ("'quoted' don''t", ["quoted", "don", "t"]),
        ("snake_case 3rd", ["snake", "case", "rd"]),
        ("42, 3.14", []),
    ],
)
def test_words_are_letters_with_single_joiners_between(text, words):
    assert WORD.findall(text) == words


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("", ""),
        ("I am on my w", "w"),
        ("I am ", ""),
        ("I am.", ""),
        ("don'", "don'"),
        ("don't", "don't"),
        ("well-", "well-"),
        ("‘tis", "tis"),
        ("(Über", "Über"),
        ("u\u0308b", "u\u0308b"),
        ("a\nb", "b"),
        ("a\n", ""),
        ("3rd", "rd"),
        ("3", ""),
        ("--", ""),
        ("don''", ""),
        ("👋", ""),
        ("snake_c", "c"),
    ],
)
def test_the_word_being_typed_reaches_back_to_what_is_no_letter(before, word):
    assert current_word(before) == word


@given(TEXTS)
def test_the_word_being_typed_stands_at_the_end(before):
    assert before.endswith(current_word(before))


@given(st.lists(st.text("aßZñ", min_size=1), min_size=1, max_size=4), st.sampled_from("'’-"), TEXTS)
def test_a_whole_word_behind_a_space_is_the_word_being_typed(parts, joiner, before):
    word = joiner.join(parts)[:MAX_WORD]
    assert current_word(before + " " + word) == word


def test_looking_back_is_bounded():
    assert current_word("a" * 1_000_000) == "a" * MAX_WORD
