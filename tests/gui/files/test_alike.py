"""Where two texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from gui.files.alike import common_ends, common_start, common_text

TEXTS = st.text("ab", max_size=12)


@given(TEXTS, TEXTS)
def test_the_common_start_is_the_longest(one: str, other: str) -> None:
    count = common_start(one, other)
    assert one[:count] == other[:count]
    assert one[count : count + 1] != other[count : count + 1] or count == len(one) == len(other)


@given(TEXTS, TEXTS)
def test_start_and_end_do_not_overlap(one: str, other: str) -> None:
    start, end = common_ends(one, other)
    assert start + end <= min(len(one), len(other))
    assert one[len(one) - end :] == other[len(other) - end :]


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_a_text_is_the_other_but_for_what_lies_between(one: str, other: str) -> None:
    start, end = common_text(one, other)
    assert one[:start] == other[:start]
    assert one[len(one) - end :] == other[len(other) - end :]
    assert start + end <= min(len(one), len(other))


def test_a_line_that_was_removed_is_found_as_one() -> None:
    assert common_text("one\ntwo\nthree", "one\nthree") == (4, 5)
