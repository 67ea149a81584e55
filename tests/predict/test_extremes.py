"""Texts and questions that nobody means: quick, and no exception."""

import time

import pytest

import autocomplete
from autocomplete.predict import completer
from autocomplete.predict.suggestion import Suggestion

LONG = "They would like to read the whole book again tomorrow. " * 20_000


def test_none_are_suggested_where_none_are_wanted(en):
    stream = en.stream()
    stream.update("I w")
    assert stream.suggest(0) == []


def test_there_may_be_fewer_words_than_wanted(en):
    stream = en.stream()
    stream.update("They wou")
    words = stream.suggest(100_000)
    assert words[0].text == "would"
    assert words[:3] == stream.suggest(3)
    assert len(words) < 1000


def test_an_empty_text_begins_a_sentence(en):
    stream = en.stream()
    words = stream.suggest(3)
    assert len(words) == 3
    assert all(isinstance(word, Suggestion) and word.text[0].isupper() for word in words)
    stream.update("")
    assert stream.suggest(3) == words


@pytest.mark.parametrize("text", [" ", " " * 5000, "\n\n\n", "\n \n "])
def test_space_alone_begins_a_sentence_too(en, text):
    stream = en.stream()
    stream.update(text)
    words = stream.suggest(3)
    assert len(words) == 3
    assert all(word.text[0].isupper() for word in words)


@pytest.mark.parametrize(
    "text", ["👋", "👋🏽" * 2000, "\0", "\ud83d" * 3000, "3" * 5000, "." * 5000, "'" * 3000, "-" * 3000, "שלום" * 900]
)
def test_odd_text_is_read_and_left_alone(en, text):
    stream = en.stream()
    stream.update(text)
    stream.suggest(3)
    stream.update(text + " ")
    assert len(stream.suggest(3)) == 3


def test_letters_without_a_space_suggest_nothing(en):
    stream = en.stream()
    for count in (60, 63, 64, 65, 96, 500, 10_000):
        stream.update("a" * count)
        assert stream.suggest(3) == []


def _seconds(action) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def test_ten_thousand_letters_are_typed_quickly(en):
    stream = en.stream()
    stream.update("x" * 10_000)

    def type_on() -> None:
        for count in range(10_000, 10_050):
            stream.update("x" * count)
            stream.suggest(3)

    assert _seconds(type_on) < 2


def test_a_million_characters_are_opened_and_typed_in_quickly(en):
    stream = en.stream()

    def open_and_type() -> None:
        stream.update(LONG)
        for count in range(1, 20):
            stream.update(LONG + "They would like to"[:count])
            stream.suggest(3)

    assert len(LONG) > 1_000_000
    assert _seconds(open_and_type) < 2


def test_naming_the_edit_needs_no_whole_text(en):
    told, named = en.stream(), en.stream()
    told.update(LONG)
    named.edit(0, 0, LONG)
    for letter in "I wo":
        named.edit(len(LONG), 0, letter)
    named.edit(len(LONG), 4, "I wou")
    told.update(LONG + "I wou")
    assert named.suggest(3) == told.suggest(3)


def test_streams_do_not_know_of_each_other(en):
    one, other = en.stream(), en.stream()
    one.update("I would like to r")
    other.update("The teacher t")
    words = one.suggest(3)
    other.suggest(3)
    other.update("")
    assert one.suggest(3) == words


def test_a_phrase_goes_on_at_the_cursor_and_leaves_the_text_alone(en):
    stream = en.stream()
    for text in ("", "They wou", "Thank you very m", "The teacher would like t", "3", "\0"):
        stream.update(text)
        words, phrase = stream.suggest(3), stream.continuation()
        assert phrase == phrase.rstrip()
        assert stream.suggest(3) == words
        assert stream.continuation() == phrase


def test_a_sure_phrase_finishes_the_word_and_more(en):
    stream = en.stream()
    stream.update("Thank you very mu")
    assert stream.continuation().startswith("ch")
    stream.update("Thank you very xq")
    assert stream.continuation() == ""


def test_bits_are_fewer_for_what_was_learned(en, both):
    known, unknown = "The teacher would like to read the book.", "Xq zvv kjjw pqrr bxxn ttq zzk vvqx jjq kk"
    assert 0 < en.bits(known) < 0.5 * en.bits(unknown)
    assert en.bits(known) <= both.bits(known) <= en.bits(known) + 1 + 1e-6


def test_the_public_names_lead_to_the_classes():
    assert autocomplete.Suggestion is Suggestion
    assert autocomplete.Stream.__name__ == "Stream"
    assert autocomplete.Completer.__name__ == "Completer"
    with pytest.raises(AttributeError, match="nothing"):
        autocomplete.nothing  # noqa: B018


def test_bits_of_a_long_line_are_those_of_its_parts_added_up(en, monkeypatch):
    line = "they would like to read the whole book " * 30
    whole = en.bits(line)
    monkeypatch.setattr(completer, "_SCORED", 7)
    assert en.bits(line) == pytest.approx(whole, rel=1e-5)
