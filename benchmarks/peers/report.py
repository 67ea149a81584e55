"""The results as a table for people, as JSON for programs, as Markdown for the docs."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.peers.measure import Result, ksr

_MARKS = "<!-- peers {language} -->", "<!-- end of peers {language} -->"


_WIDE = 140  # columns, where the table goes into a file
_FIGURES = {"p50_ms": 2, "p99_ms": 2, "memory_mb": 0, "disk_mb": 1}
"""Behind the shares of a row, with their decimals."""


def as_values(result: Result, files: list[str]) -> dict[str, Any]:
    """Everything measured of one peer, as plain values."""
    if result.skipped:
        return {"skipped": result.skipped}
    together, latency = result.together, result.latency
    each = {name: round(ksr(typing), 4) for name, typing in zip(files, result.typing, strict=True)}
    return {
        "words": together.words,
        "characters": together.characters,
        "ksr": round(ksr(together), 4),
        "ksr_of_files": each,
        "ksr_mean_of_files": round(sum(each.values()) / len(each), 4),
        "hit1": round(together.first / together.words, 4),
        "hit3": round(together.shown / together.words, 4),
        "p50_ms": round(latency.p50, 3),
        "p99_ms": round(latency.p99, 3),
        "memory_mb": round(result.memory, 1),
        "disk_mb": round(result.disk, 1),
        "note": result.note,
    }


def header(files: list[str]) -> list[str]:
    each = files if len(files) > 1 else []
    return ["system", "saved", *each, "hit@1", "hit@3", "p50 ms", "p99 ms", "RAM MB", "disk MB"]


def row(name: str, result: Result, files: list[str]) -> list[str]:
    """One peer's line under `header`. A skipped one has no figures."""
    values = as_values(result, files)
    shares = ["ksr", *(files if len(files) > 1 else []), "hit1", "hit3"]
    if result.skipped:
        return [name, *["–"] * (len(shares) + 4)]
    shown = values | values["ksr_of_files"]
    figures = [f"{values[key]:.{digits}f}" for key, digits in _FIGURES.items()]
    return [name, *(f"{100 * shown[share]:.1f} %" for share in shares), *figures]


def print_table(results: Mapping[str, Result], files: list[str], title: str) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDE
    table = Table(title=title)
    for number, column in enumerate(header(files)):
        table.add_column(column, justify="right" if number else "left")
    for name, result in results.items():
        table.add_row(*row(name, result, files))
    console.print(table)
    for remark in remarks(results):
        console.print(remark, highlight=False)


def remarks(results: Mapping[str, Result]) -> list[str]:
    """What is to be known of some rows, and why others are missing."""
    notes = [f"{name}: {result.note}." for name, result in results.items() if result.note]
    return notes + [f"{name}: left out, {result.skipped}." for name, result in results.items() if result.skipped]


def as_markdown(results: Mapping[str, Result], files: list[str], title: str) -> str:
    columns = header(files)
    lines = [title, "", _line(columns), _line(["---"] + ["---:"] * (len(columns) - 1))]
    lines += [_line(row(name, result, files)) for name, result in results.items() if not result.skipped]
    notes = [f"- {remark}" for remark in remarks(results)]
    return "\n".join([*lines, *(["", *notes] if notes else [])])


def written_into(page: str, language: str, table: str) -> str:
    """The page with the table of this language put between its marks, which are added at the end if it has none."""
    begin, end = (mark.format(language=language) for mark in _MARKS)
    if begin not in page:
        return f"{page.rstrip()}\n\n{begin}\n{table}\n{end}\n"
    before, rest = page.split(begin, 1)
    return f"{before}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
