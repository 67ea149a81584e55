"""What a start costs, and the memory that a process with the engine holds: both of fresh processes."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.speed.clock import Call, in_turn

_NOTHING = [sys.executable, "-c", "pass"]
_run = partial(subprocess.run, check=True, capture_output=True)
_SUGGEST = [sys.executable, "-c", "from autocomplete.cli import main; main()", "suggest", "I am on my w", "--language"]


def starts(columns: Mapping[str, Sequence[str]], rounds: int, advance: Call) -> dict[str, dict[str, float]]:
    """Milliseconds from starting `autocomplete suggest` to its end, and of a Python that does nothing."""
    commands = {"Python alone": _NOTHING}
    commands |= {name: [*_SUGGEST, ",".join(languages)] for name, languages in columns.items()}
    calls: dict[str, Call] = {name: partial(_run, command) for name, command in commands.items()}
    times = in_turn(calls, rounds, before=lambda _call: advance())
    return {name: {"median": median(spent), "max": max(spent)} for name, spent in times.items()}


def memories(
    columns: Mapping[str, Sequence[str]], files: Mapping[str, Sequence[Path]], count: int, advance: Call
) -> dict[str, dict[str, dict[str, float]]]:
    """By column, MB (2²⁰ bytes) resident when Python began, when the engine was loaded, and after `count` keys."""
    result = {}
    for name, languages in columns.items():
        command = [sys.executable, "-m", "benchmarks.speed.resident", ",".join(languages), str(count)]
        command += [str(path) for path in files[name]]
        result[name] = json.loads(_run(command).stdout)
        advance()
    return result
