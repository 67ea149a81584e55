"""Text as words, signs and sentence starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.text.reading import LEFT_OUT, NUMBER, OTHER, SENTENCE_START, SIGNS, read_tokens
from autocomplete.text.words import WORD


def _tokens(text: str) -> str:
    return " ".join(token for token, _ in read_tokens(text))


def _beginnings(text: str) -> list[str]:
    return [token for token, begins in read_tokens(text) if begins]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", "<s>"),
        ("I’m here, Anna", "<s> I'm here , Anna"),
        ("Stop. Go!", "<s> Stop . <s> Go !"),
        ("Well… yes", "<s> Well … <s> yes"),
        ("one\ntwo", "<s> one <s> two"),
        ("at 15:30", "<s> at <number> : <number>"),
        ("50 % 👋", "<s> <number> <other> <other>"),
        ("am 3. Mai", "<s> am <number> . Mai"),
        ("z. B. heute", "<s> z . B . heute"),
        ("J. R. R. Tolkien", "<s> J . R . R . Tolkien"),
        ("Ja?! Nein", "<s> Ja ? ! <s> Nein"),
    ],
)
def test_words_signs_and_numbers_are_tokens(text, tokens):
    assert _tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The end. So what", ["The", "So"]),
        ("one\n(two) three", ["one", "two"]),
        ("am 3. Mai", ["am"]),
        ("z. B. heute", ["z"]),
        ('"Stop." Then he', ["Stop", "Then"]),
        ("wait, then. 3 men", ["wait"]),
        (f"{LEFT_OUT} is here. So", ["So"]),
        (f"({LEFT_OUT}, so", []),
    ],
)
def test_a_sentence_begins_at_a_line_and_behind_a_full_stop(text, words):
    assert _beginnings(text) == words


@given(st.text(st.characters(), max_size=40))
def test_every_token_is_a_word_or_a_known_sign(text):
    known = {SENTENCE_START, NUMBER, OTHER} | SIGNS
    for token, begins in read_tokens(text):
        assert token in known or WORD.fullmatch(token)
        assert not begins or WORD.fullmatch(token)
