"""One text being typed, without a screen: what every front of the program shares."""

from autocomplete.session.provenance import Origin, Passage
from autocomplete.session.session import SHOWN, Question, TypingSession
from autocomplete.session.text import Change, PlainText, Position, Text

__all__ = ["SHOWN", "Change", "Origin", "Passage", "PlainText", "Position", "Question", "Text", "TypingSession"]
