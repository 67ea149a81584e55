"""What a profile is worth, author by author: the tables of docs/personal.md.

    python -m benchmarks.personal FOLDER [--words 1000 3000 10000 0] [--every 1] [--no-tuning] [--json]

FOLDER holds LANGUAGE/NAME.txt, one author's messages each, oldest first, with an empty line between them. The first
80 % of the words are learned from, or the last of them, as many as `--words` says; the last 20 % are typed, a line at
a time.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import autocomplete
from autocomplete.text.line import Line
from autocomplete.text.words import WORD
from benchmarks.personal.authors import Author, count_words, last_words, read_authors
from benchmarks.personal.measure import Typed, completed_soon, type_lines
from benchmarks.personal.tables import tables

_COMMAND = Path(sys.executable).with_name("autocomplete")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, nargs="+", default=[1000, 3000, 10_000, 0], help="learned; 0: all")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth line is typed")
    parser.add_argument("--authors", nargs="+", help="only these")
    parser.add_argument("--no-tuning", dest="tuning", action="store_false", help="only what is learned at once")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = []
    for author in read_authors(options.folder):
        if not options.authors or author.name in options.authors:
            figures += measure(author, options)
    print(json.dumps(figures, indent=2) if options.json else tables(figures))


def measure(author: Author, options: argparse.Namespace) -> list[dict[str, Any]]:
    """The figures of one author, a row for each number of words."""
    lines = author.behind[:: options.every]
    base = type_lines(autocomplete.load(author.language), lines)
    return [_row(author, last_words(author.before, words), base, options) for words in options.words]


def _row(author: Author, learned: list[str], base: Typed, options: argparse.Namespace) -> dict[str, Any]:
    lines = author.behind[:: options.every]
    row: dict[str, Any] = {
        "author": author.name,
        "words": sum(map(count_words, learned)),
        "typed": base.typing.words,
        "base": _figures(base),
    }
    with TemporaryDirectory() as place:
        folder = Path(place) / "profile"
        begin = time.perf_counter()
        with autocomplete.Profile.open(folder) as profile:
            profile.learn([Line(line, author.language, float(i)) for i, line in enumerate(learned)], author.name)
        row["microseconds a word"] = (time.perf_counter() - begin) * 1e6 / row["words"]
        still = type_lines(autocomplete.load(author.language, profile=folder), lines)
        row["learned"] = _figures(still)
        row["slower"] = still.median / base.median
        counts = Counter(match.group() for line in learned for match in WORD.finditer(line))
        row["completed soon"] = completed_soon(base, still, counts)
        row["learning on"] = _figures(_learning_on(author, folder, options.every))
        if options.tuning:
            row |= _tuned(author, learned, Path(place), options.every)
    print(row["author"], row["words"], {k: v for k, v in row.items() if isinstance(v, dict)}, file=sys.stderr)
    return row


def _learning_on(author: Author, folder: Path, every: int) -> Typed:
    """Types on as in the app: each line is learned once it was typed, also those that are not measured."""
    typed = Typed()
    with autocomplete.Profile.open(folder) as profile:
        completer = autocomplete.load(author.language, profile=profile)
        for number, line in enumerate(author.behind):
            if number % every == 0:
                one = type_lines(completer, [line])
                typed.typing.add(one.typing)
                typed.times += one.times
            profile.learn([Line(line, author.language, 1e6 + number)], author.name)
    return typed


def _tuned(author: Author, learned: list[str], place: Path, every: int) -> dict[str, Any]:
    """What fine-tuning adds, by the command that users have."""
    text, folder = place / f"{author.name}.txt", place / "tuned"
    text.write_text("\n".join(learned) + "\n", "utf-8")
    command = [_COMMAND, "finetune", text, "--language", author.language, "--profile", folder, "--json"]
    begin = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    seconds = time.perf_counter() - begin
    if run.returncode:
        sys.exit(f"personal: {run.stderr.strip()}")
    report = json.loads(run.stdout)
    lines = author.behind[::every]
    still = type_lines(autocomplete.load(author.language, profile=folder), lines)
    return {
        "tuned": _figures(still),
        "tuned, learning on": _figures(_learning_on(author, folder, every)),
        "seconds": seconds,
        "report": report,
    }


def _figures(typed: Typed) -> dict[str, float]:
    return {"ksr": round(typed.ksr, 2), "hit3": round(typed.hit3, 2), "ms": round(typed.median, 3)}


if __name__ == "__main__":
    main()
