"""A typist on one line: keys, picks and Backspace go to the rules, their edits into the line."""

from typing import Self

import pytest

from autocomplete.typing import Edit, TypingOptions, TypingRules

SECONDS_A_KEY = 0.2


class Typist:
    """Holds the line, the cursor and a clock, as an editor would; `page` shows them as "text|"."""

    def __init__(self, options: TypingOptions | None = None) -> None:
        self.rules = TypingRules(options) if options else TypingRules()
        self.text = ""
        self.cursor = 0
        self.now = 0.0
        self.last_edit = Edit(0, 0, "", 0)

    @property
    def page(self) -> str:
        return f"{self.text[: self.cursor]}|{self.text[self.cursor :]}"

    def open(self, page: str) -> Self:
        """Starts over with the text of `page` and the cursor where its bar stands."""
        self.cursor = page.index("|")
        self.text = page.replace("|", "", 1)
        self.rules.moved()
        return self

    def type(self, keys: str) -> Self:
        """Types one key after the other, `SECONDS_A_KEY` apart."""
        for key in keys:
            self.press(key)
        return self

    def press(self, key: str, after: float = SECONDS_A_KEY) -> Self:
        """Presses one key `after` so many seconds."""
        self.now += after
        return self._apply(self.rules.key(self.text, self.cursor, key, self.now))

    def pick(self, word: str) -> Self:
        return self._apply(self.rules.pick(self.text, self.cursor, word))

    def backspace(self, times: int = 1) -> Self:
        for _ in range(times):
            self._apply(self.rules.backspace(self.text, self.cursor))
        return self

    def move(self, cursor: int) -> Self:
        """Clicks somewhere else, or on the same spot."""
        self.rules.moved()
        self.cursor = cursor
        return self

    def _apply(self, edit: Edit) -> Self:
        assert 0 <= edit.start <= edit.end <= len(self.text)
        self.text = self.text[: edit.start] + edit.text + self.text[edit.end :]
        assert 0 <= edit.cursor <= len(self.text)
        self.cursor = edit.cursor
        self.last_edit = edit
        return self


@pytest.fixture(scope="session")
def new_typist() -> type[Typist]:
    """Makes typists: for tests that need their own options or several of them."""
    return Typist


@pytest.fixture
def typist() -> Typist:
    """A typist before an empty line, with the rules as they come."""
    return Typist()


@pytest.fixture
def quick_typist() -> Typist:
    """A typist for whom two quick spaces are a full stop."""
    return Typist(TypingOptions(double_space_period=True))
