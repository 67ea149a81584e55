"""R32 to R34, R37: keys inside words and Backspace."""

import pytest


def test_r32_a_key_inside_a_word_is_put_there(typist):
    assert typist.open("hel|lo").type("i").page == "heli|lo"


def test_r33_a_space_inside_a_word_splits_it(typist):
    assert typist.open("hel|lo").type(" ").page == "hel |lo"


def test_r34_backspace_to_the_end_of_a_word_leaves_the_word_as_it_was(typist):
    assert typist.type("hello w").backspace(2).page == "hello|"
    assert typist.pick("help").page == "help |"


def test_enter_is_a_line_break(typist):
    assert typist.open("hel|lo").press("\n").page == "hel\n|lo"


def test_backspace_at_the_start_changes_nothing(typist):
    assert typist.open("|hello").backspace().page == "|hello"


@pytest.mark.parametrize(
    "character",
    [
        "é",
        "e\u0301",
        "o\u0302\u0323",
        "😀",
        "👍🏽",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "👩\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "🇩🇪",
        "한",
        "\u1112\u1161\u11ab",
        "\0",
        "\ud83d",
    ],
)
def test_r37_backspace_deletes_a_character_whole(typist, character):
    assert typist.open(f"a{character}|b").backspace().page == "a|b"
    assert typist.open(f"{character}{character}|").backspace().page == f"{character}|"


def test_r37_flags_are_deleted_one_by_one_even_in_a_long_row(typist):
    assert typist.open("🇩🇪" * 300 + "|").backspace().page == "🇩🇪" * 299 + "|"
