"""`autocomplete train --processes 2`: several processes without torchrun, ended with the first."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from safetensors.torch import load_file

from autocomplete.errors import CorpusError
from autocomplete.training import processes
from autocomplete.training.distributed import Meeting
from autocomplete.training.processes import Job, beside
from tests.training.conftest import sentences

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gloo meets in a file")

TINY = ["--language=en", "--pieces=360", "--embedding=8", "--hidden=12", "--batch=4", "--chunk=8", "--segment=16"]
PROGRAM = "from autocomplete.cli import main; main()"


def _command(folder: Path, *options: object) -> list[str]:
    given = [*TINY, "--samples=0", "--no-ngram", *map(str, options), "--out", str(folder / "model")]
    return [sys.executable, "-c", PROGRAM, "train", *given, "--corpus", str(folder / "mail.txt")]


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "mail.txt").write_text(sentences(400), encoding="utf-8")
    return tmp_path


def test_two_processes_train_one_model_and_end(folder) -> None:
    result = subprocess.run(
        _command(folder, "--processes=2", "--steps=6", "--json"), capture_output=True, text=True, timeout=100
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["processes"] == 2
    assert "lstm.weight_hh_l0" in load_file(folder / "model" / "weights.safetensors")


def test_ctrl_c_ends_both_with_a_checkpoint_and_one_sentence(folder) -> None:
    command = _command(folder, "--processes=2", "--steps=1000000", "--save-minutes=0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        checkpoint = folder / "model.work" / "checkpoint.safetensors"
        while not checkpoint.exists() and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.startswith("autocomplete: stopped; the same command continues")
    assert told.count("\n") == 1
    assert _ends(process.pid)
    finished = subprocess.run([*command, "--finish"], capture_output=True, text=True, timeout=100)
    assert finished.returncode == 0, finished.stderr
    assert (folder / "model" / "config.json").exists()


def _ends(group: int) -> bool:
    """Whether no process of the group is left; Python's own, which clean up behind others, take a moment."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def _note(folder: Path, meeting: Meeting) -> None:
    (folder / f"{meeting.rank} of {meeting.size}").touch()


def _die(_meeting: Meeting) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _wait(_meeting: Meeting) -> None:
    time.sleep(100)


def test_the_others_do_the_job_with_a_number_each(tmp_path) -> None:
    with beside(3, partial(_note, tmp_path)) as meeting:
        assert meeting is not None
        assert (meeting.rank, meeting.size) == (0, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1 of 3", "2 of 3"]


def test_one_process_needs_no_meeting() -> None:
    with beside(1, _die) as meeting:
        assert meeting is None


def _fail(job: Job) -> None:
    with beside(2, job):
        raise RuntimeError("it is not reached any more")


def test_a_process_that_died_is_one_sentence(monkeypatch) -> None:
    monkeypatch.setattr(processes, "_NOTICE", 60.0)
    with pytest.raises(CorpusError, match="A process of the training has ended; the same command again"):
        _fail(_die)


def test_an_error_of_the_first_is_its_own_and_ends_the_others(monkeypatch) -> None:
    monkeypatch.setattr(processes, "_NOTICE", 0.1)
    begun = time.monotonic()
    with pytest.raises(RuntimeError, match="not reached any more"):
        _fail(_wait)
    assert time.monotonic() - begun < 50
