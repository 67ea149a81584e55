"""A text as a session sees it: lines, places in it, and what a change leaves of a place that was kept.

Whoever shows the text owns it: a window, another editor, an input method. The session looks at single lines of it and
is told of each change, so that a key costs the same in a note and in a book. Columns count code points.
"""

from typing import NamedTuple, Protocol


class Position(NamedTuple):
    """A place between two characters: the line from 0 on, and the code points before it on that line."""

    line: int
    column: int


START = Position(0, 0)


class Text(Protocol):
    """The lines of a text without their ends. There is always one, be it empty."""

    @property
    def lines(self) -> int:
        """How many there are."""
        ...

    def line(self, number: int) -> str:
        """One of them, counted from 0."""
        ...


class Change(NamedTuple):
    """What stands from `start` to `end` is new; it replaced text that began at `start` and held `lines_removed` ends.

    How many characters of its last line were replaced need not be told: what stands behind `end` on its line is what
    stood behind them.
    """

    start: Position
    lines_removed: int
    end: Position

    @property
    def growth(self) -> int:
        """How many lines the text has more than before."""
        return self.end.line - self.start.line - self.lines_removed

    @property
    def old_end_line(self) -> int:
        """The line on which the replaced text ended, as lines were counted before."""
        return self.start.line + self.lines_removed


class PlainText:
    """A text in memory, for those who show none."""

    def __init__(self, text: str = "") -> None:
        self._lines = text.split("\n")

    def __str__(self) -> str:
        return "\n".join(self._lines)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def line(self, number: int) -> str:
        """One of them, counted from 0."""
        return self._lines[number]

    def replace(self, start: Position, end: Position, text: str) -> Change:
        """Put `text`, which may hold line ends, in the place of what stands from `start` to `end`."""
        before = self._lines[start.line][: start.column]
        behind = self._lines[end.line][end.column :]
        added = (before + text + behind).split("\n")
        self._lines[start.line : end.line + 1] = added
        last = Position(start.line + len(added) - 1, len(added[-1]) - len(behind))
        return Change(start, end.line - start.line, last)


class Mark:
    """A position that stays at its character while the text around it changes; what is put right at it comes behind."""

    def __init__(self, text: Text, position: Position = START) -> None:
        self._text = text
        self.position = position
        self._length = len(text.line(position.line))  # of its line, to tell what of it a change replaced

    def follow(self, change: Change) -> None:
        """The text has changed."""
        at, start = self.position, change.start
        if start < at:
            self.position = self._moved(at, change)
        if start.line <= self.position.line <= change.end.line:
            self._length = len(self._text.line(self.position.line))

    def _moved(self, at: Position, change: Change) -> Position:
        if at.line > change.old_end_line:
            return Position(at.line + change.growth, at.column)
        if at.line == change.old_end_line:
            kept = len(self._text.line(change.end.line)) - change.end.column
            beyond = at.column - (self._length - kept)
            if beyond >= 0:
                return Position(change.end.line, change.end.column + beyond)
        return change.start
