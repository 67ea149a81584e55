"""Invariant 2: what a key costs, counted in steps of the LSTM."""

import pytest

from autocomplete.predict import reader
from autocomplete.predict.search import BATCH, ROUNDS
from autocomplete.predict.stream import WINDOW, Stream

TEXT = "They would like to read the book again. I don't think so, but we can try to find it tomorrow."
MOST_IN_A_SEARCH = 2 * ROUNDS * BATCH


def _type(stream: Stream, text: str, added: str) -> str:
    for letter in added:
        text += letter
        stream.update(text)
    return text


def test_deleting_read_text_steps_nothing(en, steps):
    stream = en.stream()
    _type(stream, "", TEXT)
    steps.clear()
    for end in range(len(TEXT), -1, -1):
        stream.update(TEXT[:end])
    assert steps == []


def test_typing_a_word_reads_nothing_until_it_ends(en, steps):
    stream = en.stream()
    text = _type(stream, "", "I would ")
    steps.clear()
    text = _type(stream, text, "tomorrow")
    assert steps == []
    _type(stream, text, " n")
    assert 1 <= len(steps) <= len("tomorrow")


def test_a_letter_taken_back_finds_its_suggestions_ready(en, steps):
    stream = en.stream()
    for text in ("I would like to r", "I would like to re"):
        stream.update(text)
        stream.suggest(3)
    steps.clear()
    stream.update("I would like to r")
    stream.suggest(3)
    assert steps == []


def test_asking_twice_costs_nothing(en, steps):
    stream = en.stream()
    stream.update("I would l")
    stream.suggest(3)
    steps.clear()
    stream.suggest(10)
    assert steps == []


def _steps_of_keys(stream: Stream, text: str, steps: list[int]) -> list[int]:
    costs = []
    for end in range(1, len(TEXT)):
        steps.clear()
        stream.update(text + TEXT[:end])
        stream.suggest(3)
        costs.append(sum(steps))
    return costs


def test_a_key_costs_the_same_in_a_note_and_in_a_book(en, steps):
    short, long = "Some words.\n", "They would like to read this.\n" * 20_000
    note, book = en.stream(), en.stream()
    note.update(short)
    book.update(long)
    in_note, in_book = _steps_of_keys(note, short, steps), _steps_of_keys(book, long, steps)
    assert max(*in_note, *in_book) <= MOST_IN_A_SEARCH + len(" tomorrow")
    assert sum(in_book) < 1.5 * sum(in_note)


def test_opening_a_long_text_reads_a_window_of_it(en, steps):
    stream = en.stream()
    steps.clear()
    stream.update("We read it. " * 50_000)
    assert 0 < sum(steps) <= WINDOW
    assert stream.anchor > 500_000


def test_an_edit_far_back_in_a_long_text_reads_a_window_of_it(en, steps):
    text = "We read it. " * 10_000
    stream = en.stream()
    stream.update(text)
    steps.clear()
    stream.edit(100, 5, "x")
    assert 0 < sum(steps) <= WINDOW


def test_an_edit_beyond_the_snapshots_is_read_anew(en, monkeypatch):
    monkeypatch.setattr(reader, "SNAPSHOTS", 64)
    stream, text = en.stream(), ""
    for number in range(100):
        text += "we read "
        stream.edit(len(text) - 8, 0, "we read ")
        assert stream.anchor == 0, number
    stream.edit(3, 4, "know")
    text = text[:3] + "know" + text[7:]
    fresh = en.stream()
    fresh.update(text[stream.anchor :])
    assert stream.suggest(5) == fresh.suggest(5)


def test_going_back_to_the_anchor_reads_what_stands_before_it(en):
    text = "The teacher would like to know the answer. " * 100
    stream = en.stream()
    stream.update(text)
    jump = text[: stream.anchor + 5]
    stream.update(jump)
    assert stream.anchor < len(jump) - WINDOW // 3
    fresh = en.stream()
    fresh.update(jump)
    assert [s.text for s in stream.suggest(3)] == [s.text for s in fresh.suggest(3)]


@pytest.mark.parametrize(("position", "removed"), [(-1, 0), (0, -1), (4, 0), (0, 4), (3, 1)])
def test_an_edit_outside_the_text_is_refused_and_changes_nothing(en, position, removed):
    stream = en.stream()
    stream.update("I w")
    before = stream.suggest(3)
    with pytest.raises(ValueError, match="in a text of 3"):
        stream.edit(position, removed, "x")
    assert stream.suggest(3) == before
