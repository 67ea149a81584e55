"""The phone-keyboard rules as a pure state machine: (text, cursor, event) to an edit.

Knows no Qt and no model.
"""

from autocomplete.typing.edit import Edit
from autocomplete.typing.rules import TypingOptions, TypingRules

__all__ = ["Edit", "TypingOptions", "TypingRules"]
