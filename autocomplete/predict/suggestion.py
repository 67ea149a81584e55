"""What a stream offers: a word and how probable it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """A whole word to put in place of the one being typed, and how probable it is here (0 to 1)."""

    text: str
    probability: float
