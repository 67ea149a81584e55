"""A completer whose suggestions are known, to measure without a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Word:
    text: str


@dataclass
class WordListStream:
    """Completes from a list of words: the first ones that begin as the last word does."""

    words: Sequence[str]
    read: list[str] = field(default_factory=list)

    def update(self, text_before_cursor: str) -> None:
        self.read.append(text_before_cursor)

    def suggest(self, k: int) -> list[Word]:
        prefix = self.read[-1].rpartition(" ")[2]
        return [Word(word) for word in self.words if word.startswith(prefix)][:k]


@dataclass
class WordList:
    words: Sequence[str]
    streams: list[WordListStream] = field(default_factory=list)

    def stream(self) -> WordListStream:
        self.streams.append(WordListStream(self.words))
        return self.streams[-1]

    def bits(self, text: str) -> float:
        return 2.0 * (len(text) + 1)


@pytest.fixture
def completer() -> WordList:
    return WordList(["the", "sky", "is", "blue"])
