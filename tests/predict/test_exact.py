"""Invariant 1: whatever was edited before, a stream suggests what a fresh one would for the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete.predict.completer import Completer
from autocomplete.predict.stream import Stream, Suggestion

WORDS = ["the", " teach", "I'm", "don", "'t", " Stra", "ße", "über", "Him", " m", "I", "W", "’s", "n"]
SIGNS = [" ", "  ", "\n", ".", "? ", '"', " (", "„", "3", ", ", "-", "'", "…", "\t"]
ODD = ["👋🏽", "e\u0301", "u\u0308", "\0", "\ud83d", "שלום", "\u202e", "▁", "m²", "q" * 50, "İ"]
PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(SIGNS), st.sampled_from(ODD), st.text(st.characters(), max_size=2)
)
PLACES = st.floats(0, 1)
EDITS = st.one_of(
    st.tuples(st.just("type"), PIECES),
    st.tuples(st.just("type"), PIECES),
    st.tuples(st.just("backspace"), st.integers(1, 4)),
    st.tuples(st.just("paste"), st.lists(PIECES, max_size=6).map("".join), PLACES),
    st.tuples(st.just("cut"), PLACES, PLACES),
    st.tuples(st.just("undo"), PLACES),
    st.tuples(st.just("jump"), PLACES),
)


def _edited(text: str, edit: tuple, earlier: list[str]) -> str:
    match edit:
        case ("type", letters):
            return text + letters
        case ("backspace", count):
            return text[: max(0, len(text) - count)]
        case ("paste", pasted, place):
            at = round(place * len(text))
            return text[:at] + pasted + text[at:]
        case ("cut", one, other):
            first, last = sorted((round(one * len(text)), round(other * len(text))))
            return text[:first] + text[last:]
        case ("undo", place):
            return earlier[round(place * (len(earlier) - 1))]
        case ("jump", place):
            return text[: round(place * len(text))]
    raise AssertionError(edit)


def _name_edit(stream: Stream, text: str, edited: str) -> None:
    """Tells the stream where the texts differ, as an editor would."""
    start = 0
    while start < min(len(text), len(edited)) and text[start] == edited[start]:
        start += 1
    end = 0
    while end < min(len(text), len(edited)) - start and text[-1 - end] == edited[-1 - end]:
        end += 1
    stream.edit(start, len(text) - start - end, edited[start : len(edited) - end])


def _assert_same(got: list[Suggestion], wanted: list[Suggestion]) -> None:
    assert [s.probability for s in got] == pytest.approx([s.probability for s in wanted], abs=1e-4)
    for one, other in zip(got, wanted, strict=True):
        assert one.text == other.text or abs(one.probability - other.probability) < 1e-6


def _assert_exact(completer: Completer, edits: list[tuple]) -> None:
    text, earlier = "", [""]
    told, named = completer.stream(), completer.stream()
    for edit in edits:
        edited = _edited(text, edit, earlier)
        told.update(edited)
        _name_edit(named, text, edited)
        text = edited
        earlier.append(text)
        fresh = completer.stream()
        fresh.update(text)
        wanted = fresh.suggest(3)
        _assert_same(told.suggest(3), wanted)
        _assert_same(named.suggest(3), wanted)


@settings(max_examples=60)
@given(edits=st.lists(EDITS, max_size=12))
def test_suggestions_are_those_of_a_fresh_stream_after_any_edits(en, edits):
    _assert_exact(en, edits)


@settings(max_examples=20)
@given(edits=st.lists(EDITS, max_size=8))
def test_two_languages_are_as_exact_as_one(both, edits):
    _assert_exact(both, edits)


@pytest.mark.parametrize(
    "line", ["Die Straßenbahn fährt über Köln nach München.", "Ich möchte im Übrigen natürlich helfen"]
)
def test_letters_that_come_and_go_do_not_change_what_is_found(de, line):
    stream, typed = de.stream(), ""
    for letter in line:
        # A wrong letter and its deletion leave hypotheses behind that a fresh search has never seen.
        for wanted in (typed + "e", typed, typed + letter):
            stream.update(wanted)
            fresh = de.stream()
            fresh.update(wanted)
            _assert_same(stream.suggest(8), fresh.suggest(8))
        typed += letter


def test_suggestions_that_nobody_asked_for_make_no_difference(en):
    asked, silent = en.stream(), en.stream()
    for text in ("T", "Th", "The", "The ", "The t", "The te", "The tea", "The t"):
        asked.update(text)
        asked.suggest(3)
        asked.continuation()
        silent.update(text)
    _assert_same(asked.suggest(3), silent.suggest(3))


def test_the_words_before_count_even_where_the_lstm_has_read_no_more(en):
    stream, fresh = en.stream(), en.stream()
    text = "sorry" + " " * 234 + ","
    stream.update(text)
    stream.suggest(3)
    stream.update(text + " ")
    fresh.update(text + " ")
    _assert_same(stream.suggest(3), fresh.suggest(3))


@settings(max_examples=15)
@given(edits=st.lists(EDITS, max_size=6))
def test_a_long_text_is_read_from_the_anchor_on(en, edits):
    before = "They would like to read the book again.\n" * 100
    stream, text = en.stream(), before
    stream.update(text)
    for edit in edits:
        if edit[0] in ("type", "backspace"):
            text = _edited(text, edit, [before])
            stream.update(text)
            fresh = en.stream()
            fresh.update(text[stream.anchor :])
            _assert_same(stream.suggest(3), fresh.suggest(3))
