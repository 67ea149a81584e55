"""What the columns of a profile's database hold, as JSON."""

from typing import Any

from autocomplete.text.line import Line, Span

_MAX_NAME = 64
# More than anything written counts; also no infinity, and no number that is none.
_MAX_WEIGHT = 1000


def flat(line: Line) -> list[str | float]:
    """The text, then start, end and weight of each span."""
    return [line.text, *(number for span in line.spans for number in span)]


def as_line(value: Any, language: str, time: float) -> Line:
    """The line that `flat` made this of; ValueError if it made it of none."""
    if not _is_line(value):
        raise ValueError("no line")
    numbers = value[1:]
    return Line(value[0], language, time, tuple(map(Span, numbers[::3], numbers[1::3], numbers[2::3])))


def well_formed(table: str, value: Any) -> bool:
    """Whether the content of a row can be one that we have put there."""
    if table == "lines":
        return _is_line(value)
    if table == "documents":
        return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)
    return isinstance(value, dict if table == "models" else str)


def can_be_ours(table: str, row: tuple[Any, ...]) -> bool:
    """Whether a model's name, which becomes a folder's, can be one that we gave it."""
    return table != "models" or (row[1].isascii() and row[1].isalnum() and len(row[1]) <= _MAX_NAME)


def _is_line(value: Any) -> bool:
    if not (isinstance(value, list) and value and isinstance(value[0], str) and len(value) % 3 == 1):
        return False
    size = len(value[0])
    return all(
        type(start) is int
        and type(end) is int
        and 0 <= start <= end <= size
        and type(weight) in (int, float)
        and 0 <= weight <= _MAX_WEIGHT
        for start, end, weight in zip(value[1::3], value[2::3], value[3::3], strict=True)
    )
