"""Counts of the words written."""

from autocomplete.model.ngram import NGramMemory
from autocomplete.personal.line import Line
from autocomplete.text.words import WORD


class Written:
    """Words with how often they were written, and when last."""

    def __init__(self, memory: NGramMemory | None = None) -> None:
        self._memory = memory
        self._counts: dict[str, int] = {}
        self._last: dict[str, float] = {}

    def learn(self, line: Line) -> int:
        """Takes a line in; returns how many words it taught."""
        taught = 0
        for match in WORD.finditer(line.text):
            if not line.spans or any(s.start < match.end() and match.start() < s.end for s in line.spans):
                word = match.group()
                self._counts[word] = self._counts.get(word, 0) + 1
                self._last[word] = line.time
                taught += 1
        return taught

    def add(self, word: str) -> None:
        """Makes a word one that is offered at once."""

    def words(self) -> list[tuple[str, int, float, bool]]:
        """Of every word written: how often, when last (seconds since the epoch), whether the base does not know it."""
        return [(word, count, self._last[word], True) for word, count in self._counts.items()]
