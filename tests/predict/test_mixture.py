"""Which of two languages is believed."""

import pytest

from autocomplete.model.bundle import Bundle
from autocomplete.predict.language import Language
from autocomplete.predict.mixture import language_weights


@pytest.fixture(scope="module")
def languages(english, german):
    return [Language.load(Bundle.open(folder)) for folder in (english, german)]


def test_one_language_is_believed_whatever_is_written(languages):
    assert language_weights(languages[:1], "Ich möchte das Haus sehen") == [1.0]


def test_nothing_written_is_a_tie(languages):
    assert language_weights(languages, "") == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("They would like to read ", 0),
        ("Ich möchte heute das ", 1),
        ("They would like to read it again tomorrow. Ich möchte ", 1),
        ("Ich möchte heute das Haus sehen. Wir haben the teacher ", 0),
        ("Ich möchte 3 ", 1),
    ],
)
def test_two_words_decide(languages, before, expected):
    assert language_weights(languages, before)[expected] > 0.9


def test_a_language_is_kept_while_it_is_written(languages):
    text = "Ich möchte heute über die Straße gehen und das Haus sehen."
    ends = [end for end in range(12, len(text)) if text[end] == " "]
    assert all(language_weights(languages, text[:end])[1] > 0.9 for end in ends)


@pytest.mark.parametrize(
    "before", ["They would like to read the book again. " * 9, "xyzzy " * 40, "\0\ud800👋", "3 4 5"]
)
def test_shares_are_of_one_and_none_is_given_up(languages, before):
    shares = language_weights(languages, before)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0.004


def test_words_follow_the_language(both):
    stream = both.stream()
    stream.update("They would like to ")
    english = {word.text for word in stream.suggest(5)}
    stream.update("Ich möchte heute ")
    german = {word.text for word in stream.suggest(5)}
    assert "read" in english or "take" in english or "see" in english
    assert not english & german
