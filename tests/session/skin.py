"""The thinnest skin there can be over a session: a text in memory, and a hand that types into it."""

from autocomplete.session import Origin, PlainText, Position, TypingSession
from autocomplete.typing import Edit, TypingOptions, TypingRules


class Skin:
    """Carries the session's edits out in a `PlainText`, as a window does in its document."""

    def __init__(self, text: str = "", options: TypingOptions | None = None) -> None:
        self.text = PlainText(text)
        self.session = TypingSession(self.text, TypingRules(options))
        self.now = 0.0
        self.move(self.end)

    @property
    def end(self) -> Position:
        last = self.text.lines - 1
        return Position(last, len(self.text.line(last)))

    def carry_out(self, edit: Edit, origin: Origin = Origin.TYPED) -> None:
        line = self.session.cursor.line
        with self.session.carrying_out(edit, origin):
            if edit.text or edit.start < edit.end:
                start, end = Position(line, edit.start), Position(line, edit.end)
                self.session.changed(self.text.replace(start, end, edit.text))

    def type(self, keys: str) -> None:
        for key in keys:
            self.now += 2
            self.carry_out(self.session.type(key, self.now))

    def pick(self, word: str) -> None:
        self.carry_out(self.session.pick(word), Origin.ACCEPTED)

    def backspace(self) -> None:
        cursor = self.session.cursor
        if cursor.column:
            self.carry_out(self.session.backspace())
        elif cursor.line:
            before = Position(cursor.line - 1, len(self.text.line(cursor.line - 1)))
            with self.session.writing():
                self.session.changed(self.text.replace(before, cursor, ""))
            self.session.deleted(before)

    def paste(self, text: str) -> None:
        change = self.text.replace(self.session.cursor, self.session.cursor, text)
        self.session.changed(change)
        self.move(change.end)

    def cut(self, start: Position, end: Position) -> None:
        self.session.changed(self.text.replace(start, end, ""))
        self.move(start)

    def move(self, cursor: Position) -> None:
        self.session.moved(cursor)

    def place(self, share: float) -> Position:
        """A place in the text, by its share of the lines and of the line."""
        line = min(int(share * self.text.lines), self.text.lines - 1)
        return Position(line, int(share * 977 % 1 * (len(self.text.line(line)) + 1)))
