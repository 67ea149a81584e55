"""Runs cases: in processes of their own, or, ten times as quickly, in forks of one that has imported everything."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from autocomplete.edge import ExitCode
from benchmarks.bad_inputs.cases import ANY, CLOSED, GONE, Case

LIMIT = 30  # seconds
_PROGRAM = "from autocomplete.cli import main; main()"
_SERVER = "from benchmarks.bad_inputs.running import serve; serve({})"
_LIGHT = ("autocomplete.cli.app", "autocomplete.predict.completer", "rich.progress")
_HEAVY = (*_LIGHT, "torch", "autocomplete.training.pipeline", "autocomplete.importers")


@dataclass(frozen=True)
class Ended:
    """How a case ended: its exit code, below 0 for a signal, and what it said."""

    code: int
    stderr: str
    seconds: float

    def faults(self, case: Case) -> list[str]:
        """What is wrong with that; nothing if all is well."""
        said = self.stderr.splitlines()
        checks = {
            f"took {LIMIT} s": self.code == -signal.SIGALRM,
            "a traceback": "Traceback" in self.stderr,
            "accepted": self.code == 0,
            f"code {self.code}, not {case.code}": self.code != case.code if case.code != ANY else False,
            f"code {self.code}, none of sysexits": case.code == ANY and not 64 <= self.code <= 78,
            "a fault of the program": self.code == 70,
            f"{len(said)} lines said": len(said) != (not case.silent) and not _is_help(self.stderr),
            "not our sentence": bool(said) and not said[0].startswith("autocomplete: ") and not _is_help(self.stderr),
        }
        return [name for name, wrong in checks.items() if wrong]


def _is_help(stderr: str) -> bool:
    """Whether it is what a command says that was called with nothing at all."""
    return stderr.startswith(("Usage: ", "\nUsage: "))


def run_process(case: Case) -> Ended:
    """The case in a process of its own, as a user starts it."""
    with _written() as (out, err):
        begin = time.monotonic()
        code = subprocess.run(  # noqa: S603 - this Python, and arguments of ours
            [sys.executable, "-c", _PROGRAM, *case.arguments],
            stdin=subprocess.DEVNULL,
            env=os.environ | case.environment,
            preexec_fn=lambda: _enter(case, out, err),
            check=False,
        ).returncode
        return Ended(code, err.read_text(errors="replace"), time.monotonic() - begin)


@contextmanager
def forks() -> Iterator[Callable[[Case], Ended]]:
    """A function that runs cases in forks of processes that have imported what commands import."""
    with _forks(_LIGHT) as light, _forks(_HEAVY) as heavy:
        yield lambda case: (heavy if _needs_torch(case) else light)(case)


def _needs_torch(case: Case) -> bool:
    return case.arguments[0] in ("train", "finetune") and case.code != ExitCode.USAGE


@contextmanager
def _forks(modules: Sequence[str]) -> Iterator[Callable[[Case], Ended]]:
    command = [sys.executable, "-c", _SERVER.format(tuple(modules))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdin is not None
        assert server.stdout is not None
        asks, answers = server.stdin, server.stdout

        def run(case: Case) -> Ended:
            with _written() as (out, err):
                begin = time.monotonic()
                asks.write(json.dumps(asdict(case) | {"out": str(out), "err": str(err)}) + "\n")
                asks.flush()
                code = int(answers.readline())
                return Ended(code, err.read_text(errors="replace"), time.monotonic() - begin)

        yield run
        asks.close()


def serve(modules: Sequence[str]) -> None:
    """Import modules, fork for each case that comes in as a line of JSON, and answer with its exit code."""
    for name in modules:
        import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        out, err = Path(asked.pop("out")), Path(asked.pop("err"))
        case = Case(**asked | {"arguments": tuple(asked["arguments"])})
        child = os.fork()
        if not child:
            _be(case, out, err)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _be(case: Case, out: Path, err: Path) -> None:
    """Become the command, and end as it ends."""
    code: object = 1
    try:
        os.environ.update(case.environment)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _enter(case, out, err)
        sys.argv = ["autocomplete", *case.arguments]
        sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w", "backslashreplace")
        from autocomplete.cli import main

        main()
    except SystemExit as stop:
        code = stop.code
    finally:
        os._exit(code if isinstance(code, int) else 1)


def _stream(number: int, mode: str, errors: str = "strict") -> object:
    """A standard stream as Python opens it."""
    try:
        return open(number, mode, encoding="utf-8", errors=errors, closefd=False)
    except OSError:
        return None


def _enter(case: Case, out: Path, err: Path) -> None:
    """Give the process the streams and the folder of the case."""
    signal.alarm(LIMIT)
    if case.cwd == GONE:
        os.chdir(tempfile.mkdtemp())
        os.rmdir(os.getcwd())
    streams: Mapping[int, tuple[str, str, int]] = {
        0: (case.stdin, os.devnull, os.O_RDONLY),
        1: (case.stdout, str(out), os.O_WRONLY),
        2: (case.stderr, str(err), os.O_WRONLY),
    }
    for number, (wanted, otherwise, flags) in streams.items():
        if wanted == "broken":
            reads, writes = os.pipe()
            os.close(reads)
            os.dup2(writes, number)
        elif wanted != CLOSED:
            os.dup2(os.open(wanted or otherwise, flags), number)
    for number, (wanted, _, _) in streams.items():
        if wanted == CLOSED:
            os.close(number)


@contextmanager
def _written() -> Iterator[tuple[Path, Path]]:
    """Empty files for what is written on stdout and stderr."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder, "out"), Path(folder, "err")
        for path in paths:
            path.touch()
        yield paths
