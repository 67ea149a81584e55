"""How many ordinary words the filter for secrets keeps out of a text, by reason, and how fast it is.

    python -m benchmarks.kept_out FILES… [--show]

A word is ordinary if it stands alone between spaces, but for punctuation: "May", but no part of a web address or a key.
Which of them are kept out by mistake only reading tells: `--show` prints each with what stands around it.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from autocomplete.privacy import Redactor
from autocomplete.privacy.finding import Finding
from autocomplete.text.words import WORD

_TOKEN = re.compile(r"\S+")
_EDGES = ".,;:!?()\"'„“”‚‘…"
_AROUND = 40  # characters shown on both sides


def main(
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="Text of one paragraph a line.")],
    show: Annotated[bool, typer.Option("--show", help="Print what is kept out.")] = False,
) -> None:
    """Print a row for each file and one for all of them."""
    in_all, kept_out_in_all = 0, Counter[str]()
    print(f"{'file':40} {'words':>8} {'kept out':>9} {'one in':>7} {'MB/s':>6}  by reason")
    for file in files:
        lines = file.read_text(encoding="utf-8").split("\n")
        start = time.perf_counter()
        # Each line stands alone in these files.
        found = [Redactor().findings(line) for line in lines]
        seconds = time.perf_counter() - start
        kept_out = Counter(reason for line, of in zip(lines, found, strict=True) for reason in _reasons(line, of))
        words = sum(len(WORD.findall(line)) for line in lines)
        _print_row("/".join(file.parts[-2:]), words, kept_out, file.stat().st_size / seconds / 1e6)
        in_all, kept_out_in_all = in_all + words, kept_out_in_all + kept_out
        if show:
            for line, of in zip(lines, found, strict=True):
                for first, last, reason in of:
                    before, after = line[max(0, first - _AROUND) : first], line[last : last + _AROUND]
                    print(f"    {reason}: {before}[[{line[first:last]}]]{after}")
    _print_row("all", in_all, kept_out_in_all, None)


def _reasons(line: str, findings: list[Finding]) -> Iterator[str]:
    """Why each ordinary word that is kept out of the line is."""
    for finding in findings:
        for token in _TOKEN.finditer(line, finding.start, finding.end):
            if WORD.fullmatch(token.group().strip(_EDGES)):
                yield finding.reason


def _print_row(name: str, words: int, kept_out: Counter[str], speed: float | None) -> None:
    total = kept_out.total()
    rate = f"{words / total:,.0f}" if total else "none"
    reasons = ", ".join(f"{reason} {count}" for reason, count in kept_out.most_common())
    print(f"{name:40} {words:8,} {total:9,} {rate:>7} {'' if speed is None else f'{speed:.2f}':>6}  {reasons}")


if __name__ == "__main__":
    typer.run(main)
