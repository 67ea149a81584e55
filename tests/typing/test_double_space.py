"""R25 to R27: two quick spaces behind a word are a full stop and a space."""

import pytest

from autocomplete.typing import TypingOptions


def test_r25_two_quick_spaces_behind_a_word_make_a_full_stop(quick_typist):
    assert quick_typist.type("hello  ").page == "hello. |"
    assert quick_typist.type("And").page == "hello. And|"


def test_r25_backspace_right_behind_takes_the_full_stop_back(quick_typist):
    assert quick_typist.type("hello  ").backspace().page == "hello |"
    assert quick_typist.backspace().page == "hello|"


def test_r25_a_full_stop_taken_back_stays_back(quick_typist):
    assert quick_typist.type("hello  ").backspace().type(" ").page == "hello  |"


def test_r25_backspace_is_plain_once_another_key_was_pressed(quick_typist):
    assert quick_typist.type("hello  a").backspace(2).page == "hello.|"


def test_r25_a_space_after_a_pick_is_the_first_of_the_two(quick_typist):
    assert quick_typist.pick("hello").type("  ").page == "hello. |"


def test_r25_a_third_space_is_a_space(quick_typist):
    assert quick_typist.type("hello   ").page == "hello.  |"


@pytest.mark.parametrize(
    "before",
    ["word", "3", "é", "e\u0301", "(so)", "[1]", '"so"', "„so“", "“so”", "«so»", "'so'", "50 %"],
)
def test_r26_letters_digits_closing_marks_and_percent_take_the_full_stop(quick_typist, before):
    assert quick_typist.type(f"{before}  ").page == f"{before}. |"


@pytest.mark.parametrize(
    "before", ["", "end.", "what?", "no!", "a,", "a:", "(", "[", '"', "„", "–"]
)
def test_r26_other_marks_take_none(quick_typist, before):
    assert quick_typist.type(f"{before}  ").page == f"{before}  |"


def test_r27_a_slow_second_space_stays_a_space(quick_typist):
    assert quick_typist.type("hello ").press(" ", after=1.2).page == "hello  |"
    assert quick_typist.open("hello|").type(" ").press(" ", after=1.0).page == "hello. |"


def test_r27_a_quick_third_space_after_a_slow_one_stays_a_space(quick_typist):
    assert quick_typist.type("hello ").press(" ", after=2).type(" ").page == "hello   |"


def test_r27_the_full_stop_has_its_own_switch(typist, new_typist):
    assert typist.type("hello  ").page == "hello  |"
    alone = new_typist(TypingOptions(auto_space=False, double_space_period=True))
    assert alone.pick("hello").type("  ").page == "hello. |"


def test_r27_a_switch_counts_from_the_next_key_on(typist):
    typist.type("hello ").rules.options = TypingOptions(double_space_period=True)
    assert typist.type(" ").page == "hello. |"


def test_r27_a_moved_cursor_between_the_spaces_leaves_two_spaces(quick_typist):
    assert quick_typist.type("hello ").move(6).press(" ").page == "hello  |"
