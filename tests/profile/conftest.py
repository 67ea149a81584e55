"""A profile in a folder of its own, and lines to teach it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autocomplete.profile import encryption as sealing
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line, Span


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes trying a passphrase quick."""
    monkeypatch.setattr(sealing, "COST", 2**4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the profile is."""
    return tmp_path / "profile"


@pytest.fixture
def profile(folder: Path) -> Iterator[Profile]:
    """A new one."""
    with Profile.open(folder) as profile:
        yield profile


@pytest.fixture
def line() -> Callable[..., Line]:
    """Makes an English line of a text, at the time 1; each span with weight 1."""

    def line(text: str, *spans: tuple[int, int], language: str = "en", time: float = 1.0) -> Line:
        return Line(text, language, time, tuple(Span(start, end, 1.0) for start, end in spans))

    return line


@pytest.fixture
def bytes_in(folder: Path) -> Callable[[], bytes]:
    """All that is in the folder's files, and their names."""

    def read() -> bytes:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return b"".join(path.name.encode() + path.read_bytes() for path in files)

    return read
