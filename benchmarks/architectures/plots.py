"""Draws the comparison: `python -m benchmarks.architectures.plots en.json de.json --out docs/images`.

Each file is what `python -m benchmarks.architectures … --json` printed. Three pictures, one panel a language.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from benchmarks.architectures.comparison import WHOLE

mpl.use("agg")

_COLOURS = {
    "plain RNN": "#8a8f98",
    "GRU": "#d98c1f",
    "LSTM": "#1f5fbf",
    "transformer": "#2e8b57",
    WHOLE: "#2e8b57",
}
_DASHED = {WHOLE}
_WIDTH = 2.0
_WIDTHS = {"transformer": 6.0, "GRU": 4.0}  # so that lines that lie upon each other can all be seen
_LANGUAGES = {"en": "English", "de": "German"}
_STYLE = {
    "axes.edgecolor": "#b0b4ba",
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titleweight": "bold",
    "figure.facecolor": "white",
    "font.size": 11,
    "grid.color": "#e8eaed",
    "xtick.color": "#50555c",
    "ytick.color": "#50555c",
}
_LABEL_GAP = 0.06  # of the panel's height, between the labels of two lines
_PUSHES = 60
Lines = dict[str, list[tuple[float, float]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="+", type=Path, help="what the comparison printed with --json")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    arguments = parser.parse_args()
    figures = [json.loads(path.read_text("utf-8")) for path in arguments.figures]
    arguments.out.mkdir(parents=True, exist_ok=True)
    pictures = {"learning": _learning, "time": _time, "memory": _memory}
    with mpl.rc_context(_STYLE):
        for name, draw in pictures.items():
            picture, panels = plt.subplots(1, len(figures), figsize=(5.6 * len(figures), 4.2), squeeze=False)
            for axes, one in zip(panels[0], figures, strict=True):
                axes.set_title(_LANGUAGES[one["language"]], loc="left")
                draw(axes, one)
            picture.tight_layout(w_pad=3)
            path = arguments.out / f"architectures-{name}.png"
            picture.savefig(path, dpi=110)
            plt.close(picture)
            print(path)


def _learning(axes: Axes, figures: dict[str, Any]) -> None:
    lines = {network["name"]: network["curve"] for network in figures["networks"].values()}
    axes.set_xlabel("minutes of training, one core")
    axes.set_ylabel("bits per character")
    highest = max(bits for points in lines.values() for minutes, bits in points if minutes >= figures["minutes"] / 10)
    lowest = min(bits for points in lines.values() for _, bits in points)
    axes.set_ylim(lowest - 0.05, highest + 0.05)
    _draw(axes, lines)


def _time(axes: Axes, figures: dict[str, Any]) -> None:
    lines = {name: [(int(n), ms) for n, ms in by_length.items()] for name, by_length in figures["times"].items()}
    axes.set_xlabel("tokens of context")
    axes.set_ylabel("ms a key")
    axes.set_xscale("log")
    axes.set_xticks([10, 100, 1_000, 10_000], ["10", "100", "1,000", "10,000"])
    axes.set_ylim(0, 1.1 * max(ms for line in lines.values() for _, ms in line))
    _draw(axes, lines)


def _memory(axes: Axes, figures: dict[str, Any]) -> None:
    lines: Lines = {}
    for network in figures["networks"].values():
        by_distance = network["probe"]["recall"]
        lines[network["name"]] = [(int(d), 100 * share) for d, share in by_distance.items()]
    chance = [(int(d), 100 * share) for d, share in figures["chance"].items()]
    axes.plot(*zip(*chance, strict=True), color="#b0b4ba", linestyle=":", linewidth=1.5)
    axes.annotate("without the cue", chance[1], (0, -14), textcoords="offset points", color="#8a8f98", fontsize=9)
    axes.set_xlabel("words between the cue and the gap")
    axes.set_ylabel("cues recalled in the first three, %")
    axes.set_xticks([1, 5, 10, 20])
    axes.set_ylim(-4, 104)
    _draw(axes, lines)


def _draw(axes: Axes, lines: Lines) -> None:
    for name in sorted(lines, key=lambda name: -_WIDTHS.get(name, _WIDTH)):
        style = "--" if name in _DASHED else "-"
        width = _WIDTHS.get(name, _WIDTH)
        axes.plot(*zip(*lines[name], strict=True), style, color=_COLOURS[name], linewidth=width, marker="o", ms=4)
    _label(axes, {name: points[-1] for name, points in lines.items()})


def _label(axes: Axes, ends: dict[str, tuple[float, float]]) -> None:
    """Names each line behind its end."""
    axes.get_ylim()  # settles the panel's range
    to_panel = axes.transData + axes.transAxes.inverted()
    names = sorted(ends, key=lambda name: ends[name][1])
    heights = [float(to_panel.transform(ends[name])[1]) for name in names]
    for name, height in zip(names, _apart(heights), strict=True):
        place = (1.03, height)
        axes.annotate(
            name, place, xycoords="axes fraction", color=_COLOURS[name], va="center", fontweight="bold", fontsize=10
        )


def _apart(heights: Sequence[float]) -> list[float]:
    """Sorted heights pushed apart until neighbours are `_LABEL_GAP` from each other."""
    placed = list(heights)
    for _ in range(_PUSHES):
        for i, (below, above) in enumerate(pairwise(placed)):
            push = max(0.0, _LABEL_GAP - (above - below)) / 2
            placed[i], placed[i + 1] = below - push, above + push
    return placed


if __name__ == "__main__":
    main()
