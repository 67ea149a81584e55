"""What every test stands on: no network, folders of its own, no deadline for property tests."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Before any test module imports Qt: no test opens a window on the screen of whoever runs it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the tests in tests/fuzz go on. It stands here, where pytest looks for options before it collects."""
    parser.addoption(
        "--fuzz-seconds", type=float, default=1.0, metavar="N", help="seconds for each entry of tests/fuzz (default: 1)"
    )


class _LocalSocket(socket.socket):
    """A socket that reaches other processes of this machine's user, and no network."""

    def __init__(self, family: int = -1, *args: Any, **kwargs: Any) -> None:
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise AssertionError("autocomplete works offline, but a network socket was opened")
        super().__init__(family, *args, **kwargs)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes opening a network socket, or asking for an address, fail the test that does it."""

    def no_address(host: object, *args: object, **kwargs: object) -> None:
        raise AssertionError(f"autocomplete works offline, but asked for the address of {host!r}")

    monkeypatch.setattr(socket, "socket", _LocalSocket)
    monkeypatch.setattr(socket, "getaddrinfo", no_address)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives each test empty folders for settings, data, state and cache: none finds another's."""
    home = tmp_path_factory.mktemp("home")
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny English model, as `autocomplete.load` takes it."""
    from tests.tiny_model import write_tiny_model

    return write_tiny_model(tmp_path_factory.mktemp("models") / "en", "en")


@pytest.fixture(scope="session")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in German."""
    from tests.tiny_model import write_tiny_model

    return write_tiny_model(tmp_path_factory.mktemp("models") / "de", "de")
