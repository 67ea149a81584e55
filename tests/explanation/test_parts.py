"""Text cut into the words and signs that are explained."""

import pytest

from autocomplete.explanation.parts import read_parts
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.text.units import split_units
from tests.tiny_model import tiny_tokenizer


@pytest.fixture(scope="module", params=["unigram", "char"])
def tokenizer(request):
    return Tokenizer(tiny_tokenizer("de", request.param))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Die Wolken, am", ["Die", "Wolken", ",", "am"]),
        ("I don't know", ["I", "don't", "know"]),
        ("an E-Mail-Adresse - so", ["an", "E-Mail-Adresse", " ", "-", "so"]),
        ("so\nund  da", ["so", "\n", "und", " ", "da"]),
        ("a" * 100 + " b", ["a" * 100, "b"]),
        ("", []),
    ],
)
def test_words_stay_whole_and_signs_stand_alone(tokenizer, text, parts):
    assert [part.text for part in read_parts(tokenizer, split_units(text), True)] == parts


def test_what_is_a_word_is_known(tokenizer):
    assert [part.is_word for part in read_parts(tokenizer, split_units("Um 8 👋"), True)] == [
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text", ["Die Wolken, die E-Mail's!", " 👋🏽 e\u0301\0\ud83d", "\n\n  x", "İm²'s -'- a'", "don'"]
)
@pytest.mark.parametrize("line_start", [True, False])
def test_the_tokens_are_those_that_a_stream_reads(tokenizer, text, line_start):
    tokens = [token for part in read_parts(tokenizer, split_units(text), line_start) for token in part.tokens]
    assert tokens == tokenizer.encode(text, line_start=line_start)
