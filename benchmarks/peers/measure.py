"""Types the lines into one peer after the other, each in a process of its own.

So each one's memory is its own, its threads disturb no other's times, and one that crashes is a line in the table.
"""

import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from autocomplete.evaluation.measure import Latency
from autocomplete.evaluation.typist import SHOWN, Typing, type_line
from benchmarks.peers.peer import MissingError, Peer, Setting, build

MEGABYTE = 1 << 20
_SECONDS_TO_END = 10


@dataclass
class Result:
    """What was measured of one peer. `typing`: one sum a file. `skipped`: why there is nothing, else ""."""

    typing: list[Typing]
    times: list[float] = field(default_factory=list)
    memory: float = 0.0
    disk: float = 0.0
    note: str = ""
    skipped: str = ""

    @property
    def together(self) -> Typing:
        total = Typing()
        for typing in self.typing:
            total.add(typing)
        return total

    @property
    def latency(self) -> Latency:
        return Latency.of(self.times)


def ksr(typing: Typing) -> float:
    """Keystrokes saved."""
    return 1 - typing.keystrokes / typing.characters if typing.characters else 0.0


def type_into(peer: Peer, line: str) -> tuple[Typing, list[float]]:
    """What typing a line took, and the milliseconds of each look."""
    times: list[float] = []

    def suggest(before: str, k: int) -> list[str]:
        started = time.perf_counter()
        words = peer.suggest(before, k)
        times.append((time.perf_counter() - started) * 1e3)
        return words

    peer.begin()
    return type_line(line, suggest, SHOWN), times


def measure(name: str, setting: Setting, texts: Sequence[Sequence[str]], advance: Callable[[], None]) -> Result:
    """Measures one peer on the lines of each text. `advance` is called behind each line."""
    result = Result([Typing() for _ in texts])
    with _worker(name, setting, [line for lines in texts for line in lines]) as answers:
        try:
            result.skipped = answers.recv()
            if result.skipped:
                return result
            for typing, lines in zip(result.typing, texts, strict=True):
                for _ in lines:
                    one, times = answers.recv()
                    typing.add(one)
                    result.times += times
                    advance()
            result.memory, result.disk, result.note = answers.recv()
        except EOFError:
            result.skipped = "its process ended before it was through"
    return result


@contextmanager
def _worker(name: str, setting: Setting, lines: Sequence[str]) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, name, setting, lines))
    process.start()
    theirs.close()  # or its end would not be noticed here
    try:
        yield ours
        process.join(_SECONDS_TO_END)
    finally:
        process.terminate()
        process.join()


def _work(answers: Connection, name: str, setting: Setting, lines: Sequence[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that shows the table; it ends this one
    before = memory("self")
    with TemporaryDirectory() as scratch:
        try:
            peer = build(name, replace(setting, scratch=Path(scratch)))
        except MissingError as error:
            answers.send(str(error))
            return
        answers.send("")
        for line in lines:
            answers.send(type_into(peer, line))
        used = memory("self") - before if peer.pid == os.getpid() else memory(peer.pid)
        answers.send((used, peer.disk / MEGABYTE, peer.note))


def memory(pid: int | str) -> float:
    """The memory a process holds now, in megabytes; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0
