"""Code points and UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.editor.offsets import points, units


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_units_are_what_utf_16_needs(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_points_undo_units(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert points(text, units(text[:offset])) == offset


@pytest.mark.parametrize(("text", "length"), [("", 0), ("a", 1), ("ä", 1), ("😀", 2), ("a😀b", 4)])
def test_an_emoji_counts_twice(text: str, length: int) -> None:
    assert units(text) == length
