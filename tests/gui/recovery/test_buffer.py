"""The text as Qt counts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.recovery import buffer
from gui.recovery.buffer import TextBuffer

TEXTS = st.text(st.characters(exclude_categories=()) | st.sampled_from("a\n\0\ud83d\ude00😀é\ufeff"), max_size=12)
CHANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), TEXTS), max_size=20)


def code(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@given(CHANGES, st.integers(1, 40))
def test_it_is_what_a_plain_string_of_units_would_be(changes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buffer, "_CHUNK", 2 * chunk)
        patch.setattr(buffer, "_SLICE", max(1, chunk // 2))
        text, plain = TextBuffer(), b""
        for position, removed, added in changes:
            position = min(position, len(plain) // 2)
            removed = min(removed, len(plain) // 2 - position)
            text.replace(position, removed, added)
            plain = plain[: 2 * position] + code(added) + plain[2 * (position + removed) :]
            assert text.length == len(plain) // 2
            assert text.holds(position, added)
        assert text.text() == plain.decode("utf-16-le", "surrogatepass")
        assert b"".join(code(piece) for piece, _ in text.pieces()) == plain
        assert [units for _, units in text.pieces()] == [len(code(piece)) // 2 for piece, _ in text.pieces()]


def test_what_does_not_stand_there_is_not_held() -> None:
    text = TextBuffer()
    text.replace(0, 0, "abc")
    assert text.holds(1, "bc")
    assert not text.holds(1, "bd")
    assert not text.holds(2, "cd")


@pytest.mark.parametrize(("position", "removed"), [(4, 0), (0, 4), (3, 1), (-1, 0)])
def test_a_place_that_is_not_in_the_text_is_refused(position: int, removed: int) -> None:
    text = TextBuffer()
    text.replace(0, 0, "abc")
    with pytest.raises(ValueError, match="units"):
        text.replace(position, removed, "x")
    assert text.text() == "abc"
