"""Key to suggestions: how long, in which text, and what it costs to have it.

    python benchmarks/speed.py FILE… --language en [--json]

FILE is real text in the language; its lines are typed key by key. Everything is measured in one run, so compare
the rows of one run: p50, p95, p99 over the keys of FILE, each line from an empty text; the time of a key at the
end of ever longer texts; one LSTM step and one scoring by batch; a cold start of `autocomplete suggest`; memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
KEYS_AT_LENGTH = 600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--language", default="en", help='a language, several with commas, or a model folder')
    parser.add_argument("--lines", type=int, default=200, help="lines of each file to type")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    texts = [line for file in options.files for line in file.read_text("utf-8").splitlines()[: options.lines]]
    figures = measure(options.language.split(","), texts)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:42} {value:10.3f}")


def measure(languages: list[str], texts: list[str]) -> dict[str, float]:
    """Every figure by name; times in milliseconds, memory in megabytes."""
    figures = {"cold start of `autocomplete suggest`, ms": cold_start(languages)}
    before = memory()
    import autocomplete

    started = time.perf_counter()
    completer = autocomplete.load(*languages)
    figures["load, ms"] = (time.perf_counter() - started) * 1e3
    figures |= keys(completer, texts)
    figures |= growing(completer, " ".join(texts))
    figures |= steps(completer)
    figures["memory before the engine, MB"] = before
    figures["memory with the engine, after all this, MB"] = memory()
    return figures


def keys(completer: "autocomplete.Completer", texts: list[str]) -> dict[str, float]:
    """Percentiles over all keys of the texts."""
    times = []
    for text in texts:
        stream = completer.stream()
        for end in range(1, len(text) + 1):
            times.append(timed(lambda: (stream.update(text[:end]), stream.suggest(3))))
    times.sort()
    result = {f"key p{p}, ms": times[min(len(times) - 1, len(times) * p // 100)] for p in (50, 95, 99)}
    return {"keys": len(times), **result, "key max, ms": times[-1]}


def growing(completer: "autocomplete.Completer", text: str) -> dict[str, float]:
    """A key's median at the end of texts of several lengths, by `update` and by `edit`, the lengths in turn.

    In turn, so that a machine that slows down slows all of them.
    """
    streams = {}
    for length in LENGTHS:
        whole = (text + "\n") * (length // (len(text) + 1) + 1)
        streams[length] = completer.stream(), completer.stream(), whole[:length]
        for stream in streams[length][:2]:
            stream.update(whole[:length])
    typed = (text * (KEYS_AT_LENGTH // len(text) + 1))[:KEYS_AT_LENGTH]
    times: dict[str, list[float]] = {}
    for position, key in enumerate(typed):
        for length, (updated, edited, base) in streams.items():
            before = base + typed[: position + 1]
            times.setdefault(f"key at {length:,} characters (update), ms", []).append(
                timed(lambda: (updated.update(before), updated.suggest(3)))
            )
            times.setdefault(f"key at {length:,} characters (edit), ms", []).append(
                timed(lambda: (edited.edit(length + position, 0, key), edited.suggest(3)))
            )
    return {name: median(values) for name, values in sorted(times.items())}


def steps(completer: "autocomplete.Completer") -> dict[str, float]:
    """One step of the LSTM and one scoring of the vocabulary, for 1 and 8 hypotheses, of the first language."""
    import numpy as np

    from autocomplete.model.runtime import States

    runtime = completer._languages[0].runtime  # what is inside is what is measured here
    result = {}
    for batch in (1, 8):
        states = States.stack([runtime.initial_state()] * batch)
        tokens = np.arange(300, 300 + batch)
        projected, _ = runtime.step(tokens, states)
        result[f"step, batch {batch}, ms"] = median(repeat(lambda: runtime.step(tokens, states)))
        result[f"score, batch {batch}, ms"] = median(repeat(lambda: runtime.log_probabilities(projected)))
    return result


def cold_start(languages: list[str]) -> float:
    """Wall time of the whole command, the median of five, in milliseconds."""
    command = [sys.executable, "-c", "from autocomplete.cli import main; main()"]
    command += ["suggest", "I am on my w", "--language", ",".join(languages)]
    return median(repeat(lambda: subprocess.run(command, check=True, capture_output=True), 5))


def memory() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def repeat(call: Callable[[], object], times: int = 200) -> Iterator[float]:
    return (timed(call) for _ in range(times))


def timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    main()
