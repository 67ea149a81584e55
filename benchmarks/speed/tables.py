"""The figures of one run as Markdown tables, and a document whose tables are replaced by them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]

_NAMES = {"en": "English", "de": "German"}
_MARKED = re.compile(r"(<!-- speed:(\w+) -->\n).*?(<!-- /speed -->)", re.DOTALL)


def tables(figures: Figures) -> dict[str, str]:
    """A table for each part that was measured, by the name of its marker."""
    makers = {
        "machine": _machine,
        "keys": _keys,
        "length": _length,
        "bandwidth": _bandwidth,
        "steps": _steps,
        "start": _start,
        "memory": _memory,
    }
    return {name: make(figures[name]) for name, make in makers.items() if name in figures}


def written_into(document: str, made: Mapping[str, str]) -> str:
    """The document with each table between `<!-- speed:NAME -->` and `<!-- /speed -->` replaced.

    Raises ValueError when its markers and the tables made are not the same: tables of two runs must not stand in
    one document.
    """
    marked = [name for _, name, _ in _MARKED.findall(document)]
    if sorted(marked) != sorted(made):
        raise ValueError(f"the document marks the tables {sorted(marked)}, but {sorted(made)} were measured")
    return _MARKED.sub(lambda found: f"{found[1]}{made[found[2]]}\n{found[3]}", document)


def title(column: str) -> str:
    """A column's heading: "en" → "English"."""
    return _NAMES.get(column, column)


def _machine(machine: Mapping[str, str]) -> str:
    return _table(["", "of this run"], [[name, value] for name, value in machine.items()])


def _keys(columns: Figures) -> str:
    count = ["keys", *(f"{figures['keys']:,}" for figures in columns.values())]
    ranks = [
        [name, *(f"{figures[name]:.2f} ms" for figures in columns.values())] for name in ("p50", "p95", "p99", "max")
    ]
    return _table(["key to suggestions", *map(title, columns)], [count, *ranks])


def _length(columns: Figures) -> str:
    lengths = list(next(iter(columns.values()))["edit"])
    head = ["p50 (p99) in ms at the end of", *(f"{int(n):,}" for n in lengths)]
    head.append(f"{int(lengths[-1]):,} against {int(lengths[0]):,}")
    rows = []
    for column, ways in columns.items():
        for way, by_length in ways.items():
            cells = [f"{by_length[n]['p50']:.2f} ({by_length[n]['p99']:.1f})" for n in lengths]
            rows.append([f"{title(column)}, by `{way}`", *cells, f"{by_length[lengths[-1]]['ratio']:.3f}"])
    return _table(head, rows)


def _bandwidth(measured: Mapping[str, float]) -> str:
    return _table(
        ["reading, MB", *(f"{float(size):.3g}" for size in measured)],
        [["GB/s", *(f"{speed:.0f}" for speed in measured.values())]],
    )


def _steps(rows: Sequence[Figures]) -> str:
    head = ["", "backend", "weights, MB", "step, µs", "bound", "×", "of five", "after a pause", "bound", "×"]
    return _table(
        head,
        [
            [
                row["size"],
                row["backend"],
                f"{row['megabytes']:.1f}",
                f"{row['warm']:,.0f}",
                f"{row['bound']:,.0f}",
                f"{row['warm'] / row['bound']:.1f}",
                f"{row['batch']:,.0f}",
                f"{row['cold']:,.0f}",
                f"{row['cold bound']:,.0f}",
                f"{row['cold'] / row['cold bound']:.1f}",
            ]
            for row in rows
        ],
    )


def _start(columns: Figures) -> str:
    rows = [[title(name), f"{times['median']:.0f} ms", f"{times['max']:.0f} ms"] for name, times in columns.items()]
    return _table(["", "median", "slowest"], rows)


def _memory(columns: Figures) -> str:
    rows = [
        [f"{stage}, {kind.upper()}", *(f"{held[stage][kind]:.0f} MB" for held in columns.values())]
        for stage, kinds in next(iter(columns.values())).items()
        for kind in kinds
    ]
    return _table(["", *map(title, columns)], rows)


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
