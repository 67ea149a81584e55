"""The text before the cursor that the engine gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.session.context import LEAST, MOST, Context
from autocomplete.session.text import PlainText, Position
from autocomplete.text.reading import LEFT_OUT


class UserModel:
    """A text that tells its context of each change."""

    def __init__(self, text: str) -> None:
        self.text = PlainText(text)
        self.context = Context(self.text)

    @property
    def end(self) -> Position:
        return Position(self.text.lines - 1, len(self.text.line(self.text.lines - 1)))

    def insert(self, at: Position, added: str) -> None:
        self.context.changed(self.text.replace(at, at, added))

    def before(self) -> str:
        return self.context.before(self.end)


def test_a_short_text_is_given_whole() -> None:
    assert UserModel("Dear Anna,\n\nthank you").before() == "Dear Anna,\n\nthank you"


def test_only_what_is_before_the_cursor_is_given() -> None:
    assert UserModel("one two\nthree").context.before(Position(0, 3)) == "one"


def test_a_long_text_is_given_from_a_line_on() -> None:
    lines = [f"line {number} of a long text" for number in range(2000)]
    before = UserModel("\n".join(lines)).before()
    assert LEAST < len(before) <= MOST
    assert before.split("\n")[0] in lines
    assert before.endswith(lines[-1])


@pytest.mark.parametrize("key", ["more words ", "a line\n"])
def test_the_start_stays_put_while_typing(key: str) -> None:
    written = UserModel("\n".join("some words on a line" for _ in range(1000)))
    before = written.before()
    for _ in range(40):
        written.insert(written.end, key)
        grown = written.before()
        assert grown == before + key
        before = grown


def test_a_change_above_the_cursor_is_read() -> None:
    written = UserModel("one\ntwo\nthree")
    assert written.before() == "one\ntwo\nthree"
    written.insert(Position(1, 3), " and a half\n")
    assert written.before() == "one\ntwo and a half\n\nthree"


def test_an_endless_line_is_given_from_a_word_on() -> None:
    before = UserModel("word😀 " * 10_000).before()
    assert LEAST < len(before) <= MOST
    assert before.startswith("word😀 ")


def test_text_far_from_the_last_is_given_anew() -> None:
    written = UserModel("\n".join(f"line {number}" for number in range(5000)))
    written.before()
    assert written.context.before(Position(1, 5)) == "line 0\nline "


def test_text_before_a_new_beginning_is_not_given() -> None:
    written = UserModel("Private words.\n")
    written.context.reset(written.end)
    assert written.before() == ""
    for _ in range(LEAST):
        written.insert(written.end, " more")
        assert written.before().startswith(" more")


@pytest.mark.parametrize(
    ("before", "given"),
    [
        ("it was my ", f"{LEFT_OUT} "),
        ("it was (", LEFT_OUT),
        ("I said", LEFT_OUT),
        ("It was. ", ""),
        ("one\n", ""),
        ("", ""),
    ],
)
def test_of_the_text_before_a_new_beginning_only_that_its_sentence_goes_on_is_told(before: str, given: str) -> None:
    written = UserModel(before)
    written.context.reset(written.end)
    written.insert(written.end, "so")
    assert written.before() == given + "so"
    written.context.reset(Position(0, 0))
    assert written.before() == f"{before}so"


def test_a_cursor_that_goes_back_before_the_new_beginning_is_given_what_is_there() -> None:
    written = UserModel("earlier words")
    written.context.reset(written.end)
    assert written.context.before(Position(0, 7)) == "earlier"


def test_a_change_before_the_new_beginning_does_not_tell_what_stood_there() -> None:
    written = UserModel("private words\nand more")
    written.context.reset(written.end)
    written.insert(Position(1, 0), "hidden ")
    written.insert(Position(0, 0), "hidden\n")
    written.insert(written.end, " of mine")
    assert written.before() == f"{LEFT_OUT} of mine"


LINES = st.text("ab é😀\n", max_size=8)
PLACES = st.floats(0, 1)


@given(text=LINES, changes=st.lists(st.tuples(PLACES, LINES, PLACES), max_size=8))
def test_what_is_given_is_always_the_end_of_what_stands_before_the_cursor(
    text: str, changes: list[tuple[float, str, float]]
) -> None:
    written = UserModel(text)

    def place(share: float) -> Position:
        line = min(int(share * written.text.lines), written.text.lines - 1)
        return Position(line, int(share * 977 % 1 * (len(written.text.line(line)) + 1)))

    for at, added, cursor in changes:
        written.insert(place(at), added)
        there = place(cursor)
        above = str(written.text).split("\n")[: there.line]
        before = "\n".join([*above, written.text.line(there.line)[: there.column]])
        assert written.context.before(there) == before
