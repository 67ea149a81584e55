"""Two processes are killed in the middle of training; two new ones go on to the weights of an undisturbed run."""

import json
import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from safetensors import safe_open
from safetensors.torch import load_file
from typer.testing import CliRunner

from autocomplete.cli.app import app
from autocomplete.training import pipeline
from autocomplete.training.checkpoint import Progress

TEXT = Path(__file__).parents[1] / "tiny" / "en.txt"
TINY = ["--language=en", "--pieces=460", "--embedding=8", "--hidden=12", "--batch=4", "--chunk=8", "--segment=16"]
STEPS, KILLED_AT = 24, 14


def _train(rank: int, folder: Path, meeting: str, killed_at: int | None) -> None:
    """One of two processes as torchrun starts them, but that they meet in a file. Rank 1 may kill itself."""
    torch.set_num_threads(1)
    os.environ["RANK"] = str(rank)
    dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=2)
    advance = Progress.advance

    def advance_or_die(self: Progress, loss: float, seconds: float) -> None:
        advance(self, loss, seconds)
        if rank == 1 and self.step == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    Progress.advance = advance_or_die
    # The faster dtype is found by timing: on a busy machine two runs may choose differently.
    pipeline.fastest_dtype = lambda _device: torch.float32
    # Two sources, two shards; dropout, so that the resumed run must draw the same numbers, too.
    corpus = [str(folder.parent / name) for name in ("one.txt", "two.txt")]
    options = [*TINY, f"--steps={STEPS}", "--samples=32", "--dropout=0.2", "--no-ngram", "--save-minutes=0"]
    result = CliRunner().invoke(app, ["train", *options, "--out", str(folder), "--corpus", *corpus])
    dist.destroy_process_group()
    sys.exit(result.exit_code)


@pytest.fixture
def train_together(tmp_path):
    """Trains into a folder with two processes; their exit codes."""
    lines = TEXT.read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "one.txt").write_text("".join(lines[::2]), "utf-8")
    (tmp_path / "two.txt").write_text("".join(lines[1::2]), "utf-8")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # torch is imported once, not six times
    meetings = iter(range(9))

    def train(name: str, killed_at: int | None = None) -> list[int | None]:
        meeting = (tmp_path / f"meeting{next(meetings)}").as_uri()
        team = [context.Process(target=_train, args=(rank, tmp_path / name, meeting, killed_at)) for rank in (0, 1)]
        for process in team:
            process.start()
        team[1].join(60)
        team[0].join(5 if killed_at else 60)
        for process in team:
            process.kill()  # if it still waits for the other
            process.join()
        return [process.exitcode for process in team]

    return train


@pytest.mark.skipif(sys.platform == "win32", reason="gloo meets in a file")
def test_a_team_killed_and_started_again_trains_what_an_undisturbed_team_trains(train_together, tmp_path) -> None:
    assert train_together("whole") == [0, 0]
    first, second = train_together("killed", KILLED_AT)
    assert first != 0
    assert second == -signal.SIGKILL
    checkpoint = tmp_path / "killed.work" / "checkpoint.safetensors"
    with safe_open(checkpoint, "pt") as file:
        assert json.loads(file.metadata()["progress"])["step"] == KILLED_AT - 1
    assert train_together("killed") == [0, 0]
    whole, resumed = load_file(tmp_path / "whole.work" / "checkpoint.safetensors"), load_file(checkpoint)
    assert whole.keys() == resumed.keys()
    assert [name for name in whole if not torch.equal(whole[name], resumed[name])] == []
    assert (tmp_path / "killed" / "step.onnx").read_bytes() == (tmp_path / "whole" / "step.onnx").read_bytes()
