"""Completers of the tiny models, and a count of what the LSTM does."""

from dataclasses import replace
from pathlib import Path

import pytest

import autocomplete
from autocomplete.model.bundle import Bundle
from autocomplete.model.runtime import Runtime
from autocomplete.predict.completer import Completer
from autocomplete.predict.language import Language


@pytest.fixture(scope="session")
def en(english: Path) -> Completer:
    """The tiny English model, loaded."""
    return autocomplete.load(english)


@pytest.fixture(scope="session")
def de(german: Path) -> Completer:
    """The tiny German model, loaded."""
    return autocomplete.load(german)


@pytest.fixture(scope="session")
def both(english: Path, german: Path) -> Completer:
    """Both, weighed by what is typed."""
    return autocomplete.load(english, german)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts each step of any LSTM had, in order; clear it where counting should begin."""
    counted: list[int] = []
    step = Runtime.step

    def counting(self, tokens, states):
        counted.append(len(tokens))
        return step(self, tokens, states)

    monkeypatch.setattr(Runtime, "step", counting)
    return counted


@pytest.fixture(scope="session")
def german_without_memory(german: Path) -> Completer:
    """The German LSTM alone."""
    language = Language.load(Bundle.open(german))
    return Completer([replace(language, ngram=None)])
