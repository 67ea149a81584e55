"""The simulated typist, against lines counted by hand and against a slow, literal typist."""

import re
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from autocomplete.evaluation.typist import Typing, type_line

Suggest = Callable[[str, int], Sequence[str]]


def nothing(before: str, k: int) -> list[str]:
    return []


def always(*words: str) -> Suggest:
    return lambda before, k: list(words)


def after(**shown: str) -> Suggest:
    """Shows the words given for a last word typed ("_" for an empty text)."""
    return lambda before, k: shown.get((before.split() or ["_"])[-1], "").split()


def test_without_suggestions_each_character_is_a_key() -> None:
    assert type_line("Well, it's 5 pm.", nothing) == Typing(3, 16, 16, 0, 0)


def test_a_word_taken_brings_its_space() -> None:
    # good␣ | d a y
    assert type_line("good day", always("good")).keystrokes == 1 + 3


def test_a_word_shown_after_two_letters_costs_three_keys() -> None:
    # h e [hello]
    assert type_line("hello", after(he="hello")) == Typing(1, 5, 3, 0, 0)


def test_the_last_word_of_a_line_is_taken_with_one_key() -> None:
    assert type_line("hello", always("hello")) == Typing(1, 5, 1, 1, 1)


def test_a_word_may_be_taken_in_place_of_its_last_letter() -> None:
    # h e l l [hello]: no key is saved, none is lost
    assert type_line("hello", after(hell="hello")).keystrokes == 5


def test_punctuation_behind_a_word_taken_costs_a_key_and_gives_the_space() -> None:
    # [Yes] , | [of] [course] .
    assert type_line("Yes, of course.", always("Yes", "of", "course")).keystrokes == 2 + 1 + 2


def test_punctuation_behind_a_word_typed_out_leaves_the_space_to_be_typed() -> None:
    # Y e s , ␣ [of]
    assert type_line("Yes, of", always("of")).keystrokes == 5 + 1


def test_only_the_first_of_several_punctuation_marks_gives_the_space() -> None:
    # [so] . . . ␣ [yes]
    assert type_line("so... yes", always("so", "yes")).keystrokes == 1 + 4 + 1


def test_punctuation_between_words_may_be_the_whole_of_what_stands_there() -> None:
    # [and] / [or]
    assert type_line("and/or", always("and", "or")).keystrokes == 3


def test_a_second_space_is_typed() -> None:
    assert type_line("so  yes", always("so", "yes")).keystrokes == 3


def test_a_digit_behind_a_word_is_typed_as_it_is() -> None:
    # [page] 5 ␣ [up]
    assert type_line("page5 up", always("page", "up")).keystrokes == 1 + 2 + 1


def test_case_must_be_right() -> None:
    assert type_line("Hello", always("hello", "HELLO")).keystrokes == 5


def test_a_word_with_apostrophes_and_hyphens_is_one_word() -> None:
    line = "it's well-known rock'n'roll"
    assert type_line(line, always(*line.split())) == Typing(3, len(line), 3, 1, 3)


def test_hits_count_only_before_the_first_letter() -> None:
    # Before "now" nothing is shown until its first letter.
    typing = type_line("go on now", after(_="go x on", go="x on", n="now"))
    assert (typing.words, typing.first, typing.shown) == (3, 1, 2)


def test_only_k_suggestions_are_looked_at() -> None:
    assert type_line("d", always("a", "b", "c", "d")).shown == 0
    assert type_line("d", always("a", "b", "c", "d"), k=4).shown == 1


def test_an_empty_line_costs_nothing() -> None:
    assert type_line("", always("a")) == Typing()


def test_the_typist_looks_once_before_each_letter_until_the_word_is_taken() -> None:
    looks: list[str] = []

    def suggest(before: str, k: int) -> list[str]:
        looks.append(before)
        return ["bcd"] if before.endswith("b") else []

    type_line("a bcd, 12 e", suggest)
    assert looks == ["", "a ", "a b", "a bcd, 12 "]


def test_typing_adds_up() -> None:
    total = Typing(1, 5, 3, 0, 0)
    total.add(Typing(2, 8, 4, 1, 2))
    assert total == Typing(3, 13, 7, 1, 2)


def press_keys(line: str, suggest: Suggest) -> int:
    """A literal typist: a screen, an automatic space, and the definition read aloud."""
    screen, keys = "", 0
    words = {m.start(): m for m in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line)}
    automatic = False
    while screen != line and screen != line + " ":
        following = line[len(screen) - automatic :] if automatic else line[len(screen) :]
        if automatic and following[0] == " ":
            automatic = False
        elif automatic:
            screen = screen[:-1] + following[0]
            automatic = False
            keys += 1
            if not following[0].isalnum() and following[1:2] == " ":
                screen += " "
        else:
            word = next((m for s, m in words.items() if s <= len(screen) < m.end()), None)
            keys += 1
            if word is not None and word.group() in list(suggest(screen, 3))[:3]:
                screen = line[: word.end()] + " "
                automatic = True
            else:
                screen += following[0]
    return keys


def hashed(seed: int, vocabulary: Sequence[str]) -> Suggest:
    """Any three words of the vocabulary, the same ones whenever the same text stands before."""

    def suggest(before: str, k: int) -> list[str]:
        start = sum(map(ord, before)) * 7 + len(before) + seed
        return [vocabulary[(start + rank * rank) % len(vocabulary)] for rank in range(k)]

    return suggest


PARTS = ["a", "ab", "it's", "Öl", " ", "  ", ",", ".", "_", "7", "-", "'", "\t"]


@given(st.lists(st.sampled_from(PARTS)), st.integers(0, 100))
def test_the_keys_equal_those_of_a_literal_typist(parts: list[str], seed: int) -> None:
    line = "".join(parts)
    vocabulary = [m.group() for m in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line)] or ["a"]
    suggest = hashed(seed, [*vocabulary, "x", "ab"])
    typing = type_line(line, suggest)
    assert typing.keystrokes == press_keys(line, suggest)
    assert typing.shown <= typing.words
    assert typing.first <= typing.shown


def test_a_word_longer_than_any_that_is_offered_is_typed_without_a_look() -> None:
    def unseen(before: str, k: int) -> list[str]:
        raise AssertionError("looked")

    assert type_line("a" * 100_000, unseen) == Typing(1, 100_000, 100_000, 0, 0)
