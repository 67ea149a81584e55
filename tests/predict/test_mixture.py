"""Which of two languages is believed, and whose words are shown."""

from dataclasses import replace
from pathlib import Path

import pytest

import autocomplete
from autocomplete.model.bundle import Bundle
from autocomplete.predict.language import Language
from autocomplete.predict.mixture import Mixture
from autocomplete.text.words import WORD
from tests.tiny_model import sentences

MIXED = Path(__file__).parents[2] / "benchmarks" / "data" / "mixed.tsv"
GERMAN = "Ich möchte heute über die Straße gehen und das Haus sehen."


@pytest.fixture(scope="module")
def languages(english, german):
    return [Language.load(Bundle.open(folder)) for folder in (english, german)]


@pytest.fixture(scope="module")
def mixture(languages):
    return Mixture(languages)


def test_one_language_is_believed_whatever_is_written(languages):
    assert Mixture(languages[:1]).weights("Ich möchte das Haus sehen") == (1.0,)


def test_nothing_written_is_a_tie(mixture):
    assert mixture.weights("") == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("They would like to read ", 0),
        ("Ich möchte heute das ", 1),
        ("They would like to read it again tomorrow. Ich möchte ", 1),
        ("They would like to read und das ", 1),
        ("Ich möchte heute das Haus sehen. They would ", 0),
        ("Ich möchte heute the teacher ", 0),
        ("Ich möchte 3 ", 1),
    ],
)
def test_two_words_decide(mixture, before, expected):
    assert mixture.weights(before)[expected] > 0.9


@pytest.mark.parametrize(("letters", "expected"), [("th", 0), ("wou", 0), ("möc", 1), ("STRA", 1)])
def test_the_letters_of_a_word_tell_its_language_before_it_ends(mixture, letters, expected):
    assert mixture.weights("", letters)[expected] > 0.6


def test_letters_that_no_word_begins_with_tell_nothing(mixture):
    assert mixture.weights("", "ξψ") == pytest.approx([0.5, 0.5], abs=0.2)


def test_the_lines_before_tell_the_language_of_an_empty_line(mixture):
    assert mixture.weights(GERMAN + "\n\n")[1] > 0.9


def test_a_language_is_kept_while_it_is_written(mixture):
    ends = [end for end in range(12, len(GERMAN)) if GERMAN[end] == " "]
    assert all(mixture.weights(GERMAN[:end])[1] > 0.9 for end in ends)


def test_a_name_that_one_memory_holds_does_not_change_the_language(mixture):
    assert mixture.weights("Ich möchte heute Anna ")[1] > 0.9
    assert mixture.weights("They would like to see Anna ")[0] > 0.9


@pytest.mark.parametrize(
    "before", ["They would like to read the book again. " * 9, "xyzzy " * 40, "\0\ud800👋", "3 4 5", "q" * 500]
)
@pytest.mark.parametrize("letters", ["", "th", "\ud800", "ß" * 64])
def test_shares_are_of_one_and_none_is_given_up(mixture, before, letters):
    shares = mixture.weights(before, letters)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_a_language_without_a_memory_is_as_good_as_the_other(languages):
    mixture = Mixture([languages[0], replace(languages[1], ngram=None)])
    assert mixture.weights("They would like to ", "r") == (0.5, 0.5)


def test_words_follow_the_language(both):
    stream = both.stream()
    stream.update("They would like to ")
    english = {word.text for word in stream.suggest(5)}
    stream.update("Ich möchte heute ")
    german = {word.text for word in stream.suggest(5)}
    assert "read" in english or "take" in english or "see" in english
    assert not english & german


def test_no_foreign_word_is_shown_while_one_language_is_written(both):
    german, english = ({match.group() for match in WORD.finditer(sentences(name))} for name in ("de", "en"))
    stream = both.stream()
    for end in range(len("Ich möchte "), len(GERMAN)):
        stream.update(GERMAN[:end])
        assert not {word.text for word in stream.suggest(3)} & (english - german), GERMAN[:end]


def test_a_language_that_is_not_believed_is_not_searched(both, de, steps):
    costs = []
    for completer in (de, both):
        stream = completer.stream()
        stream.update("Ich möchte heute das Hau")
        steps.clear()
        stream.suggest(3)
        costs.append(list(steps))
    assert costs[0] == costs[1]


@pytest.fixture(scope="module")
def switches() -> list[tuple[str, str, str]]:
    """Lines that change the language: the one that comes, the text before the switch, and the text behind it."""
    rows = [row.split("\t") for row in MIXED.read_text("utf-8").splitlines()]
    return [(direction.split(">")[1], before, after) for direction, before, after in rows]


def test_the_mixed_lines_switch_as_often_to_either_language(switches):
    assert [language for language, _, _ in switches].count("en") == len(switches) / 2 == 30
    assert all(len(WORD.findall(text)) >= 3 for _, before, after in switches for text in (before, after))


def test_the_shipped_models_follow_a_switch_within_two_words(switches):
    completer = autocomplete.load("en", "de")
    mixture = Mixture(completer._languages)
    followed = 0
    for language, before, after in switches:
        second = list(WORD.finditer(after))[1]
        weights = mixture.weights(f"{before}{after[: second.end()]} ")
        followed += weights[completer.languages.index(language)] > 0.5
    assert followed / len(switches) > 0.85


@pytest.mark.parametrize(("text", "language"), [("Ich möchte das Haus sehen", "de"), ("I want to see the house", "en")])
def test_a_stream_tells_the_language_at_its_cursor_and_of_any_text(both, text, language):
    stream = both.stream()
    stream.update(text + " ")
    assert stream.language() == language
    stream.update("")
    assert stream.language(text + " ") == language
