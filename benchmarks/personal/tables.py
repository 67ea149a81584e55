"""The figures as tables of Markdown."""

from collections.abc import Sequence
from typing import Any

WAYS = ("learned", "learning on", "tuned", "tuned, learning on")


def tables(figures: Sequence[dict[str, Any]]) -> str:
    """A table of keystrokes saved, with a row for each author and number of words."""
    ways = [way for way in WAYS if way in figures[0]]
    head = ["author", "words learned", "base", *ways, "unknown words soon", "µs a word", "time a key"]
    rows = [_row(row, ways) for row in figures]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows))


def _row(row: dict[str, Any], ways: Sequence[str]) -> list[str]:
    base = row["base"]["ksr"]
    soon, of = row["completed soon"]
    return [
        row["author"],
        f"{row['words']:,}",
        f"{base:.1f}",
        *(f"{row[way]['ksr']:.1f} ({row[way]['ksr'] - base:+.1f})" for way in ways),
        f"{soon} of {of}",
        f"{row['microseconds a word']:.0f}",
        f"{row['slower']:.2f} ×",
    ]
