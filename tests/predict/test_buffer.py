"""A text in chunks is a text."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from autocomplete.predict import buffer
from autocomplete.predict.buffer import TextBuffer


class BufferAndString(RuleBasedStateMachine):
    """Does the same to a buffer and to a plain string."""

    def __init__(self) -> None:
        super().__init__()
        self.buffer, self.text = TextBuffer(), ""

    @rule(added=st.text("ab\n👋", max_size=11))
    def append(self, added):
        self.buffer.append(added)
        self.text += added

    @rule(place=st.floats(0, 1))
    def cut(self, place):
        position = round(place * len(self.text))
        assert self.buffer.cut(position) == self.text[position:]
        self.text = self.text[:position]

    @rule(count=st.integers(0, 40))
    def look_back(self, count):
        assert self.buffer.tail(count) == self.text[max(0, len(self.text) - count) :]

    @invariant()
    def is_as_long(self):
        assert len(self.buffer) == len(self.text)


BufferAndString.TestCase.settings = settings(max_examples=60, stateful_step_count=20)


class TestBuffer(BufferAndString.TestCase):
    """With chunks so short that every text has many."""

    @pytest.fixture(autouse=True)
    def short_chunks(self, monkeypatch):
        monkeypatch.setattr(buffer, "_CHUNK", 4)


def test_the_end_of_a_long_text_is_at_hand():
    text = TextBuffer()
    text.append("x" * 1_000_000 + "end")
    assert text.tail(4) == "xend"
    assert text.cut(1_000_001) == "nd"
    assert len(text) == 1_000_001
