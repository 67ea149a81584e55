"""What the user wrote of one paragraph, on its way to the profile."""

from collections.abc import Callable
from dataclasses import dataclass

from autocomplete.text.line import Span


@dataclass(frozen=True)
class Paragraph:
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

    @property
    def above(self) -> str:
        """What of `before` stands above the paragraph."""
        return self.before.removesuffix(self.text) if len(self.text) < len(self.before) else ""


Rename = Callable[[str, str, str], None]  # a document, what tells it from now on, its title; raises likewise
Learn = Callable[[Paragraph, str], None]  # the paragraph and its language; raises `autocomplete.Error`


def learn_nothing(_paragraph: Paragraph, _language: str) -> None:
    """There is no profile."""
