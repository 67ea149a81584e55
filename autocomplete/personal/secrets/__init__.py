"""What is never learned."""

from autocomplete.personal.line import Line


def redact_line(line: Line) -> Line | None:
    """The line, with nothing taken out yet."""
    return line
