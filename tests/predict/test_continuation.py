"""Words offered to be inserted at the cursor, only where they are very probably right."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete.predict.completer import Completer
from autocomplete.predict.stream import CONTINUATION_CONFIDENCE, CONTINUATION_WORDS, Stream
from autocomplete.text.words import WORD, current_word
from tests.tiny_model import sentences

ENGLISH_LINES = sorted(set(sentences("en").splitlines()))
GERMAN_LINES = sorted(set(sentences("de").splitlines()))
BEGINNINGS = st.tuples(st.sampled_from(ENGLISH_LINES + GERMAN_LINES), st.floats(0, 1)).map(
    lambda cut: cut[0][: round(cut[1] * len(cut[0]))]
)


def _stream(completer: Completer, text: str) -> Stream:
    stream = completer.stream()
    stream.update(text)
    return stream


def _continuation(completer: Completer, text: str) -> str:
    return _stream(completer, text).continuation()


def _assert_same(one: Stream, other: Stream) -> None:
    # Steps in other batches round otherwise, which is no trace of the continuation.
    got, wanted = one.suggest(3), other.suggest(3)
    assert [s.probability for s in got] == pytest.approx([s.probability for s in wanted], abs=1e-4)
    for a, b in zip(got, wanted, strict=True):
        assert a.text == b.text or abs(a.probability - b.probability) < 1e-6


@pytest.fixture
def need(monkeypatch):
    """Sets how sure a continuation must be."""
    return lambda share: monkeypatch.setattr("autocomplete.predict.stream.CONTINUATION_CONFIDENCE", share)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They wou", "would like to"),
        ("They would", "would like to"),
        ("They would ", "like to"),
        ("Thank ", "you"),
        ("Thank", "Thank you"),
        ("I'm so", "sorry"),
        ("Don'", "Don't"),
        ("Don’", "Don’t"),
    ],
)
def test_a_sure_continuation_ends_the_word_and_goes_on(en, text, words):
    assert current_word(text) + _continuation(en, text) == words


@pytest.mark.parametrize(("text", "continuation"), [("Schöne Gr", "üße"), ("Natürlich k", "önnen"), ("Am Himm", "el")])
def test_a_continuation_is_found_in_german(de, text, continuation):
    assert _continuation(de, text).startswith(continuation)


@pytest.mark.parametrize("text", ["", "The ", "It is. ", "They want to talk about ", "I", "xyzzy", "\n", "They wou\n"])
def test_an_unsure_stream_says_nothing(en, text):
    assert _continuation(en, text) == ""


@pytest.mark.parametrize(
    ("completer", "text"), [("de", "Am himm"), ("de", "die strass"), ("de", "u\u0308b"), ("en", "i'"), ("en", "on mon")]
)
def test_letters_that_would_change_are_no_place_for_a_continuation(request, completer, text):
    assert _continuation(request.getfixturevalue(completer), text) == ""


@settings(max_examples=50)
@given(text=BEGINNINGS)
def test_a_continuation_begins_with_the_best_word(both, text):
    stream = _stream(both, text)
    continuation, typed = stream.continuation(), current_word(text)
    if not continuation:
        return
    first = WORD.match((typed + continuation).lstrip())
    assert first is not None
    assert first.group() in (stream.suggest(1)[0].text if stream.suggest(1) else typed, typed)
    assert len(WORD.findall(typed + continuation)) <= CONTINUATION_WORDS
    assert continuation == continuation.rstrip()
    assert "  " not in text[-1:] + continuation


@pytest.mark.parametrize(
    ("text", "continuation"),
    [("I'm sorry,", " I"), ("I'm sorry, ", "I"), ("Thank", " you very"), ("(I woul", "d like")],
)
def test_a_space_comes_first_where_one_is_missing(en, need, text, continuation):
    need(0.3)
    assert _continuation(en, text).startswith(continuation)


@pytest.mark.parametrize(
    "text",
    [
        "http://www.wou",
        "https://would",
        "www.would",
        "x.would",
        "They would.lik",
        "me@would",
        "~/wou",
        "C:\\wou",
        "a/wou",
        "_wou",
        "read(wou",
        "`wou",
        "--wou",
        "3",
        "3wou",
        "at 15",
        "at 15:30",
        "at 3rd",
        "x=wou",
    ],
)
def test_addresses_code_and_numbers_are_no_place_for_a_continuation(en, need, text):
    need(0.01)
    assert _continuation(en, text) == ""
    assert _continuation(en, "They would like to read this book\n" + text) == ""


@pytest.mark.parametrize("text", ["https://example.org they wou", "at 15:30 they wou", "x_y wou", "(they wou"])
def test_behind_those_a_continuation_is_found(en, text):
    assert _continuation(en, text).startswith("ld")


def test_a_continuation_is_as_sure_as_its_words_are_together(en, need):
    text, together = "They would ", 1.0
    for word in ("like", "to"):
        best = _stream(en, text).suggest(1)[0]
        assert best.text == word
        together *= best.probability
        text += word + " "
    need(together * 0.999)
    assert _continuation(en, "They would ").startswith("like to")
    need(together * 1.001)
    assert _continuation(en, "They would ") == "like"


@pytest.mark.parametrize("text", ["They wou", "They would ", "Thank", "I'm sorry,", "I ", "We met"])
def test_who_asks_for_more_certainty_gets_the_beginning_of_the_continuation(en, need, text):
    continuations = []
    for share in (0.05, 0.2, 0.4, CONTINUATION_CONFIDENCE, 0.9, 1.01):
        need(share)
        continuations.append(_continuation(en, text))
    assert all(longer.startswith(shorter) for longer, shorter in pairwise(continuations))
    assert continuations[0]
    assert continuations[-1] == ""


def test_a_continuation_is_a_few_words_long_however_sure(en, need):
    need(1e-9)
    assert len(WORD.findall(_continuation(en, "They would like "))) == CONTINUATION_WORDS


@settings(max_examples=20)
@given(text=BEGINNINGS, then=st.sampled_from(["", "e", " ", "'", ". ", "ld", "\n"]), back=st.integers(0, 5))
def test_a_continuation_leaves_no_trace(both, text, then, back):
    asked, silent = both.stream(), both.stream()
    for later in (text, text + then, text[: max(0, len(text) - back)], text):
        asked.update(later)
        silent.update(later)
        continuation = asked.continuation()
        assert asked.suggest(5) == silent.suggest(5)
        assert asked.continuation() == continuation
    _assert_same(asked, _stream(both, text))


def test_a_continuation_in_mid_word_leaves_no_trace_of_the_word(en):
    stream, typed = en.stream(), ""
    for letter in "They would like to take our garden":
        typed += letter
        stream.update(typed)
        stream.continuation()
        _assert_same(stream, _stream(en, typed))


@pytest.mark.parametrize("edit", [(5, 3, "hop"), (8, 0, "ld "), (8, 0, "l"), (0, 5, ""), (5, 3, "would "), (4, 4, "")])
def test_an_edit_behind_a_continuation_is_made_where_it_says(en, edit):
    stream = _stream(en, "They wou")
    assert stream.continuation()
    position, removed, added = edit
    stream.edit(position, removed, added)
    text = "They wou"[:position] + added + "They wou"[position + removed :]
    fresh = _stream(en, text)
    _assert_same(stream, fresh)
    assert stream.continuation() == fresh.continuation()
    stream.update(text + " like")
    _assert_same(stream, _stream(en, text + " like"))


def test_a_continuation_behind_edits_alone_leaves_no_trace(en):
    stream = en.stream()
    stream.edit(0, 0, "They ")
    stream.edit(5, 0, "wou")
    assert stream.continuation().startswith("ld like")
    _assert_same(stream, _stream(en, "They wou"))


def test_a_continuation_far_down_in_a_text_does_not_read_it_anew(en, steps):
    text = "They would like to read the book again.\n" * 60 + "They wou"
    stream = _stream(en, text)
    anchor = stream.anchor
    stream.continuation()
    stream.suggest(3)
    steps.clear()
    assert stream.continuation().startswith("ld like")
    assert len(steps) < 60
    assert stream.anchor == anchor
    fresh = _stream(en, text)
    _assert_same(stream, fresh)


def test_a_continuation_is_also_given_by_its_old_name(en):
    stream = _stream(en, "They wou")
    assert stream.phrase() == stream.continuation() != ""
