"""Runs a parser of foreign bytes on one hostile input after the other, for `--fuzz-seconds` each."""

import resource
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from autocomplete.errors import Error
from autocomplete.model.ngram import NGramModel
from tests.fuzz.documents import ReadAs, check_sentence, reading

Fuzz = Callable[[SearchStrategy[Any], Callable[[Any], object]], None]

_MOST_SECONDS = 10.0  # of processor time, an input
_MOST_MEMORY = 500_000_000  # bytes beyond what the process had, an input
_ROUND = 100  # inputs made from one seed
_PATIENCE = 300  # seconds for the last input, and for making a failing one smaller


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Gives each entry here as long as it was told to go on."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(config.getoption("fuzz_seconds") + _PATIENCE))


@pytest.fixture
def fuzz(request: pytest.FixtureRequest) -> Fuzz:
    """`fuzz(inputs, read)` calls `read` with inputs until the time is up, the same ones in the same order each time.

    `read` may return, or raise an `autocomplete.Error` of one sentence. Any other exception, a failed assert, more than
    10 seconds or 500 MB for one input fail the test with the smallest input that does it.
    """
    seconds = request.config.getoption("fuzz_seconds")

    def run(inputs: SearchStrategy[Any], read: Callable[[Any], object]) -> None:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            _round(inputs, read, number, end)
            number += 1

    return run


@pytest.fixture
def read_as(tmp_path: Path, english: Path, monkeypatch: pytest.MonkeyPatch) -> ReadAs:
    """`read_as("a.docx")` gives a function that imports bytes as a file of that name and checks what comes of it."""
    monkeypatch.setattr(NGramModel, "load", cache(NGramModel.load))
    return reading(tmp_path, english)


def _round(inputs: SearchStrategy[Any], read: Callable[[Any], object], number: int, end: float) -> None:
    @seed(number)
    @settings(max_examples=_ROUND, derandomize=False, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def bounded(value: Any) -> None:
        if time.monotonic() < end or failed:
            try:
                _check(value, read)
            except BaseException:
                failed.append(True)  # the time is no matter while the input is made smaller
                raise

    failed: list[bool] = []
    bounded()


def _check(value: Any, read: Callable[[Any], object]) -> None:
    before, start = _reset_peak(), time.process_time()
    try:
        read(value)
    except Error as error:
        check_sentence(str(error))
    spent, memory = time.process_time() - start, _peak() - before
    assert spent < _MOST_SECONDS, f"{spent:.1f} s"
    assert memory < _MOST_MEMORY, f"{memory / 1e6:.0f} MB"


def _reset_peak() -> int:
    """Lets the peak of memory begin anew where Linux can; the peak then, in bytes."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    """The most memory of this process since it was reset, in bytes."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
