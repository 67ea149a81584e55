"""How often the inline continuation is shown, and how often it is right, at several confidences.

    python benchmarks/continuations.py FILE --language en [--lines 100] [--json]

At every key of the lines the continuation is asked for. It is right when the text goes on exactly so.
"""

import argparse
import json
from pathlib import Path

import autocomplete
from autocomplete.predict import stream as streams

CONFIDENCES = (0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", default="en", help="a language, several with commas, or a folder")
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    completer = autocomplete.load(*options.language.split(","))
    lines = [line for line in options.file.read_text("utf-8").splitlines() if line]
    lines = lines[:: max(1, len(lines) // options.lines)][: options.lines]
    results = {confidence: measure(completer, lines, confidence) for confidence in CONFIDENCES}
    if options.json:
        print(json.dumps(results, indent=2))
        return
    print("confidence     keys    shown    right   letters of a right one")
    for confidence, row in results.items():
        print(f"{confidence:10.1f} {row['keys']:8.0f} {row['shown']:8.1%} {row['right']:8.1%} {row['letters']:8.1f}")


def measure(completer: autocomplete.Completer, lines: list[str], confidence: float) -> dict[str, float]:
    """Share of keys with a continuation, share of continuations that are right, and the mean length of those."""
    streams.CONTINUATION_CONFIDENCE = confidence
    keys = shown = right = letters = 0
    for line in lines:
        stream = completer.stream()
        for end in range(1, len(line)):
            stream.update(line[:end])
            offered = stream.continuation()
            keys += 1
            shown += bool(offered)
            if offered and (line + " ").startswith(offered, end) and not line[end + len(offered) :][:1].isalpha():
                right += 1
                letters += len(offered)
    return {"keys": keys, "shown": shown / keys, "right": right / max(1, shown), "letters": letters / max(1, right)}


if __name__ == "__main__":
    main()
