"""A home of its own for each process that is traced, and what it may change there."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import traced
from tests.traced import Trace

APP = "autocomplete-desktop"  # what our folders are called
PATIENCE = 100  # seconds for what is traced to end


@dataclass
class Home:
    """Somebody's empty home, with a folder of files of theirs and one for temporary files."""

    folder: Path

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def ours(self) -> tuple[Path, ...]:
        """The folders of ours in which anything may be changed: settings and what is learned."""
        return self.folder / ".config" / APP, self.folder / ".local" / "share" / APP

    @property
    def environment(self) -> dict[str, str]:
        """As a login gives it, with no display yet. Bytecode is Python's own to write, when it installs a package."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        own = {"HOME": str(self.folder), "TMPDIR": str(self.temporary), "LANG": "C.UTF-8"}
        return kept | own | {"PYTHONDONTWRITEBYTECODE": "1"}

    def python(self, *arguments: object, **environment: str) -> Trace:
        """Runs Python on these arguments to its good end; what it did."""
        return self.run([sys.executable, *map(str, arguments)], **environment)

    def run(self, command: Sequence[str], **environment: str) -> Trace:
        log = self.folder / "log" / "call"
        done = subprocess.run(
            traced.command(log, command),
            cwd=self.files,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return traced.read(log, self.files)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for folder in (home.files, home.temporary, home.folder / "log"):
        folder.mkdir(parents=True)
    return home
