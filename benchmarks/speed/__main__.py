"""What a key, a start and a step of the LSTM cost; all tables of docs/speed.md from one run.

    python -m benchmarks.speed en=en/dev.txt de=de/dev.txt [--json] [--write docs/speed.md]

Each LANGUAGE=FILE is a column, typed line by line; several languages make one more, in which all are active and
their lines take turns. Everything runs on one thread. Nothing else should run meanwhile.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import autocomplete
from autocomplete.cli.progress import Progress
from autocomplete.errors import Error
from benchmarks.speed import keys as typing
from benchmarks.speed import start
from benchmarks.speed.machine import machine
from benchmarks.speed.tables import tables, written_into

TOGETHER = "both"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
PARTS = ("keys", "length", "bandwidth", "steps", "start", "memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", metavar="LANGUAGE=FILE", type=_text)
    parser.add_argument("--keys", type=int, default=4000, help="keys typed in each column (4000)")
    parser.add_argument("--length-keys", type=int, default=400, help="keys typed at each length (400)")
    parser.add_argument("--starts", type=int, default=11, help="starts of each command (11)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="only these")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--write", type=Path, metavar="FILE", help="replace the tables and pictures of this document")
    options = parser.parse_args()
    os.environ |= dict.fromkeys(_THREADS, "1")  # numpy and torch, imported later, look at it then
    if options.write:
        _check_can_write(options.write, options.parts)
    try:
        figures = measure(dict(options.texts), options)
    except Error as error:
        sys.exit(f"speed: {error}")
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join(tables(figures).values()))
    if options.write:
        from benchmarks.speed.plots import draw

        document = options.write.read_text("utf-8")
        options.write.write_text(written_into(document, tables(figures)), "utf-8")
        draw(figures, options.write.parent / "images")


def measure(files: dict[str, Path], options: argparse.Namespace) -> dict[str, Any]:
    """The figures of the parts asked for, by part; the machine's description under `machine`."""
    lines = {name: [line for line in path.read_text("utf-8").splitlines() if line] for name, path in files.items()}
    columns = {name: [name] for name in files}
    if len(files) > 1:
        columns[TOGETHER] = list(files)
    texts = {name: typing.alternating([lines[part] for part in parts]) for name, parts in columns.items()}
    parts = options.parts
    amounts = {
        "keys": len(columns) * options.keys,
        "length": len(columns) * options.length_keys,
        "bandwidth": 8,
        "steps": 4,
        "start": (len(columns) + 1) * options.starts,
        "memory": len(columns),
    }
    figures: dict[str, Any] = {"machine": machine()}
    with Progress(total=sum(amounts[part] for part in parts)) as progress:
        tick = progress.advance
        # First what fresh processes do: the models of this one would be in their way.
        if "start" in parts:
            progress.begin("starting")
            figures["start"] = start.starts(columns, options.starts, tick)
        if "memory" in parts:
            progress.begin("measuring memory")
            by_column = {name: [files[part] for part in parts] for name, parts in columns.items()}
            figures["memory"] = start.memories(columns, by_column, options.keys, tick)
        if "bandwidth" in parts or "steps" in parts:
            from benchmarks.speed.steps import bandwidths, steps

            progress.begin("stepping")
            if "bandwidth" in parts:
                figures["bandwidth"] = bandwidths(tick)
            if "steps" in parts:
                figures["steps"] = steps(tick)
        if "keys" in parts or "length" in parts:
            completers = {name: autocomplete.load(*parts) for name, parts in columns.items()}
            progress.begin("typing")
            if "keys" in parts:
                figures["keys"] = typing.keys(completers, texts, options.keys, tick)
            if "length" in parts:
                progress.begin("typing in long texts")
                figures["length"] = {
                    name: typing.growth(completer, texts[name], options.length_keys, tick)
                    for name, completer in completers.items()
                }
    return figures


def _text(pair: str) -> tuple[str, Path]:
    language, equals, file = pair.partition("=")
    if not equals or not Path(file).is_file():
        raise argparse.ArgumentTypeError(f"{pair!r} is no LANGUAGE=FILE with a file that exists")
    return language, Path(file)


def _check_can_write(document: Path, parts: list[str]) -> None:
    """Before minutes are spent: the document marks the tables that will be made, and pictures can be drawn."""
    try:
        import benchmarks.speed.plots  # noqa: F401 - asked for its imports

        written_into(document.read_text("utf-8"), dict.fromkeys(("machine", *parts), ""))
    except ModuleNotFoundError:
        sys.exit('speed: the pictures need matplotlib; install it with: pip install "autocomplete-desktop[bench]"')
    except (OSError, ValueError) as error:
        sys.exit(f"speed: {document} cannot take the tables: {error}")


if __name__ == "__main__":
    main()
