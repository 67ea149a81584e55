"""Reads damaged documents as an import does, and checks what comes of them."""

import time
from collections.abc import Callable
from pathlib import Path

from autocomplete.importers import Found, Options, gather

_LONGEST_SENTENCE = 1_500  # characters; it may name files, whose names are long
_TOMORROW = time.time() + 24 * 3600

ReadAs = Callable[[str], Callable[[bytes], object]]


def reading(folder: Path, english: Path) -> ReadAs:
    """`reading(…)("a.docx")` gives a function that reads bytes as a file of that name."""

    def read_as(name: str) -> Callable[[bytes], object]:
        def read(content: bytes) -> None:
            path = folder / name
            path.write_bytes(content)
            (found,) = gather([path], [str(english)], Options(("Anna", "anna@example.org"), "text"))
            check(found)

        return read

    return read_as


def check(found: Found) -> None:
    """What was read is sound: a problem is one sentence, and a time is one that a clock can have shown."""
    if found.problem:
        check_sentence(found.problem)
    assert all(0 <= line.time < _TOMORROW and "\n" not in line.text for line in found.lines)


def check_sentence(text: str) -> None:
    """It can be shown: one line, not without end, of characters that every terminal writes."""
    assert text.strip()
    assert len(text.splitlines()) == 1, text
    assert len(text) <= _LONGEST_SENTENCE, f"{len(text)} characters: {text[:200]}"
    text.encode()
