"""A file with line ends of several kinds keeps each where it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.files.line_ends import split_ends


@given(st.text("ab\r\n", max_size=30))
def test_a_text_that_was_not_changed_comes_back_as_it_was(data: str) -> None:
    text, usual, mixed = split_ends(data)
    assert "\r" not in text
    assert (mixed.given_to(text, usual).joined() if mixed else text.replace("\n", usual)) == data


def test_a_text_of_one_kind_of_line_end_has_nothing_to_keep() -> None:
    assert split_ends("a\r\nb\r\n") == ("a\nb\n", "\r\n", None)


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("one\ntwo\nnew\nthree\nfour\n", "one\r\ntwo\nnew\nthree\r\nfour\n"),
        ("new\none\ntwo\nthree\nfour", "new\none\r\ntwo\nthree\r\nfour"),
        ("two\nthree\n", "two\nthree\r\n"),
        ("other\none\nother\nfour\n", "other\none\r\nother\nfour\n"),
        ("", ""),
    ],
)
def test_lines_that_stay_keep_their_ends_and_new_ones_get_the_usual(edited: str, expected: str) -> None:
    _, usual, mixed = split_ends("one\r\ntwo\nthree\r\nfour\nfive\n")
    assert usual == "\n"
    assert mixed is not None
    assert mixed.given_to(edited, usual).joined() == expected


def test_a_changed_text_can_be_changed_again() -> None:
    _, usual, mixed = split_ends("one\r\ntwo\nthree\n")
    assert mixed is not None
    once = mixed.given_to("zero\none\ntwo\nthree\n", usual)
    assert once.given_to("one\ntwo\nthree\n", usual).joined() == "one\r\ntwo\nthree\n"
