"""The training loop: it learns, repeats exactly, ends on time, and goes on where it was cut."""

import json
from pathlib import Path

import pytest
import torch

from autocomplete.errors import CorpusError
from autocomplete.training import trainer as module
from autocomplete.training.options import TrainingOptions


def _weights(trainer) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in trainer.model.state_dict().items()}


def _same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def _entries(log: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


class KilledError(Exception):
    """A kill, as far as the files are concerned."""


def test_the_loss_falls_on_a_toy_language(make_trainer) -> None:
    losses: list[float] = []
    make_trainer(steps=120, samples=0).run(lambda progress, _share: losses.append(progress.loss))
    assert losses[-1] < 0.6 * losses[0]


def test_the_same_seed_trains_the_same_model_and_another_seed_another(make_trainer) -> None:
    runs = [make_trainer(name, seed, 0.2, steps=10) for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    for run in runs:
        run.run()
    first, again, other = map(_weights, runs)
    assert _same(first, again)
    assert not _same(first, other)


def test_a_budget_of_steps_ends_with_a_rate_of_zero(make_trainer, tmp_path) -> None:
    progress = make_trainer(steps=100).run()
    rates = [entry["rate"] for entry in _entries(tmp_path / "run/log.jsonl")]
    assert progress.step == 100
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 1e-3 * 0.02


def test_a_budget_of_minutes_ends_by_the_clock(make_trainer, monkeypatch) -> None:
    class Clock:
        now = 0.0

        def monotonic(self) -> float:
            self.now += 1.0
            return self.now

    monkeypatch.setattr(module, "time", Clock())
    shares: list[float] = []
    progress = make_trainer(minutes=0.5).run(lambda _progress, share: shares.append(share))
    assert (progress.seconds, shares[-1]) == (30.0, 1.0)


def test_a_run_that_was_killed_ends_as_if_it_had_not_been(make_trainer) -> None:
    def kill(progress, _share) -> None:
        if progress.step == 13:
            raise KilledError

    whole = make_trainer("whole", dropout=0.2, steps=20)
    whole.run()
    # A checkpoint at every update; the kill comes in the middle of a segment.
    with pytest.raises(KilledError):
        make_trainer("cut", dropout=0.2, steps=20, save_minutes=0).run(kill)
    resumed = make_trainer("cut", dropout=0.2, steps=20, seed=1)
    seen: list[int] = []
    resumed.run(lambda progress, _share: seen.append(progress.step))
    assert seen[0] == 13  # the update that was cut is done again
    assert _same(_weights(resumed), _weights(whole))


def test_stopping_leaves_a_checkpoint(make_trainer) -> None:
    trainer = make_trainer(steps=10)
    with pytest.raises(KeyboardInterrupt):
        trainer.run(stop=lambda: True)
    assert make_trainer(steps=10).run().step == 10
    seen: list[int] = []
    make_trainer(steps=12).run(lambda progress, _share: seen.append(progress.step))
    assert seen == [11, 12]


def test_the_log_says_each_step_once_after_a_kill(make_trainer, tmp_path) -> None:
    seen = iter(range(1000))
    with pytest.raises(KeyboardInterrupt):
        make_trainer(steps=100).run(stop=lambda: next(seen) == 29)
    log = tmp_path / "run/log.jsonl"
    with log.open("a") as file:  # what was written behind the checkpoint, the last line cut off
        file.write('{"step": 40, "loss": 1.0}\n{"step": 6')
    make_trainer(steps=100).run()
    entries = _entries(log)
    assert [entry["step"] for entry in entries] == [20, 40, 60, 80, 100]
    assert all(entry["tokens_per_second"] > 0 for entry in entries)


def test_a_damaged_checkpoint_is_named(make_trainer, tmp_path) -> None:
    make_trainer(steps=2).run()
    path = tmp_path / "run/checkpoint.safetensors"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(CorpusError, match=f"The checkpoint {path} does not fit this run"):
        make_trainer(steps=2).run()


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_checkpoint(make_trainer) -> None:
    trainer = make_trainer(steps=9)
    with torch.no_grad():
        trainer.model.bias.fill_(float("nan"))
    with pytest.raises(CorpusError, match="give a smaller --rate"):
        trainer.run()
    assert make_trainer(steps=3).run().step == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "give --minutes or --steps"),
        ({"steps": 1, "segment": 100, "chunk": 64}, r"--segment \(100\) must be a multiple"),
    ],
)
def test_options_that_cannot_be_are_refused(options, said) -> None:
    with pytest.raises(CorpusError, match=said):
        TrainingOptions(**options)
