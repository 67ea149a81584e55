"""The pictures of docs/speed.md: a key's time by the length of the text, a step's by the bytes of its weights."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

from benchmarks.speed.tables import title

LENGTH, STEPS = "speed-length.png", "speed-steps.png"

_SIZE = (7.2, 4.2)
_MARKS = "osD^vP"


def draw(figures: Mapping[str, Any], folder: Path) -> None:
    """Draws both into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_length(figures["length"], folder / LENGTH)
    draw_steps(figures["steps"], figures["bandwidth"], folder / STEPS)


def draw_length(columns: Mapping[str, Any], path: Path) -> None:
    """Medians by length: lines that stay level."""
    figure, axes = plt.subplots(figsize=_SIZE)
    for number, (column, ways) in enumerate(columns.items()):
        for way, style in (("edit", "-"), ("update", "--")):
            lengths = [int(length) for length in ways[way]]
            times = [measured["p50"] for measured in ways[way].values()]
            axes.plot(lengths, times, style, marker=_MARKS[number], color=f"C{number}", label=f"{title(column)}, {way}")
    axes.set(xscale="log", ylim=(0, None), xlabel="characters before the cursor", ylabel="key to suggestions, p50 (ms)")
    _finish(figure, axes, path)


def draw_steps(rows: Sequence[Mapping[str, Any]], bandwidth: Mapping[str, float], path: Path) -> None:
    """Warm steps over the bytes of their weights, with the time that reading so many bytes takes at least."""
    figure, axes = plt.subplots(figsize=_SIZE)
    backends = list(dict.fromkeys(row["backend"] for row in rows if "×" in row["size"]))
    for number, backend in enumerate(backends):
        mine = [row for row in rows if row["backend"] == backend and "×" in row["size"]]
        sizes, times = [row["megabytes"] for row in mine], [row["warm"] for row in mine]
        axes.plot(sizes, times, _MARKS[number], color=f"C{number}", label=backend)
    sizes = [float(size) for size in bandwidth]
    inside = sizes[:-1]
    axes.plot(
        inside,
        [size / bandwidth[key] * 1e3 for size, key in zip(inside, bandwidth, strict=False)],
        color="black",
        label="reading as much again and again",
    )
    slowest = bandwidth[list(bandwidth)[-1]]
    axes.plot(sizes, [size / slowest * 1e3 for size in sizes], ":", color="black", label="reading as much from DRAM")
    most = max(row["megabytes"] for row in rows if "×" in row["size"])
    axes.set(
        xscale="log",
        yscale="log",
        xlim=(1, 2 * most),
        ylim=(8, None),
        xlabel="weights read in a step (MB)",
        ylabel="step of one text, median (µs)",
    )
    _finish(figure, axes, path)


def _finish(figure: Any, axes: Any, path: Path) -> None:
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize="small", frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
