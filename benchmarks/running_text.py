"""What the words of the text itself are worth: one text typed on and on, with and without the cache of its words.

    python benchmarks/running_text.py FILE… --language en [--characters 12000] [--skip 20000] [--json]

Each file is one text; nothing is forgotten between its lines.
"""

import argparse
import json
from pathlib import Path

import autocomplete
from autocomplete.cli.progress import Progress
from autocomplete.evaluation.typist import SHOWN, Typing, type_line
from autocomplete.predict import recent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--language", default="en", help="a language or a folder")
    parser.add_argument("--characters", type=int, default=12_000, help="typed of each file")
    parser.add_argument("--skip", type=int, default=20_000, help="characters left out before")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    completer = autocomplete.load(options.language)
    share = recent.SHARE
    texts = {path.name: path.read_text("utf-8")[options.skip :][: options.characters] for path in options.files}
    results: dict[str, dict[str, dict[str, float]]] = {}
    with Progress(total=2 * sum(len(text.splitlines()) for text in texts.values())) as progress:
        progress.begin("typing")
        for name, text in texts.items():
            results[name] = {}
            for way, used in (("without", 0.0), ("with", share)):
                recent.SHARE = used
                results[name][way] = measure(completer, text, progress)
    if options.json:
        print(json.dumps(results, indent=2))
        return
    for name, ways in results.items():
        for way, row in ways.items():
            print(f"{name:40} {way:8} saved {row['ksr']:6.1%}   hit@1 {row['hit1']:6.1%}   hit@3 {row['hit3']:6.1%}")


def measure(completer: autocomplete.Completer, text: str, progress: Progress) -> dict[str, float]:
    """Types the text into one stream, line by line."""
    stream, typing, before = completer.stream(), Typing(), ""

    def suggest(line: str, count: int) -> list[str]:
        stream.update(before + line)
        return [suggestion.text for suggestion in stream.suggest(count)]

    for line in text.splitlines():
        typing.add(type_line(line, suggest, SHOWN))
        before += line + "\n"
        progress.advance()
    return {
        "ksr": 1 - typing.keystrokes / typing.characters,
        "hit1": typing.first / typing.words,
        "hit3": typing.shown / typing.words,
    }


if __name__ == "__main__":
    main()
