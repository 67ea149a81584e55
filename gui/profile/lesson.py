"""What the writer wrote of one paragraph, on its way to the profile."""

from collections.abc import Callable
from dataclasses import dataclass

from autocomplete.text.line import Span


@dataclass(frozen=True)
class Lesson:
    """A paragraph as it was left.

    languages: those written, of which it is one; before: the text up to its end, which tells the language.
    """

    text: str
    spans: tuple[Span, ...]
    before: str
    languages: tuple[str, ...]
    time: float  # seconds since the epoch
    document: str  # what tells the text from others
    title: str


Rename = Callable[[str, str, str], None]  # a document, what tells it from now on, its title; raises likewise
Learn = Callable[[Lesson, str], None]  # the lesson and its language; raises `autocomplete.Error`


def learn_nothing(_lesson: Lesson, _language: str) -> None:
    """There is no profile."""
