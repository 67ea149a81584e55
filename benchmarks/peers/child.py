"""Engines that live in the system's own Python: a child process there, asked and answered in lines of JSON."""

import json
import os
import subprocess
from pathlib import Path

from benchmarks.peers.peer import MissingError

SYSTEM_PYTHON = Path("/usr/bin/python3")


class Child:
    """A script of this folder under the system's Python. Its first line is null once it is ready."""

    def __init__(self, script: str, *arguments: str) -> None:
        if not SYSTEM_PYTHON.exists():
            raise MissingError(f"the system has no {SYSTEM_PYTHON}")
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [str(SYSTEM_PYTHON), str(Path(__file__).with_name(script)), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # Only what the system has: not the modules of the environment that this runs in.
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        )
        self.pid = self._process.pid
        self._answer()

    def ask(self, before: str, k: int) -> list[str]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([before, k]) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> list[str]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise EOFError
        return json.loads(line)
