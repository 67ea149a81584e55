"""What the columns of a profile's database hold, as JSON."""

from typing import Any

from autocomplete.personal.line import Line, Span


def flat(line: Line) -> list[str | float]:
    """The text, then start, end and weight of each span."""
    return [line.text, *(number for span in line.spans for number in span)]


def as_line(value: Any, language: str, time: float) -> Line:
    """The line that `flat` made this of; ValueError if it made it of none."""
    if not (isinstance(value, list) and value and isinstance(value[0], str) and len(value) % 3 == 1):
        raise ValueError("no line")
    numbers = value[1:]
    return Line(value[0], language, time, tuple(map(Span, numbers[::3], numbers[1::3], numbers[2::3])))


def well_formed(table: str, row: tuple[Any, ...], value: Any) -> bool:
    """Whether a row of the right types, and what its content says, can come from us."""
    if table == "lines":
        return _is_line(value)
    if table == "documents":
        return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)
    if table == "models":
        name = row[1]
        return isinstance(value, dict) and name.isascii() and name.isalnum()
    return isinstance(value, str)


def _is_line(value: Any) -> bool:
    try:
        line = as_line(value, "", 0.0)
    except ValueError:
        return False
    return all(
        all(type(number) in (int, float) for number in span)
        and all(isinstance(cut, int) for cut in span[:2])
        and 0 <= span.start <= span.end <= len(line.text)
        for span in line.spans
    )
