"""Two languages at once: foreign words shown, how fast a switch is followed, keystrokes saved, and the time of a key.

    python benchmarks/bilingual.py en=dev-en.txt de=dev-de.txt [--mixed benchmarks/data/mixed.tsv] [--json]

Each text is typed by the simulated typist of `autocomplete evaluate`, with its language alone and with both: each
line from an empty text, and each line behind those before it ("running"). The three words shown are counted wherever
the typist looks.

foreign: a word that the other language's n-gram model holds and this one's does not, or a hundred times rarer,
    in whatever case. A word that neither holds is not foreign. A text may hold such words itself, and one language
    alone shows some.
bleed: foreign words / words shown.
weight, first: MIXED has lines "from>to TAB text TAB text": the language is switched between the two. So many words of
    the second text must be typed, by its writer, until the language has more than half of the weight; until the first
    suggestion for the next word is not foreign to it. In %, of the switches. MIXED is also typed as a text, each line
    from an empty one, with each language alone and with both.
ms: processor time from a key to its suggestions, so that other programs disturb it less.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import autocomplete
from autocomplete import Completer
from autocomplete.cli.progress import Progress
from autocomplete.evaluation.measure import Latency
from autocomplete.evaluation.typist import SHOWN, Typing, type_line
from autocomplete.model.ngram import NGramModel
from autocomplete.predict.mixture import Mixture
from autocomplete.text.folding import fold
from autocomplete.text.words import WORD

MIXED = Path(__file__).parent / "data" / "mixed.tsv"
RARER = 100  # times, for a word that both languages hold to be foreign in one
BEHIND = 2000  # characters of earlier lines that a line is typed behind
WORDS_OF_SWITCH = (1, 2, 3)


@dataclass
class Bleed:
    """What the typist of one text saw."""

    typing: Typing = field(default_factory=Typing)
    shown: int = 0
    foreign: dict[str, int] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        common = sorted(self.foreign, key=lambda word: -self.foreign[word])[:12]
        latency = Latency.of(self.times)
        return {
            "ksr": 1 - self.typing.keystrokes / self.typing.characters,
            "hit3": self.typing.shown / self.typing.words,
            "shown": self.shown,
            "bleed": sum(self.foreign.values()) / self.shown,
            "common foreign words": {word: self.foreign[word] for word in common},
            "p50": latency.p50,
            "p99": latency.p99,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", metavar="LANGUAGE=FILE", help="two; a language may be a model's folder")
    parser.add_argument("--mixed", type=Path, default=MIXED)
    parser.add_argument("--lines", type=int, default=150, help="lines of each text, in runs of ten spread over it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    texts = dict(text.split("=", 1) for text in options.texts)
    lines = {name: sample(Path(path).read_text("utf-8").splitlines(), options.lines) for name, path in texts.items()}
    switches = [line.split("\t") for line in options.mixed.read_text("utf-8").splitlines()]
    figures = measure(lines, switches)
    print(json.dumps(figures, ensure_ascii=False, indent=2) if options.json else as_table(figures))


def sample(lines: list[str], count: int) -> list[str]:
    """About `count` lines in runs of ten, so that most keep those that stood before them."""
    lines = [line for line in lines if line]
    runs = max(1, count // 10)
    step = max(10, len(lines) // runs)
    return [line for start in range(0, len(lines), step) for line in lines[start : start + 10]][:count]


def measure(lines: dict[str, list[str]], switches: list[list[str]]) -> dict[str, Any]:
    """All figures, by language and kind."""
    both = autocomplete.load(*lines)
    ngrams = {language.name: language.ngram for language in both._languages}  # what is inside is measured here
    figures: dict[str, Any] = {}
    mixed = [before + after for _, before, after in switches]
    alone = {language.name: autocomplete.load(name) for name, language in zip(lines, both._languages, strict=True)}
    with Progress(total=4 * sum(map(len, lines.values())) + 4 * len(switches)) as progress:
        for name, text in zip(alone, lines.values(), strict=True):
            own, other = ngrams[name], next(ngram for key, ngram in ngrams.items() if key != name)
            for start in ("empty", "running"):
                for which, completer in (("alone", alone[name]), ("both", both)):
                    kind = f"{name}, {start}, {which}"
                    progress.begin(kind)
                    seen = type_text(completer, text, start == "running", own, other, progress)
                    figures[kind] = seen.figures()
        for which, completer in {**alone, "both": both}.items():
            progress.begin(f"mixed, {which}")
            seen = type_text(completer, mixed, False, None, None, progress)
            figures[f"mixed, {which}"] = seen.figures()
        progress.begin("switches")
        figures["switches"] = follow(both, ngrams, switches, progress)
    return figures


def type_text(
    completer: Completer,
    lines: list[str],
    running: bool,
    own: NGramModel | None,
    other: NGramModel | None,
    progress: Progress,
) -> Bleed:
    """Types the lines; `running`: each behind the earlier ones. Without memories no word is foreign."""
    seen = Bleed()
    earlier = ""
    for line in lines:
        seen.typing.add(type_line(line, looking(completer, earlier if running else "", own, other, seen), SHOWN))
        earlier = (earlier + line + "\n")[-BEHIND:]
        progress.advance()
    return seen


def looking(
    completer: Completer, earlier: str, own: NGramModel | None, other: NGramModel | None, seen: Bleed
) -> Callable[[str, int], list[str]]:
    """The suggestions in one text, which are counted as they are shown."""
    stream = completer.stream()
    stream.update(earlier)

    def suggest(before: str, count: int) -> list[str]:
        begin = time.thread_time()
        stream.update(earlier + before)
        words = [suggestion.text for suggestion in stream.suggest(count)]
        seen.times.append((time.thread_time() - begin) * 1e3)
        seen.shown += len(words)
        for word in words:
            if own and other and is_foreign(word, own, other):
                seen.foreign[word] = seen.foreign.get(word, 0) + 1
        return words

    return suggest


def is_foreign(word: str, own: NGramModel, other: NGramModel) -> bool:
    """Whether `word` belongs to the other language only; see above."""
    return frequency(word, other) > RARER * frequency(word, own)


def frequency(word: str, ngram: NGramModel) -> float:
    """The probability of the word, however it is written."""
    lower = word.replace("’", "'").lower()
    return sum(ngram.frequency(i) for i in ngram.spelled(fold(word)) if ngram.words[i].lower() == lower)


def follow(
    both: Completer, ngrams: dict[str, NGramModel], switches: list[list[str]], progress: Progress
) -> dict[str, Any]:
    """The share of switches, in each direction, that are followed after 1, 2, 3 words."""
    needed: dict[str, list[tuple[float, float]]] = {}
    for direction, before, after in switches:
        old, new = direction.split(">")
        needed.setdefault(direction, []).append(words_needed(both, before, after, new, ngrams[new], ngrams[old]))
        progress.advance()
    return {
        f"{direction}, {what}": {
            str(words): sum(pair[i] <= words for pair in pairs) / len(pairs) for words in WORDS_OF_SWITCH
        }
        for direction, pairs in needed.items()
        for i, what in enumerate(("weight", "first"))
    }


def words_needed(
    both: Completer, before: str, after: str, language: str, own: NGramModel, other: NGramModel
) -> tuple[float, float]:
    """Words of `after` until `language` has most of the weight, and until the first suggestion is in it."""
    number = both.languages.index(language)
    mixture, stream = Mixture(both._languages), both.stream()
    weight = first = float("inf")
    for words, match in enumerate(WORD.finditer(after), 1):
        text = before + after[: match.end()] + " "
        if mixture.weights(text)[number] > 0.5:
            weight = min(weight, words)
        stream.update(text)
        if any(not is_foreign(suggestion.text, own, other) for suggestion in stream.suggest(1)):
            first = min(first, words)
    return weight, first


def as_table(figures: dict[str, Any]) -> str:
    """The figures as text."""
    rows = [f"{'':32}  saved   hit@3   bleed  p50 ms  p99 ms"]
    rows += [
        f"{name:32} {row['ksr']:6.1%}  {row['hit3']:6.1%}  {row['bleed']:6.2%}  {row['p50']:6.2f}  {row['p99']:6.2f}"
        for name, row in figures.items()
        if name != "switches"
    ]
    rows += ["", f"{'switches followed after … words':32}" + "".join(f"{words:8}" for words in WORDS_OF_SWITCH)]
    rows += [f"{name:32}" + "".join(f"{p:8.1%}" for p in row.values()) for name, row in figures["switches"].items()]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
