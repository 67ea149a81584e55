"""Whether anything is lost, and how long one waits, when tuning, learning and exporting end before they are done.

    python benchmarks/interrupted.py FILE --updates 40

FILE: English text of one person, a paragraph a line, 3,000 words or more. What is stopped or killed is done by the
shipped model in a process of its own, at moments drawn evenly from the time that it takes undisturbed. After each kill
the profile is opened: whatever was told to be kept must be there. Then the same is done again, to the end.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from autocomplete import ProfileError
from autocomplete.finetuning.events import Done, Event, Stage, Stopped
from autocomplete.finetuning.options import TuningOptions
from autocomplete.finetuning.tuner import Tuner
from autocomplete.installed import model_folder
from autocomplete.profile.archive import export_profile, preview
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line

LANGUAGE = "en"
DOCUMENTS = 40  # that the text is learned in


@dataclass
class Row:
    """What came of interrupting one thing: `ends` counts how it went, `faults` says what must not be."""

    title: str
    ends: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def expect(self, true: bool, fault: str) -> None:
        if not true:
            self.faults.append(fault)
            print(f"  FAULT in {self.title}: {fault}", file=sys.stderr, flush=True)

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        waited = f"{statistics.median(self.seconds):.2f}, {max(self.seconds):.2f}" if self.seconds else ""
        return f"| {self.title} | {self.ends.total()} | {ends} | {waited} | {len(self.faults)} |"


class Worker:
    """This file as a process that does one thing to a profile and tells how far it is."""

    def __init__(self, task: str, folder: Path, text: Path, updates: int) -> None:
        command = [sys.executable, __file__, str(text), "--updates", str(updates), "--task", task, str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self.told: list[str] = []
        self.began, self.ended = threading.Event(), 0.0
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.began.wait()
        self._began = time.monotonic()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(line.rstrip("\n"))
            self.ended = time.monotonic()
            self.began.set()
        self.began.set()

    def wait(self) -> float:
        """Until it has ended; the seconds between the first and the last that it told."""
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()  # type: ignore[union-attr]
        return self.ended - self._began

    def kill(self, after: float) -> None:
        """kill -9 after so many seconds, unless it has ended by then."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(after)
        self.process.kill()
        self.wait()


def work(task: str, folder: Path, lines: list[Line], updates: int) -> None:
    """What a worker does."""
    with Profile.open(folder) as profile:
        if task == "learn":
            print("begins", flush=True)
            for number, document in enumerate(documents(lines)):
                profile.learn(document, str(number))
                print(number, flush=True)
        elif task == "export":
            print("begins", flush=True)
            export_profile(profile, archive_of(folder), replace=True)
            print("exported", flush=True)
        else:
            tuner = Tuner(profile, model_folder(LANGUAGE), options_of(updates))
            tuner.start()
            assert tuner._process
            print(tuner._process.pid, flush=True)
            print(tuner.wait(), flush=True)


def stops(folder: Path, updates: int, count: int, seconds: float, choose: random.Random) -> list[Row]:
    """Stop is pressed."""
    rows = [Row("Stop, and keep the best"), Row("Stop, and keep nothing")]
    with Profile.open(folder) as profile:
        lines = profile.lines(LANGUAGE)
        for number in range(count):
            row, keep = rows[number % 2], number % 2 == 0
            stages: list[str] = []

            def hear(event: Event, stages: list[str] = stages) -> None:
                if isinstance(event, Stage):
                    stages.append(event.stage)

            tuner = Tuner(profile, model_folder(LANGUAGE), options_of(updates), hear)
            tuner.start()
            if tuner.wait(choose.uniform(0, seconds)) is not None:
                row.ends["done by then"] += 1
                clear_models(profile)
                continue
            pressed, stage = time.monotonic(), (stages or ["starting"])[-1]
            tuner.stop(keep)
            end = tuner.wait()
            row.seconds.append(time.monotonic() - pressed)
            print(f"  {row.title}, {stage}: {row.seconds[-1]:.2f} s, {end}"[:150], file=sys.stderr, flush=True)
            row.ends["kept" if isinstance(end, Done) else "nothing kept"] += 1
            row.expect(isinstance(end, Stopped) or (keep and isinstance(end, Done)), f"ended with {end}")
            row.expect(profile.lines(LANGUAGE) == lines, "lines were lost")
            row.expect(profile.scratch(LANGUAGE).names() == [], "something was left")
            row.expect(len(profile.models(LANGUAGE)) == isinstance(end, Done), "other models than were told")
            clear_models(profile)
    return rows


def killed_tunings(
    title: str, folder: Path, start: Callable[[], Worker], kill: Callable[[Worker, float], None], moments: list[float]
) -> Row:
    """The tuning process is killed, or the one that started it."""
    row = Row(title)
    with Profile.open(folder) as profile:
        lines = profile.lines(LANGUAGE)
    for moment in moments:
        worker = start()
        kill(worker, moment)
        with opened(folder, row) as profile:
            row.expect(profile.lines(LANGUAGE) == lines, "lines were lost")
            goes_on = bool(profile.scratch(LANGUAGE).names())
            done = bool(profile.models(LANGUAGE))
            for model in profile.models(LANGUAGE):
                profile.model_files(model.id)  # raises for one that is not whole
        row.ends["done by then" if done else "went on" if goes_on else "started over"] += 1
        if not done:
            again = start()
            again.wait()
            row.expect("Done(" in again.told[-1], f"the next start ended with {again.told[-1:]}")
        with opened(folder, row) as profile:
            row.expect(len(profile.models(LANGUAGE)) == 1, "not one model at the end")
            row.expect(profile.scratch(LANGUAGE).names() == [], "something was left")
            row.expect(profile.lines(LANGUAGE) == lines, "lines were lost")
            clear_models(profile)
    return row


