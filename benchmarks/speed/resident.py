"""A process that loads the engine, types, and says what memory it holds: run by `benchmarks.speed.start`.

    python -m benchmarks.speed.resident LANGUAGES KEYS FILE…

Imports nothing itself that the engine would not.
"""

import json
import re
import sys
from pathlib import Path


def resident() -> dict[str, float]:
    """MB (2²⁰ bytes) of this process in memory: rss counts pages that others share in full, pss their share.

    Linux; elsewhere the most it ever held, as rss.
    """
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        import resource

        unit = 1 if sys.platform == "darwin" else 1 << 10
        return {"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / (1 << 20)}
    kilobytes = dict(re.findall(r"^(Rss|Pss): +(\d+)", rollup.read_text(), re.MULTILINE))
    return {name.lower(): int(size) / 1024 for name, size in kilobytes.items()}


def main() -> None:
    languages, count, *files = sys.argv[1:]
    memory = {"Python alone": resident()}
    import autocomplete

    completer = autocomplete.load(*languages.split(","))
    memory["loaded"] = resident()
    texts = [Path(file).read_text("utf-8").splitlines() for file in files]
    typed = 0
    for lines in zip(*texts, strict=False):
        for line in lines:
            stream = completer.stream()
            for end in range(1, len(line) + 1):
                stream.update(line[:end])
                stream.suggest(3)
            typed += len(line)
        if typed >= int(count):
            break
    memory["used"] = resident()
    print(json.dumps(memory))


if __name__ == "__main__":
    main()
