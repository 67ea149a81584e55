"""Key to suggestions: how long, in which text, and what it costs to have it.

    python benchmarks/speed.py FILE… --language en [--json]

FILE is real text in the language; its lines are typed key by key. Everything is measured in one run, so compare
the rows of one run: p50, p95, p99 over the keys of FILE, each line from an empty text; the time of a key at the
end of ever longer texts; one LSTM step and one scoring by batch; a cold start of `autocomplete suggest`; memory.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

import autocomplete
from autocomplete import Completer, Stream
from autocomplete.model.runtime import States

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
KEYS_AT_LENGTH = 600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--language", default="en", help="a language, several with commas, or a folder")
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
    started = time.perf_counter()
    completer = autocomplete.load(*languages)
    figures["load, ms"] = (time.perf_counter() - started) * 1e3
    figures |= keys(completer, texts)
    figures |= growing(completer, " ".join(texts))
    figures |= steps(completer)
    figures["memory before loading, MB"] = before
    figures["memory after all this, MB"] = memory()
    return figures


def keys(completer: Completer, texts: list[str]) -> dict[str, float]:
    """Percentiles over all keys of the texts."""
    times = []
    for text in texts:
        stream = completer.stream()
        times += [milliseconds(type_key, stream, text[:end]) for end in range(1, len(text) + 1)]
    times.sort()
    result = {f"key p{p}, ms": times[min(len(times) - 1, len(times) * p // 100)] for p in (50, 95, 99)}
    return {"keys": len(times), **result, "key max, ms": times[-1]}


def type_key(stream: Stream, before: str) -> None:
    """What the app does for a key."""
    stream.update(before)
    stream.suggest(3)


def growing(completer: Completer, text: str) -> dict[str, float]:
    """A key's median at the end of texts of several lengths, by `update` and by `edit`, the lengths in turn.

    In turn, so that a machine that slows down slows all of them.
    """
    texts = {length: ((text + "\n") * (length // (len(text) + 1) + 1))[:length] for length in LENGTHS}
    streams = {(length, way): completer.stream() for way in ("update", "edit") for length in LENGTHS}
    for (length, _), stream in streams.items():
        stream.update(texts[length])
    times: dict[tuple[int, str], list[float]] = {name: [] for name in streams}
    for number in range(KEYS_AT_LENGTH):
        key = text[number % len(text)]
        for length in LENGTHS:
            texts[length] += key
        for (length, way), stream in streams.items():
            if way == "update":
                spent = milliseconds(type_key, stream, texts[length])
            else:
                spent = milliseconds(stream.edit, length + number, 0, key) + milliseconds(stream.suggest, 3)
            times[length, way].append(spent)
    return {f"key at {n:,} characters ({way}), ms": median(spent) for (n, way), spent in times.items()}


def steps(completer: Completer) -> dict[str, float]:
    """One step of the LSTM and one scoring of the vocabulary, for 1 and 8 hypotheses, of the first language."""
    runtime = completer._languages[0].runtime  # what is inside is what is measured here
    result = {}
    for batch in (1, 8):
        states = States.stack([runtime.initial_state()] * batch)
        tokens = np.arange(300, 300 + batch)
        projected, _ = runtime.step(tokens, states)
        result[f"step, batch {batch}, ms"] = repeated(200, runtime.step, tokens, states)
        result[f"score, batch {batch}, ms"] = repeated(200, runtime.log_probabilities, projected)
    return result


def cold_start(languages: list[str]) -> float:
    """Wall time of the whole command, the median of five, in milliseconds."""
    command = [sys.executable, "-c", "from autocomplete.cli import main; main()"]
    command += ["suggest", "I am on my w", "--language", ",".join(languages)]
    return repeated(5, partial(subprocess.run, check=True, capture_output=True), command)


def memory() -> float:
    """The memory this process holds now, in megabytes (Linux; elsewhere the most it ever held)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmRSS:\s+(\d+)", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def repeated(times: int, call: Callable[..., object], *arguments: object) -> float:
    """The median of several calls, in milliseconds."""
    return median(milliseconds(call, *arguments) for _ in range(times))


def milliseconds(call: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    call(*arguments)
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    main()
