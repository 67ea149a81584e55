"""The tuning process as it is started: killed, left alone, stopped in the middle, paused."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from autocomplete.finetuning.checkpoint import BEST, CHECKPOINT
from autocomplete.finetuning.commands import GO_ON, PAUSE, STOP_DISCARD, STOP_KEEP
from autocomplete.finetuning.job import Job
from autocomplete.profile.scratch import Scratch
from tests.finetuning.conftest import ENDLESS


class Child:
    """A tuning process, and what it tells."""

    def __init__(self, job: Job) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autocomplete.finetuning.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._write(job.as_json())

    def say(self, command: str) -> None:
        self._write(command.encode() + b"\n")

    def _write(self, content: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def hear(self, wanted: Callable[[dict], bool]) -> dict:
        """The first event that is wanted."""
        assert self.process.stdout
        for line in self.process.stdout:
            event = json.loads(line)
            if wanted(event):
                return event
        raise AssertionError(f"it ended with {self.process.wait()} and never told that")

    def close(self) -> int:
        """Its exit code, when nobody speaks to it any more."""
        assert self.process.stdin
        self.process.stdin.close()
        code = self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        return code


def _kind(name: str, **values: object) -> Callable[[dict], bool]:
    return lambda event: event["event"] == name and all(event[key] == value for key, value in values.items())


@pytest.fixture
def start() -> Iterator[Callable[[Job], Child]]:
    children: list[Child] = []

    def start(job: Job) -> Child:
        children.append(Child(job))
        return children[-1]

    yield start
    for child in children:
        child.process.kill()
        child.process.wait()
        for stream in (child.process.stdin, child.process.stdout):
            if stream and not stream.closed:
                with suppress(BrokenPipeError):
                    stream.close()


def test_killed_and_started_again_it_goes_on(make_job, start, make_lines):
    job = make_job(options=ENDLESS)
    child = start(job)
    child.hear(_kind("evaluated"))
    child.hear(_kind("evaluated"))
    child.process.kill()
    child.process.wait()
    assert {BEST, CHECKPOINT} <= set(job.scratch.names())
    again = start(job)
    assert again.hear(_kind("evaluated"))["point"]["epochs"] >= 2
    again.say(STOP_KEEP)
    end = again.hear(lambda event: event["event"] in ("done", "stopped"))
    curve = end.get("report", {}).get("curve", [])
    assert [point["epochs"] for point in curve] == [*map(float, range(1, len(curve) + 1))]
    assert again.close() == 0


def test_left_alone_it_ends_with_a_checkpoint(make_job, start):
    job = make_job(options=ENDLESS)
    child = start(job)
    child.hear(lambda event: event["event"] == "progress" and event["loss"] is not None)
    assert child.close() == 1
    assert CHECKPOINT in job.scratch.names()


@pytest.mark.parametrize("stage", ["preparing", "measuring", "learning", "trying"])
def test_it_can_be_stopped_at_every_stage(make_job, start, stage):
    job = make_job(options=ENDLESS)
    child = start(job)
    child.hear(_kind("stage", stage=stage))
    child.say(STOP_DISCARD)
    assert child.hear(_kind("stopped"))["reason"] == "Stopped; nothing was changed."
    assert child.close() == 0
    assert job.scratch.names() == []


@pytest.mark.skipif(not os.path.exists("/proc"), reason="reads the processor time from /proc")
def test_paused_it_uses_no_processor_and_goes_on_when_told(make_job, start):
    child = start(make_job(options=ENDLESS))
    child.hear(_kind("stage", stage="learning"))
    child.say(PAUSE)
    while _ticks_in_a_second(child.process.pid) > 2:  # it may be in the middle of an update
        pass
    child.say(GO_ON)
    child.hear(_kind("evaluated"))


def _ticks_in_a_second(pid: int) -> int:
    before = _ticks(pid)
    time.sleep(1)
    return _ticks(pid) - before


def _ticks(pid: int) -> int:
    """Processor time used, in hundredths of a second."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are told from /proc")
def test_every_other_program_goes_first(make_job, start):
    child = start(make_job(options=replace(ENDLESS, nice=10)))
    child.hear(_kind("stage", stage="preparing"))
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) >= 10


def test_of_a_sealed_profile_nothing_lies_in_the_clear(make_job, start):
    job = make_job(options=ENDLESS, key=b"k" * 32)
    child = start(job)
    child.hear(_kind("evaluated"))
    child.hear(_kind("stage", stage="learning"))
    child.close()
    files = [path.read_bytes() for path in job.scratch.folder.iterdir()]
    assert len(files) == 2
    assert not any(clear in content for content in files for clear in (b"embedding", b"onnx", b"fingerprint", b"Zora"))
    assert Scratch(job.scratch.folder, b"k" * 32).read(BEST) is not None


def test_what_cannot_be_done_is_said_in_one_sentence(make_job, start):
    child = start(make_job(5))
    reason = child.hear(_kind("failed"))["reason"]
    assert reason.startswith("There is too little text")
    assert child.close() == 0


def test_without_a_job_it_ends(tmp_path):
    done = subprocess.run([sys.executable, "-m", "autocomplete.finetuning.child"], input=b"", timeout=60)
    assert done.returncode == 1
