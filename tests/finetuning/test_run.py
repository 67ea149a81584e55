"""One tuning, whole, on a tiny language: it helps, or says why not; it stops, goes on and forgets little."""

import random
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from autocomplete import ModelError, TuningError
from autocomplete.finetuning.checkpoint import BEST, CHECKPOINT, best_files
from autocomplete.finetuning.commands import Commands, ParentGone, StopTuning
from autocomplete.finetuning.events import Done, Evaluated, Event, Progress, Stage, Stopped
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.lines import own_words
from autocomplete.finetuning.run import Run
from autocomplete.model.bundle import Bundle
from autocomplete.model.runtime import Runtime
from autocomplete.text.line import Line
from tests.finetuning.conftest import BRIEF, QUICK


class _Ending(Commands):
    """Raises at the first step for which `when` holds."""

    def __init__(self, reason: Exception, when) -> None:
        super().__init__()
        self._reason, self._when = reason, when

    def check(self) -> None:
        if self._when():
            raise self._reason


def _run(job: Job, commands: Commands | None = None) -> tuple[object, list[Event]]:
    heard: list[Event] = []
    return Run(job, commands or Commands(), heard.append).run(), heard


def _broken_off(job: Job, reason: Exception, after: type[Event] = Evaluated) -> tuple[object, list[Event]]:
    """A run that ends with `reason` at the first step after an event of a kind."""
    heard: list[Event] = []
    commands = _Ending(reason, lambda: any(isinstance(event, after) for event in heard))
    return Run(job, commands, heard.append).run(), heard


@pytest.fixture(scope="module")
def done(sampled, make_lines, tmp_path_factory):
    """A whole run: its job, how it ended, what was heard."""
    from autocomplete.profile.scratch import Scratch

    job = Job(sampled, make_lines(), Scratch(tmp_path_factory.mktemp("run") / "scratch", None), QUICK)
    return job, *_run(job)


def test_it_learns_how_a_person_writes_and_tells_what_that_saves(done):
    job, end, _ = done
    assert isinstance(end, Done)
    report = end.report
    assert report.helped, report.reason
    assert report.after.ksr - report.with_words.ksr == pytest.approx(report.gain)
    assert report.gain > 0.02
    assert report.after.bpc < report.before.bpc
    assert (report.words + report.words_aside, report.words_aside) == (sum(own_words(line) for line in job.lines), 202)
    assert set(report.new_words) & {"Quentin", "Zora", "Xaver", "zither", "kayak", "zucchini", "polishes", "borrows"}
    assert any(example.better for example in report.examples)
    assert report.seconds > 0
    assert report.memory > 10**7


def test_the_language_is_forgotten_no_more_than_allowed(done):
    _, end, _ = done
    assert end.report.base_after <= 1.01 * end.report.base_before
    assert 0 < end.report.alpha <= 1
    assert all(point.base_bpc <= 1.01 * end.report.base_before for point in end.report.curve)


def test_it_is_told_what_happens(done):
    _, end, heard = done
    assert [event.stage for event in heard if isinstance(event, Stage)][:2] == ["measuring", "learning"]
    assert tuple(event.point for event in heard if isinstance(event, Evaluated)) == end.report.curve
    assert len(end.report.curve) == QUICK.evaluations
    shares = [event.done for event in heard if isinstance(event, Progress)]
    assert shares == sorted(shares)
    assert shares[-1] <= 1


def test_the_result_runs_and_the_report_is_of_it(done):
    job, _end, _ = done
    files = best_files(job.scratch)
    assert sorted(files) == ["begin.onnx", "continue.onnx", "gates.onnx", "step.onnx", "weights.safetensors"]
    bundle = Bundle.open(job.bundle)
    tuned, base = Runtime.load(bundle.with_files(files, "the tuned model")), Runtime.load(bundle)
    found = [runtime.read([1, 7, 9], runtime.initial_state())[0] for runtime in (tuned, base)]
    assert np.isfinite(found[0]).all()
    assert not np.allclose(*found)


def test_the_same_lines_give_the_same_model(done, make_lines, tmp_path):
    from autocomplete.profile.scratch import Scratch

    job, _end, _ = done
    again = replace(job, scratch=Scratch(tmp_path / "again", None))
    _run(again)
    assert best_files(again.scratch) == best_files(job.scratch)


def test_too_little_text_is_refused_before_anything_is_loaded(make_job, tmp_path):
    with pytest.raises(TuningError, match="more words of yours are needed"):
        _run(make_job(10, model=tmp_path / "no model"))


def test_a_damaged_model_is_named(make_job, sampled, tmp_path):
    from shutil import copytree

    copytree(sampled, tmp_path / "en")
    (tmp_path / "en" / "sample.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=r"sample\.safetensors"):
        _run(make_job(model=tmp_path / "en"))


def test_text_that_never_says_the_same_twice_does_not_help_and_says_so(make_job):
    job = make_job()
    choose = random.Random(1)
    words = ("".join(choose.choices("bcdfghjklmnpqrstvwxyz", k=9)) for _ in range(280))
    mixed = tuple(Line(" ".join(islice(words, 7)), "en", float(n)) for n in range(40))
    end, _ = _run(replace(job, lines=mixed))
    assert isinstance(end, Done)
    assert not end.report.helped
    assert "not" in end.report.reason


def test_a_language_without_a_sample_is_tuned_carefully(make_job, english):
    end, _heard = _run(make_job(model=english))
    assert isinstance(end, Done)
    assert (end.report.base_before, end.report.base_after) == (None, None)
    assert end.report.alpha <= 0.4


def test_stopped_before_there_is_anything_nothing_is_left(make_job):
    job = make_job()
    end, _ = _broken_off(job, StopTuning(keep=True), after=Stage)
    assert end == Stopped("Stopped; nothing was changed.")
    assert job.scratch.names() == []


def test_stopped_to_keep_the_best_so_far_is_done(make_job):
    job = make_job(options=replace(QUICK, epochs=18))  # the first measure comes late enough to be sure that it helps
    end, _heard = _broken_off(job, StopTuning(keep=True))
    assert isinstance(end, Done)
    assert len(end.report.curve) == 1
    assert job.scratch.read(BEST) is not None


def test_stopped_to_discard_nothing_is_left(make_job):
    job = make_job(options=BRIEF)
    end, _ = _broken_off(job, StopTuning(keep=False))
    assert end == Stopped("Stopped; nothing was changed.")
    assert job.scratch.names() == []


def test_what_the_parent_left_behind_goes_on_and_ends_as_if_nothing_had_been(make_job, done):
    job = make_job()
    with pytest.raises(ParentGone):
        _broken_off(job, ParentGone())
    assert sorted(job.scratch.names()) == [BEST, CHECKPOINT]
    end, heard = _run(job)
    assert isinstance(end, Done)
    assert [event.point for event in heard if isinstance(event, Evaluated)] == list(done[1].report.curve[1:])
    assert end.report.curve == done[1].report.curve
    assert best_files(job.scratch) == best_files(done[0].scratch)


def test_other_lines_start_over(make_job, make_lines, done):
    job = make_job(options=BRIEF)
    with pytest.raises(ParentGone):
        _broken_off(job, ParentGone())
    changed = replace(job, lines=make_lines(241))
    _end, heard = _run(changed)
    assert len([event for event in heard if isinstance(event, Evaluated)]) == BRIEF.evaluations


def test_a_time_limit_ends_it_with_what_was_learned_until_then(make_job):
    options = replace(QUICK, epochs=100_000, minutes=0.05)
    end, _ = _run(make_job(options=options))
    assert isinstance(end, Done)
    assert 0 < end.report.epochs < 1000
