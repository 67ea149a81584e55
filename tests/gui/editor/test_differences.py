"""Where two texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from gui.editor.differences import common_ends, common_start, differences

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


def changed(one: str, other: str) -> str:
    for start, end, text in reversed(list(differences(one, other))):
        one = one[:start] + text + one[end:]
    return one


@given(st.text("ab\n", max_size=20), st.text("ab\n", max_size=20))
def test_the_differences_make_the_one_of_the_other(one: str, other: str) -> None:
    assert changed(one, other) == other


def test_many_different_lines_are_replaced_as_one() -> None:
    one, other = "".join(f"{n}\n" for n in range(2000)), "".join(f"{n}{n % 2}\n" for n in range(2000))
    assert len(list(differences(one, other))) == 1
    assert changed(one, other) == other


def test_what_stays_between_two_changes_is_not_touched() -> None:
    assert list(differences("one\ntwo\nthree\n", "zero\none\ntwo\n3\n")) == [(0, 0, "zero\n"), (8, 13, "3")]
    assert list(differences("one\ntwo\nthree", "one\nthree\nfour")) == [(4, 8, ""), (13, 13, "\nfour")]
