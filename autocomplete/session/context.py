"""The text before the cursor that the engine gets to read: bounded, its start staying put.

The engine reads everything anew when the start of its text moves, so the start is an anchor in the text that is kept
for as long as its distance to the cursor is neither too short to be useful nor too long.
"""

from autocomplete.session.text import START, Change, Mark, Position, Text
from autocomplete.text.reading import LEFT_OUT, read_tokens

USUAL = 4096  # characters before the cursor when an anchor is chosen
MOST = 8192  # an anchor further away is given up
LEAST = 1024  # so is one nearer than this, unless the text, or what may be read of it, begins there


class Context:
    """Gives the text before a position of `text`, at a cost that does not grow with it."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._anchor = Mark(text)
        self._floor: Mark | None = None
        self._instead = ""  # what the engine reads for the text before the floor
        # The text between the anchor and the line of the cursor, which no key on that line changes.
        self._above: tuple[Position, int, str] | None = None

    def changed(self, change: Change) -> None:
        """The text has changed."""
        for mark in (self._anchor, self._floor):
            if mark is not None:
                mark.follow(change)
        if self._above is not None and change.start.line < self._above[1]:
            self._above = None

    def reset(self, position: Position) -> None:
        """Read no more of what stands before `position` now, unless the cursor goes back into it.

        Only whether a sentence goes on there is told.
        """
        self._instead = _without_words(self._text.line(position.line)[: position.column])
        self._floor = Mark(self._text, position)
        self._anchor = Mark(self._text, position)

    def before(self, position: Position) -> str:
        """The text between the anchor and `position`."""
        if self._floor is not None and position < self._floor.position:
            self._floor = None
        least = self._floor.position if self._floor else START
        start = self._anchor.position
        text = self._between(start, position)
        if text is None or (start > least and len(text) < LEAST):
            start = max(least, self._find_start(position))
            self._anchor = Mark(self._text, start)
            text = self._between(start, position) or ""
        instead = self._instead if self._floor is not None and start == least else ""
        return instead + text

    def _between(self, start: Position, end: Position) -> str | None:
        """The text from `start` to `end`; None if it is longer than it may be, or `end` comes first."""
        if start > end:
            return None
        last = self._text.line(end.line)[: end.column]
        if start.line == end.line:
            text = last[start.column :]
        else:
            above = self._lines_above(start, end.line)
            if above is None:
                return None
            text = above + last
        return text if len(text) <= MOST else None

    def _lines_above(self, start: Position, line: int) -> str | None:
        """The text from `start` to the beginning of `line`; None if it is longer than it may be."""
        if self._above is None or self._above[:2] != (start, line):
            lines: list[str] = []
            size = 0
            for number in range(line - 1, start.line - 1, -1):
                lines.append(self._text.line(number)[start.column if number == start.line else 0 :])
                size += len(lines[-1]) + 1
                if size > MOST:
                    return None
            self._above = (start, line, "".join(f"{text}\n" for text in reversed(lines)))
        return self._above[2]

    def _find_start(self, position: Position) -> Position:
        """A line's start about USUAL characters back; on an endless line, a word's start."""
        line, size = position.line, position.column
        while size < USUAL and line > 0:
            length = len(self._text.line(line - 1)) + 1
            if size + length > MOST:
                break
            line, size = line - 1, size + length
        if size <= MOST:
            return Position(line, 0)
        column = position.column - USUAL
        words = self._text.line(line)[column : position.column].split(" ", 1)
        return Position(line, position.column - len(words[1]) if len(words) == 2 else column)


def _without_words(line: str) -> str:
    """What tells of `line`, the text before a word, no more than that its sentence goes on."""
    *_, (_, begins_sentence) = read_tokens(line + " x")
    return "" if begins_sentence else LEFT_OUT + line[len(line.rstrip(" ")) :]
