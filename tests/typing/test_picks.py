"""R1 to R7, R35: what a pick puts in, and what the next key makes of its space."""

import pytest

from autocomplete.typing import TypingOptions


def test_r01_a_pick_replaces_the_whole_word_and_the_cursor_stands_behind_it(typist):
    assert typist.type("see you tomo").pick("tomorrow").page == "see you tomorrow |"


@pytest.mark.parametrize(
    ("page", "word", "after"),
    [
        ("he|llo", "help", "help |"),
        ("don|'t", "doesn't", "doesn't |"),
        ("don'|t", "doesn't", "doesn't |"),
        ("well-|being", "wellness", "wellness |"),
        ("Mu\u0308|", "Mühe", "Mühe |"),
        ("gru\u0308|sse", "Grüße", "Grüße |"),
    ],
)
def test_r01_letters_on_both_sides_of_the_cursor_belong_to_the_word(typist, page, word, after):
    assert typist.open(page).pick(word).page == after


def test_r01_a_pick_without_letters_before_the_cursor_is_a_new_word(typist):
    assert typist.open("the |dog").pick("big").page == "the big |dog"


def test_r02_a_pick_puts_a_space_behind_the_word(typist):
    assert typist.type("thi").pick("this").page == "this |"


def test_r02_a_letter_after_a_pick_follows_one_space(typist):
    assert typist.type("thi").pick("this").type("b").page == "this b|"


def test_r02_two_picks_stand_one_space_apart(typist):
    assert typist.pick("this").pick("is").page == "this is |"


def test_r02_a_space_that_stands_there_is_used_again(typist):
    assert typist.open("the bi| dog").pick("big").page == "the big |dog"
    assert typist.open("the | dog").pick("big").page == "the big |dog"


@pytest.mark.parametrize("behind", [",", ".", "?", ")", "”", '"', "\t", "2", "(x)", "😀"])
def test_r02_a_word_put_before_something_gets_no_space(typist, behind):
    assert typist.open(f'"hel|{behind}').pick("hello").page == f'"hello|{behind}'


@pytest.mark.parametrize("mark", [*",.;:?!)]}…"])
def test_r03_a_pick_then_punctuation_swaps_the_space(typist, mark):
    assert typist.type("hel").pick("hello").press(mark).type("h").page == f"hello{mark} h|"


@pytest.mark.parametrize("mark", ["'", '"', "’", "“", "„", "«", "(", "[", "-", "–", "/", "&", "5"])
def test_r03_other_marks_stay_behind_the_space(typist, mark):
    assert typist.type("do").pick("dog").press(mark).page == f"dog {mark}|"


def test_r03_the_space_is_swapped_before_text_that_follows(typist):
    assert typist.open("hel| world").pick("hello").press(",").page == "hello, |world"


def test_r03_a_smiley_sticks_to_a_picked_word_unless_a_space_is_typed(typist):
    assert typist.pick("hello").type(":)").page == "hello:) |"
    assert typist.open("|").pick("hello").type(" :)").page == "hello :)|"


def test_r04_more_punctuation_stays_joined_and_the_space_follows_last(typist):
    assert typist.type("tes").pick("test").type("!!?!:!").page == "test!!?!:! |"
    assert typist.open("|").pick("well").type("...").type("no").page == "well... no|"


def test_r05_enter_after_a_pick_leaves_no_trailing_space(typist):
    assert typist.pick("hello").press("\n").page == "hello\n|"


def test_r05_enter_after_swapped_punctuation_leaves_no_trailing_space(typist):
    assert typist.pick("hello").press(".").press("\n").page == "hello.\n|"


def test_r05_enter_keeps_a_space_that_was_typed(typist):
    assert typist.type("hello ").press("\n").page == "hello \n|"
    assert typist.open("|").pick("hello").type(" ").press("\n").page == "hello \n|"


def test_r06_a_space_after_a_pick_is_still_one_space(typist):
    assert typist.pick("hello").press(" ").page == "hello |"
    assert typist.type("you").page == "hello you|"


def test_r06_a_space_after_swapped_punctuation_is_still_one_space(typist):
    assert typist.pick("hello").type(", ").page == "hello, |"


def test_r06_the_second_typed_space_counts(typist):
    assert typist.pick("hello").type("  ").page == "hello  |"


def test_r07_backspace_after_a_pick_takes_the_space_then_a_letter(typist):
    assert typist.pick("hello").backspace().page == "hello|"
    assert typist.backspace().page == "hell|"


def test_r07_without_its_space_a_word_takes_letters_and_marks_as_typed(typist):
    assert typist.pick("hello").backspace().type("s, ").page == "hellos, |"


def test_r07_the_automatic_space_can_be_switched_off(new_typist):
    typist = new_typist(TypingOptions(auto_space=False))
    assert typist.type("hel").pick("hello").page == "hello|"
    assert typist.type(", w").pick("world").page == "hello, world|"
    assert typist.open("hel| world").pick("hello").page == "hello| world"
    assert typist.open("Well,|").pick("yes").page == "Well,yes|"


def test_r17_after_the_cursor_was_moved_the_space_is_the_users(typist):
    assert typist.pick("hello").move(6).press(",").page == "hello ,|"
    assert typist.open("|").pick("hello").move(6).press("\n").page == "hello \n|"


@pytest.mark.parametrize("page", ["tha|nk him", "than|k him", "thank| him"])
def test_r35_a_pick_on_a_finished_word_replaces_the_whole_word(typist, page):
    assert typist.open(page).pick("thanked").page == "thanked |him"