def kill_child(worker: Worker, after: float) -> None:
    """The tuning process; whoever started it must tell how it was lost."""
    pid = int(worker.told[0])
    try:
        worker.process.wait(after)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):  # it ended just now; what it made is being stored
            subprocess.run(["/bin/kill", "-9", str(pid)], check=False, capture_output=True)  # noqa: S603
    worker.wait()


def kill_learning(root: Path, text: Path, lines: list[Line], count: int, choose: random.Random) -> Row:
    """A process is killed that learns one document after the other."""
    row = Row("kill -9 while learning")
    seconds = Worker("learn", root / "learned whole", text, 0).wait()
    parts = documents(lines)
    with Profile.open(root / "learned whole") as profile:
        whole = {document.id: document.words for document in profile.documents()}
    for number in range(count):
        folder = root / f"learn {number}"
        worker = Worker("learn", folder, text, 0)
        worker.kill(choose.uniform(0, seconds))
        told = worker.told[1:]
        row.ends["done by then" if len(told) == len(parts) else "broken off"] += 1
        with opened(folder, row) as profile:
            learned = {document.id: document.words for document in profile.documents()}
            row.expect(set(told) <= set(learned), f"told to be learned, but lost: {set(told) - set(learned)}")
            row.expect(len(learned) <= len(told) + 1, "more was learned than was begun")
            row.expect(learned.items() <= whole.items(), "a document was learned in part")
            for left in range(len(learned), len(parts)):
                profile.learn(parts[left], str(left))
            row.expect({d.id: d.words for d in profile.documents()} == whole, "the rest was not learned")
    return row


def kill_exporting(folder: Path, text: Path, count: int, choose: random.Random) -> Row:
    """A process is killed that replaces an export."""
    row = Row("kill -9 while exporting")
    archive = archive_of(folder)
    with Profile.open(folder) as profile:
        lines = profile.lines(LANGUAGE)
        old = export_profile(profile, archive)
    seconds = Worker("export", folder, text, 0).wait()
    for _ in range(count):
        worker = Worker("export", folder, text, 0)
        worker.kill(choose.uniform(0, seconds))
        row.ends["done by then" if "exported" in worker.told else "broken off"] += 1
        with opened(folder, row) as profile:
            row.expect(profile.lines(LANGUAGE) == lines, "lines were lost")
        try:
            row.expect(preview(archive).words == old.words, "the export holds something else")
        except ProfileError as error:
            row.expect(False, str(error))
    with opened(folder, row) as profile:
        export_profile(profile, archive, replace=True)
    row.expect([path.name for path in archive.parent.glob(f"*{archive.name}*")] == [archive.name], "a half was left")
    return row


class opened:  # noqa: N801 - used like a function
    """The profile, tried until whoever was killed has let it go; never opening it at all is a fault."""

    def __init__(self, folder: Path, row: Row) -> None:
        self._folder, self._row = folder, row

    def __enter__(self) -> Profile:
        try:
            self._profile = Profile.open(self._folder)
        except ProfileError as error:
            self._row.expect(False, f"does not open: {error}")
            raise
        return self._profile

    def __exit__(self, *_: object) -> None:
        self._profile.close()


def options_of(updates: int) -> TuningOptions:
    return TuningOptions(updates=updates, epochs=1, minutes=None, nice=0)


def documents(lines: list[Line]) -> list[list[Line]]:
    return [lines[number::DOCUMENTS] for number in range(DOCUMENTS)]


def archive_of(folder: Path) -> Path:
    return folder.with_suffix(".zip")


def clear_models(profile: Profile) -> None:
    for model in profile.models(LANGUAGE):
        profile.remove_model(model.id)


def read_lines(path: Path) -> list[Line]:
    texts = [text for text in path.read_text(encoding="utf-8").splitlines() if text.strip()]
    return [Line(text, LANGUAGE, 1e9 + 60.0 * number) for number, text in enumerate(texts)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--updates", type=int, default=40, help="of the tunings")
    parser.add_argument("--count", type=int, default=20, help="of each interruption; the app is killed half as often")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--task", nargs=2, help=argparse.SUPPRESS)  # a worker's: what, and to which profile
    given = parser.parse_args()
    lines, choose = read_lines(given.file), random.Random(given.seed)  # noqa: S311 - moments, no secrets
    if given.task:
        work(given.task[0], Path(given.task[1]), lines, given.updates)
        return
    print("| interrupted | times | how it went | seconds until it had ended: median, most | faults |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        tuned = root / "tuned"
        print(kill_learning(root, given.file, lines, given.count, choose), flush=True)
        Worker("learn", tuned, given.file, 0).wait()

        def start() -> Worker:
            return Worker("tune", tuned, given.file, given.updates)

        seconds = start().wait()
        print(f"{given.file.name}: a tuning takes {seconds:.0f} s undisturbed", file=sys.stderr)
        print(kill_exporting(tuned, given.file, given.count, choose), flush=True)
        with Profile.open(tuned) as profile:
            clear_models(profile)
        print(*stops(tuned, given.updates, given.count, seconds, choose), sep="\n", flush=True)
        moments = [choose.uniform(0, seconds) for _ in range(given.count)]
        print(killed_tunings("kill -9 of the tuning process", tuned, start, kill_child, moments), flush=True)
        moments = [choose.uniform(0, seconds) for _ in range(given.count // 2)]
        print(killed_tunings("kill -9 of the app that tunes", tuned, start, Worker.kill, moments))


if __name__ == "__main__":
    main()
