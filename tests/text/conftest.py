"""Tokenizers of both kinds, trained on a few sentences."""

import pytest

from autocomplete.text.tokenizer import Tokenizer
from tests.tiny_model import tiny_tokenizer


@pytest.fixture(scope="session")
def subwords() -> Tokenizer:
    """A unigram tokenizer for German."""
    return Tokenizer(tiny_tokenizer("de"))


@pytest.fixture(scope="session", params=["unigram", "char"])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    """Each kind in turn."""
    return Tokenizer(tiny_tokenizer("de", request.param))
