"""Tables (CSV) and JSON files: one column, or one key, holds the text."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from autocomplete.errors import ImportFileError, brief
from autocomplete.importers.chats import is_telegram, parse_json, read_json_file, telegram_passages
from autocomplete.importers.source import Passage, Source
from autocomplete.text.files import iterate_lines

_DELIMITERS = ",;\t|"
_MOST_NAMED = 20
_LONGEST_HEADER = 100_000  # characters


def read_csv(source: Source) -> Iterator[Passage]:
    """One column of a table whose first row names the columns."""
    lines = iterate_lines(source.path)
    first = next(lines)
    if len(first) > _LONGEST_HEADER:
        raise ImportFileError(f"{source.name} is not a table: its first line does not end; save the table again.")
    delimiter = max(_DELIMITERS, key=first.count)
    columns = next(csv.reader([first], delimiter=delimiter))
    place = columns.index(_column(source, columns))
    try:
        for row in csv.reader((line + "\n" for line in lines), delimiter=delimiter):
            if place < len(row):
                yield Passage(row[place])
    except csv.Error as error:
        raise ImportFileError(f"{source.name} is damaged: a field has no end; save the table again.") from error


def read_json(source: Source) -> Iterator[Passage]:
    """A Telegram export, or a list of texts or of objects with one key for the text."""
    content = read_json_file(source)
    if is_telegram(content):
        yield from telegram_passages(source, content)
    elif isinstance(content, list):
        yield from _entries(source, content)
    else:
        raise ImportFileError(f"{source.name} is neither a Telegram export nor a list of texts; export one of these.")


def read_json_lines(source: Source) -> Iterator[Passage]:
    """One text, or one object with a key for the text, a line."""
    yield from _entries(source, (parse_json(source, line.encode()) for line in iterate_lines(source.path)))


def _entries(source: Source, entries: Iterable[Any]) -> Iterator[Passage]:
    column = ""
    for entry in entries:
        if isinstance(entry, str):
            yield Passage(entry)
        elif isinstance(entry, dict):
            column = column or _column(source, [str(key) for key, value in entry.items() if isinstance(value, str)])
            if isinstance(text := entry.get(column), str):
                yield Passage(text)


def _column(source: Source, columns: Sequence[str]) -> str:
    chosen = source.options.column
    source.columns += columns
    if chosen is not None and chosen in columns:
        return chosen
    if chosen is None and len(columns) == 1:
        return columns[0]
    there = ", ".join(map(brief, columns[:_MOST_NAMED]))
    if chosen is None:
        raise ImportFileError(f"Say which column of {source.name} holds your text; it has: {there}.")
    raise ImportFileError(f"{source.name} has no column {chosen}; it has: {there}.")
