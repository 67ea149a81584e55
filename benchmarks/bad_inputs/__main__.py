"""Tries every case in a process of its own: python -m benchmarks.bad_inputs [--forks] [--model DIR] [WORDS…]"""

import argparse
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from autocomplete.installed import model_folder
from benchmarks.bad_inputs.cases import all_cases
from benchmarks.bad_inputs.place import Place
from benchmarks.bad_inputs.running import forks, run_process


def main() -> int:
    parser = argparse.ArgumentParser(description="Try what can be wrong with a command's input.")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="only cases that hold all of these")
    parser.add_argument("--forks", action="store_true", help="in forks of one process, which is quicker")
    parser.add_argument("--times", action="store_true", help="say what each case took")
    parser.add_argument("--model", type=Path, help="the folder of a model that works; the English one without it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, forks() if options.forks else nullcontext(run_process) as run:
        os.environ |= {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        inside = Path(folder, "place")
        inside.mkdir()
        cases = all_cases(Place.make(inside, options.model or model_folder("en")))
        chosen = [case for case in cases if all(word in str(case) for word in options.words)]
        failed, slowest = 0, 0.0
        for case in chosen:
            ended = run(case)
            slowest = max(slowest, ended.seconds)
            if options.times:
                print(f"{ended.seconds:.1f} s  {case}")
            if faults := ended.faults(case):
                failed += 1
                print(f"{case}\n    {'; '.join(faults)} ({ended.seconds:.1f} s)\n    {ended.stderr[-400:].strip()}")
        print(f"{len(chosen)} bad inputs, {failed} not answered as they should be; the slowest took {slowest:.1f} s")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
