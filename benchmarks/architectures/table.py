"""The figures as a table for the terminal and for docs/architectures.md."""

from collections.abc import Sequence
from typing import Any


def as_table(figures: dict[str, Any]) -> str:
    """Markdown tables of one language's figures."""
    networks = list(figures["networks"].values())
    parts = [_quality(networks), _times(figures["times"])]
    parts += [_memory(networks, figures["chance"], stage) for stage in ("natural", "probe")]
    return "\n\n".join(parts)


def _quality(networks: Sequence[dict[str, Any]]) -> str:
    head = ["", "parameters", "tokens read", "bits/character", "keystrokes saved", "hit@1", "hit@3"]
    rows = [
        [
            n["name"],
            f"{n['parameters']:,}",
            f"{n['tokens']:,}",
            f"{n['bpc']:.3f}",
            *(f"{n[measure]:.1%}" for measure in ("ksr", "hit1", "hit3")),
        ]
        for n in networks
    ]
    return _markdown(head, rows)


def _times(times: dict[str, dict[int, float]]) -> str:
    lengths = list(next(iter(times.values())))
    rows = [[name, *(f"{by_length[n]:.2f}" for n in lengths)] for name, by_length in times.items()]
    return _markdown(["ms a key, tokens of context:", *(f"{int(n):,}" for n in lengths)], rows)


def _memory(networks: Sequence[dict[str, Any]], chance: dict[int, float], stage: str) -> str:
    distances = list(chance)
    head = [f"{stage}, words between:", *map(str, distances), *(f"own cue: {d}" for d in distances)]
    kinds = ("recall", "contrast")
    rows = [[n["name"], *(f"{n[stage][kind][d]:.0%}" for kind in kinds for d in distances)] for n in networks]
    rows.append(["without the cue", *(f"{share:.0%}" for share in chance.values()), *("50%" for _ in distances)])
    return _markdown(head, rows)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
