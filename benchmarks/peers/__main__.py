"""This project beside other predictive keyboards and models, on the same lines, in one run.

    python -m benchmarks.peers TEXT… --language en --corpus FILE… [--lines N] [--json] [--write docs/peers.md]

Each peer is typed into by the simulated typist, three suggestions at each key. One that is not installed is skipped
with a line that says what it needs. `docs/peers.md` tells what the peers are and how to get them.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from platform import machine, system

from platformdirs import user_cache_path

from autocomplete.cli.progress import Progress
from autocomplete.errors import Error
from autocomplete.text.files import iterate_lines
from benchmarks.peers.measure import Result, measure
from benchmarks.peers.peer import PEERS, Setting
from benchmarks.peers.report import as_markdown, as_values, print_table, written_into


def main() -> None:
    options = _options()
    texts = {str(Path(*path.parts[-2:])): list(islice(iterate_lines(path), options.lines)) for path in options.texts}
    options.cache.mkdir(parents=True, exist_ok=True)
    model = options.model or options.language
    setting = Setting(options.language, model, tuple(options.corpus), options.cache, scratch=options.cache)
    results = run(_chosen(options.peers, options.skip), setting, texts)
    files = list(texts)
    which = f"the first {options.lines} lines" if options.lines else "all lines"
    title = f"{options.language}, {which} of each text, {system()} {machine()}"
    if options.write:
        page = options.write.read_text("utf-8") if options.write.exists() else ""
        table = as_markdown(results, files, title)
        options.write.write_text(written_into(page, options.language, table), "utf-8")
    if options.json:
        report = {name: as_values(result, files) for name, result in results.items()}
        head = {"language": options.language, "lines": {name: len(text) for name, text in texts.items()}}
        print(json.dumps(head | {"peers": report}, indent=2, ensure_ascii=False))
    else:
        print_table(results, files, title)


def run(names: list[str], setting: Setting, texts: Mapping[str, list[str]]) -> dict[str, Result]:
    """The result of each peer. Ctrl+C ends the run with those that are through."""
    results = {}
    with Progress(total=len(names) * sum(map(len, texts.values()))) as progress:
        try:
            for name in names:
                progress.begin(name)
                results[name] = measure(name, setting, list(texts.values()), progress.advance)
        except KeyboardInterrupt:
            print("peers: stopped; the table has what was measured until then.", file=sys.stderr)
    return results


def _chosen(wanted: list[str], skipped: list[str]) -> list[str]:
    """The peers whose names begin with one of `wanted` (all if empty) and with none of `skipped`."""
    chosen = [name for name in PEERS if not wanted or _matches(name, wanted)]
    chosen = [name for name in chosen if not _matches(name, skipped)]
    if not chosen:
        raise Error(f"No peer is left to measure; there are: {'; '.join(PEERS)}.")
    return chosen


def _matches(name: str, beginnings: list[str]) -> bool:
    return any(name.lower().startswith(beginning.lower()) for beginning in beginnings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT", help="held-out text, a line at a time")
    parser.add_argument("--language", default="en", help="en or de")
    parser.add_argument("--model", help="this project's model, if not the language's shipped one: a folder")
    parser.add_argument("--corpus", nargs="*", default=[], type=Path, help="training text, .txt or .txt.xz")
    parser.add_argument("--lines", type=int, help="only the first lines of each text, this many")
    parser.add_argument("--peers", nargs="*", default=[], help="only those whose names begin so")
    parser.add_argument("--skip", nargs="*", default=[], help="not those whose names begin so")
    cache = user_cache_path("autocomplete-desktop") / "peers"
    parser.add_argument("--cache", default=cache, type=Path, help="where trained peers are kept")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except Error as error:
        sys.exit(f"peers: {error}")
