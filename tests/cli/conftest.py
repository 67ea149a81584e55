"""The command line with a completer of known words in place of a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner, Result

import autocomplete
from autocomplete.cli.app import app


@dataclass(frozen=True)
class Suggestion:
    text: str
    probability: float


@dataclass
class KnownStream:
    words: Sequence[str]
    before: str = ""

    def update(self, text_before_cursor: str) -> None:
        self.before = text_before_cursor

    def suggest(self, k: int = 3) -> list[Suggestion]:
        prefix = self.before.rpartition(" ")[2]
        words = [word for word in self.words if word.startswith(prefix)]
        return [Suggestion(word, 0.5 / (rank + 1)) for rank, word in enumerate(words[:k])]


@dataclass
class KnownWords:
    words: Sequence[str] = ("way", "was", "what", "grün")

    def stream(self) -> KnownStream:
        return KnownStream(self.words)

    def bits(self, text: str) -> float:
        return 2.0 * (len(text) + 1)


@pytest.fixture
def completer() -> KnownWords:
    return KnownWords()


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, completer: KnownWords) -> list[tuple[str, ...]]:
    """What was asked to be loaded; each time it is the completer of known words that comes."""
    asked: list[tuple[str, ...]] = []

    def load(*languages: str, profile: object = None) -> KnownWords:
        asked.append(languages)
        return completer

    monkeypatch.setattr(autocomplete, "load", load, raising=False)
    return asked


@pytest.fixture
def run(loaded: list[tuple[str, ...]]) -> Callable[..., Result]:
    """Runs the command line as if with these words behind `autocomplete`."""

    def run(*args: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return run
