"""The work obeys at its next small step, and waits without working while it is paused."""

import threading
import time
from collections.abc import Iterator
from queue import Queue

import pytest

from autocomplete.finetuning.commands import Commands, ParentGone, StopTuning


class _Pipe:
    """Lines as they are written, until it is closed."""

    def __init__(self) -> None:
        self._queue: Queue[bytes | None] = Queue()

    def write(self, line: bytes | None) -> None:
        self._queue.put(line)

    def __iter__(self) -> Iterator[bytes]:
        while (line := self._queue.get()) is not None:
            yield line


@pytest.fixture
def pipe() -> Iterator[_Pipe]:
    pipe = _Pipe()
    yield pipe
    pipe.write(None)


@pytest.fixture
def commands(pipe) -> Commands:
    commands = Commands()
    commands.listen(pipe)
    return commands


def _until(raised: type[Exception], commands: Commands) -> Exception:
    """What `check` raises, once it does."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            commands.check()
        except raised as reason:
            return reason
        time.sleep(0.001)
    raise AssertionError(f"{raised} was never raised")


def test_nothing_said_nothing_happens(commands):
    commands.check()
    assert commands.seconds_paused == 0


@pytest.mark.parametrize(("line", "keep"), [(b"stop keep\n", True), (b"stop discard\n", False)])
def test_a_stop_says_whether_to_keep(pipe, commands, line, keep):
    pipe.write(line)
    reason = _until(StopTuning, commands)
    assert isinstance(reason, StopTuning)
    assert reason.keep is keep


def test_the_end_of_the_stream_is_the_end_of_the_parent(pipe, commands):
    pipe.write(None)
    _until(ParentGone, commands)


def test_the_first_end_counts(pipe, commands):
    pipe.write(b"stop keep\n")
    _until(StopTuning, commands)
    pipe.write(None)
    with pytest.raises(StopTuning):
        commands.check()


def test_what_is_no_command_is_passed_over(pipe, commands):
    pipe.write(b"dance\n")
    pipe.write(b"\xff\xfe\n")
    pipe.write(b"stop discard\n")
    _until(StopTuning, commands)


@pytest.mark.parametrize(("line", "ends"), [(b"go on\n", None), (b"stop keep\n", StopTuning), (None, ParentGone)])
def test_a_pause_lasts_until_it_is_ended(pipe, commands, line, ends):
    pipe.write(b"pause\n")
    passed = threading.Event()
    found: list[Exception] = []

    def work() -> None:
        try:
            while commands.seconds_paused == 0:
                commands.check()
        except (StopTuning, ParentGone) as reason:
            found.append(reason)
        passed.set()

    threading.Thread(target=work, daemon=True).start()
    assert not passed.wait(0.3)
    pipe.write(line)
    assert passed.wait(10)
    assert commands.seconds_paused > 0.1
    assert [type(reason) for reason in found] == ([ends] if ends else [])
