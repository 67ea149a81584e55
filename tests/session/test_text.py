"""A text in memory, and places that stay where they are while it changes."""

from hypothesis import given
from hypothesis import strategies as st

from autocomplete.session.text import Mark, PlainText, Position

TEXTS = st.text("ab\n", max_size=12)


def position(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n"), len(before) - (before.rfind("\n") + 1))


@given(text=TEXTS, added=TEXTS, data=st.data())
def test_a_replacement_is_that_of_the_string(text: str, added: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    plain = PlainText(text)
    change = plain.replace(position(text, start), position(text, end), added)
    whole = text[:start] + added + text[end:]
    assert str(plain) == whole
    assert [plain.line(number) for number in range(plain.lines)] == whole.split("\n")
    assert (change.start, change.end) == (position(text, start), position(whole, start + len(added)))
    assert change.lines_removed == text[start:end].count("\n")


@given(text=TEXTS, changes=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), TEXTS), max_size=6), at=st.floats(0, 1))
def test_a_mark_stays_at_its_character(text: str, changes: list[tuple[float, float, str]], at: float) -> None:
    plain = PlainText(text)
    offset = round(at * len(text))
    mark = Mark(plain, position(text, offset))
    for first, second, added in changes:
        start, end = sorted((round(first * len(text)), round(second * len(text))))
        change = plain.replace(position(text, start), position(text, end), added)
        text = text[:start] + added + text[end:]
        mark.follow(change)
        if start < offset:
            offset = offset - (end - start) + len(added) if end <= offset else start
        assert mark.position == position(text, offset)
