"""Lines on their way into a profile: in one spelling of Unicode, dated, and without what looks like a secret."""

import time
from collections.abc import Iterable
from dataclasses import replace

from autocomplete.privacy import Redactor
from autocomplete.profile.timestamps import is_plausible
from autocomplete.text.line import Line, composed, taught_words


def ready_to_learn(lines: Iterable[Line]) -> list[tuple[Line, int]]:
    """The lines as they are kept, each with how many words it teaches; those that teach none are left out."""
    redactor = Redactor()
    ready = [kept for line in lines if (kept := redactor.redact_line(composed(_dated(line)))) is not None]
    counted = [(line, len(taught_words(line))) for line in ready]
    return [(line, words) for line, words in counted if words]


def _dated(line: Line) -> Line:
    """The line, written now if it claims an absurd time, as chats of some apps do."""
    return line if is_plausible(line.time) else replace(line, time=time.time())
