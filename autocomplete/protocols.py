"""What a writing app, or a measurement, needs of a completer, as types: `autocomplete.load` gives one of these.

Nothing is imported here: to name a type must not load the engine, which takes longer than a window.
"""

from collections.abc import Sequence
from typing import Protocol


class Suggestion(Protocol):
    """A word, whole and spelled as it is to be inserted."""

    @property
    def text(self) -> str: ...


class Stream(Protocol):
    """One text being typed."""

    def update(self, text: str, /) -> None:
        """Take the text before the cursor after any edit."""

    def suggest(self, count: int = ..., /) -> Sequence[Suggestion]:
        """Give up to `count` words for the place at the cursor, best first."""
        ...

    def continuation(self) -> str:
        """Give text that very probably follows, to insert at the cursor; "" when unsure."""
        ...

    def language(self, text: str | None = ..., /) -> str:
        """Name the language most believed at the end of `text`, or at the cursor."""
        ...


class Completer(Protocol):
    """One or several loaded languages, which many streams share."""

    def stream(self) -> Stream:
        """Begin a text."""
        ...


class MeasuredCompleter(Completer, Protocol):
    """One that also tells how well it foresees a text."""

    def bits(self, text: str, /) -> float:
        """Give the information in `text`, in bits."""
        ...
