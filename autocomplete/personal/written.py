"""Counts of the words written."""

from autocomplete.personal.line import Line
from autocomplete.text.words import WORD


class Written:
    """Words with how often they were written, and when last."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.last_used: dict[str, float] = {}

    def learn(self, line: Line) -> None:
        for match in WORD.finditer(line.text):
            if not line.spans or any(s.start < match.end() and match.start() < s.end for s in line.spans):
                word = match.group()
                self.counts[word] = self.counts.get(word, 0) + 1
                self.last_used[word] = line.time
