"""The training loop: it learns, repeats exactly, ends on time, and goes on where it was cut."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from autocomplete.errors import CorpusError, TrainingOptionError
from autocomplete.training import trainer as module
from autocomplete.training.options import TrainingOptions
from autocomplete.training.shards import Shard


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
    # A line that would reach zero with the update behind the last.
    assert rates == pytest.approx([0.02 * (1 - (step - 1) / 100) for step in (20, 40, 60, 80, 100)])


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


def test_the_model_has_the_averaged_weights_at_the_end(make_trainer, tmp_path) -> None:
    trainer = make_trainer(steps=40, dropout=0.3)
    trainer.run()
    checkpoint = load_file(tmp_path / "run" / "checkpoint.safetensors")
    for name, value in trainer.model.named_parameters():
        assert torch.equal(value, checkpoint[f"average.{name}"])
        assert not torch.equal(value, checkpoint[f"model.{name}"])


def test_the_text_held_out_is_looked_at_and_logged(make_trainer, tmp_path) -> None:
    (tmp_path / "dev.txt").write_text("Anna sees the house now.\nBen likes the old car soon.\n")
    seen: list[float | None] = []
    trainer = make_trainer(steps=100, held_out=tmp_path / "dev.txt")
    progress = trainer.run(lambda progress, _share: seen.append(progress.dev))
    looks = [entry for entry in _entries(tmp_path / "run/log.jsonl") if "dev" in entry]
    assert [look["step"] for look in looks] == [*range(5, 101, 5)]
    assert looks[-1]["dev"] < 0.6 * looks[0]["dev"]
    assert seen[3] is None
    assert seen[4] == pytest.approx(min(looks[0]["dev"], looks[0]["dev_averaged"]), abs=1e-3)
    assert progress.dev == pytest.approx(min(looks[-1]["dev"], looks[-1]["dev_averaged"]), abs=1e-3)


def test_the_last_weights_are_kept_where_they_predict_the_text_held_out_better(
    make_trainer, tmp_path, monkeypatch
) -> None:
    (tmp_path / "dev.txt").write_text("Anna sees the house now.\n")
    told = iter([1.0, 2.0])
    monkeypatch.setattr(module.HeldOut, "bpc", lambda _self, _model: next(told))
    make_trainer(steps=10).run()
    trainer = make_trainer(steps=10, held_out=tmp_path / "dev.txt")
    trainer.run()
    checkpoint = load_file(tmp_path / "run" / "checkpoint.safetensors")
    assert all(torch.equal(value, checkpoint[f"model.{name}"]) for name, value in trainer.model.named_parameters())


def test_a_run_that_was_stopped_can_be_finished_as_it_is(make_trainer, tmp_path) -> None:
    updates = iter(range(100))
    with pytest.raises(KeyboardInterrupt):
        make_trainer(steps=40).run(stop=lambda: next(updates) == 11)
    checkpoint = load_file(tmp_path / "run" / "checkpoint.safetensors")
    trainer = make_trainer(steps=40)
    assert trainer.run(finish=True).step == 12
    assert all(torch.equal(value, checkpoint[f"average.{name}"]) for name, value in trainer.model.named_parameters())
    assert make_trainer(steps=40).run().step == 40  # and gone on with all the same


def test_there_must_be_something_to_finish(make_trainer) -> None:
    with pytest.raises(TrainingOptionError, match="leave out --finish"):
        make_trainer(steps=4).run(finish=True)


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "stopped and resumed"])
def test_the_late_text_is_read_in_the_last_third(make_trainer, tokenizer, monkeypatch, cut) -> None:
    marked = np.tile(np.array([tokenizer.bos, *tokenizer.encode("zz\n")], np.uint16), 100)
    read: list[bool] = []
    update = module.Trainer._update

    def note(self, window, *rest):
        read.append(bool((window == tokenizer.encode("z")[-1]).any()))
        return update(self, window, *rest)

    monkeypatch.setattr(module.Trainer, "_update", note)
    options = {"steps": 60, "late": [Shard(marked, 300, 1.0)]}
    if cut:
        updates = iter(range(100))
        with pytest.raises(KeyboardInterrupt):
            make_trainer(**options).run(stop=lambda: next(updates) == 49)
    make_trainer(**options).run()
    assert read == [False] * 40 + [True] * 20
