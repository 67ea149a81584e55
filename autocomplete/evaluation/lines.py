"""The lines of a text that a person could type, to be measured."""

from itertools import islice
from pathlib import Path

from autocomplete.errors import TextError
from autocomplete.text.files import iterate_lines

# Characters. What is longer is data, or a text whose lines were lost; typing it would take hours.
LONGEST_LINE = 1_000_000
LONGEST_WORD = 10_000
_SHOWN = 20


def typed_lines(path: Path, limit: int | None = None) -> list[str]:
    """The first lines of a file, up to `limit`, without their ends and without empty ones.

    Raises TextError if the file can't be read, is not text, holds none, or holds a line that nobody types.
    """
    lines = []
    for line in islice(iterate_lines(path), limit):
        begins = f"{path} has a line that begins “{line[:_SHOWN].strip()}”"
        if len(line) > LONGEST_LINE:
            raise TextError(f"{begins} and has {len(line):,} characters; divide it into lines of a few sentences.")
        if len(line) > LONGEST_WORD and max(map(len, line.split()), default=0) > LONGEST_WORD:
            raise TextError(f"{begins} and has a word of more than {LONGEST_WORD:,} characters; take it out.")
        lines.append(line)
    return lines
