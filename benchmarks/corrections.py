"""How often a slip is corrected rightly, and how often a text without slips is changed.

    python benchmarks/corrections.py PAIRS.tsv --source aalto136m-self --clean TEXT --language en [--json]

PAIRS.tsv has a sentence with slips, the sentence meant, and where it is from, separated by tabs. Only pairs that
differ in one word are used. Words in TEXT are taken as meant, though some are slips that its writers left there.
"""

import argparse
import json
import random
import re
from pathlib import Path

import autocomplete
from autocomplete import Completer

SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--source", required=True, help="use the pairs with this in their last column")
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--language", default="en", help="a language, several with commas, or a folder")
    parser.add_argument("--most", type=int, default=1500, help="pairs to try")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    completer = autocomplete.load(*options.language.split(","))
    figures = slips(completer, read_pairs(options.pairs, options.source)[: options.most])
    figures |= clean(completer, options.clean.read_text("utf-8").splitlines())
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:36} {value:8}")


def read_pairs(path: Path, source: str) -> list[tuple[str, str]]:
    """(text up to a slip and the space behind it, the word meant), in an order that is the same each time."""
    pairs = []
    for row in path.read_text("utf-8").splitlines():
        typed, meant, origin = row.split("\t")[:3]
        words, right = typed.split(" "), meant.split(" ")
        if source not in origin or len(words) != len(right):
            continue
        different = [i for i, word in enumerate(words) if word != right[i]]
        if len(different) == 1 and words[different[0]].isalpha() and right[different[0]].replace("'", "").isalpha():
            i = different[0]
            pairs.append((" ".join([*right[:i], words[i], ""]), right[i]))
    random.Random(SEED).shuffle(pairs)  # noqa: S311 - a sample, no secret
    return pairs


def slips(completer: Completer, pairs: list[tuple[str, str]]) -> dict[str, int]:
    """What becomes of the slips."""
    offered = [(correct(completer, text), meant) for text, meant in pairs]
    right = sum(text == meant for text, meant in offered)
    wrong = sum(text is not None and text != meant for text, meant in offered)
    return {"slips": len(pairs), "corrected rightly": right, "corrected wrongly": wrong}


def clean(completer: Completer, lines: list[str]) -> dict[str, int]:
    """How many words of a text are changed though nothing was asked."""
    ends = [line[: match.end()] for line in lines for match in re.finditer(r"\S+(?:\s|$)", line)]
    changed = sum(correct(completer, text) is not None for text in ends)
    return {"words of clean text": len(ends), "changed": changed}


def correct(completer: Completer, text: str) -> str | None:
    """The correction offered at the end of `text`."""
    stream = completer.stream()
    stream.update(text)
    correction = stream.correct()
    return correction.text if correction else None


if __name__ == "__main__":
    main()
