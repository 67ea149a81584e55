"""The tuner and the profile: what is done is kept and used, what is stopped or lost leaves nothing behind."""

import sys
import threading
from importlib import util
from pathlib import Path

import pytest

from autocomplete import ModelError, TuningError
from autocomplete.finetuning.events import Done, End, Evaluated, Event, Failed, Progress, Stage, Stopped
from autocomplete.finetuning.report import Report
from autocomplete.finetuning.tuner import Tuner
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from tests.finetuning.conftest import BRIEF, ENDLESS, QUICK


class Ears:
    """Remembers what is told."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self._told = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._told:
            self.heard.append(event)
            self._told.notify_all()

    def wait_for(self, kind: type[Event]) -> None:
        with self._told:
            self._told.wait_for(lambda: any(isinstance(event, kind | End) for event in self.heard))
        assert any(isinstance(event, kind) for event in self.heard), f"{kind} was never told, but {self.heard[-3:]}"

    def hear_something_within(self, seconds: float) -> bool:
        count = len(self.heard)
        with self._told:
            return self._told.wait_for(lambda: len(self.heard) > count, seconds)


@pytest.fixture
def taught(profile: Profile, make_lines) -> Profile:
    """A profile that has learned the lines."""
    profile.learn(make_lines(), "diary")
    return profile


def test_a_model_that_helps_is_kept_and_used(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, QUICK, ears)
    tuner.start()
    end = tuner.wait()
    assert isinstance(end, Done)
    assert end.report.helped, end.report.reason
    (model,) = taught.models("en")
    assert (model.active, model.stale) == (True, False)
    assert Report.from_dict(model.report) == end.report
    assert sorted(taught.model_files(model.id)) == [
        "begin.onnx",
        "continue.onnx",
        "gates.onnx",
        "step.onnx",
        "weights.safetensors",
    ]
    assert taught.scratch("en").names() == []
    assert ears.heard[-1] == end
    assert isinstance(ears.heard[0], Stage)
    assert any(isinstance(event, Progress) for event in ears.heard)


def test_stopped_to_keep_before_there_is_anything_leaves_nothing(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, ENDLESS, ears)
    tuner.start()
    ears.wait_for(Stage)
    tuner.stop(keep=True)
    assert tuner.wait() == Stopped("Stopped; nothing was changed.")
    assert tuner._process.returncode != 0  # it was not waited for
    assert taught.models("en") == []


def test_stopped_to_discard_leaves_nothing(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, ENDLESS, ears)
    tuner.start()
    ears.wait_for(Evaluated)
    tuner.stop(keep=False)
    assert tuner.wait() == Stopped("Stopped; nothing was changed.")
    assert taught.models("en") == []
    assert taught.scratch("en").names() == []


def test_stopped_to_keep_the_best_so_far_is_kept_if_it_helps(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, ENDLESS, ears)
    tuner.start()
    ears.wait_for(Evaluated)
    tuner.stop(keep=True)
    end = tuner.wait()
    assert isinstance(end, Done | Stopped)
    assert [model.active for model in taught.models("en")] == [True] * isinstance(end, Done)
    assert taught.scratch("en").names() == []


def test_paused_it_tells_nothing_until_it_goes_on(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, ENDLESS, ears)
    tuner.start()
    ears.wait_for(Progress)
    tuner.pause()
    while ears.hear_something_within(1):  # it may be in the middle of an update
        pass
    tuner.resume()
    ears.wait_for(Evaluated)
    tuner.stop(keep=False)
    assert isinstance(tuner.wait(), Stopped)


def test_a_process_that_dies_says_how_to_go_on(taught, sampled):
    ears = Ears()
    tuner = Tuner(taught, sampled, ENDLESS, ears)
    tuner.start()
    ears.wait_for(Evaluated)
    tuner._process.kill()
    end = tuner.wait()
    assert isinstance(end, Failed)
    assert "start it again, and it goes on" in end.reason
    assert taught.models("en") == []
    assert taught.scratch("en").names() != []


def test_what_was_forgotten_meanwhile_is_not_kept(taught, sampled, monkeypatch):
    tuner = Tuner(taught, sampled, BRIEF)
    read = type(taught.scratch("en")).read

    def forgotten(scratch, name):
        taught.scratch("en").outdate()
        return read(scratch, name)

    monkeypatch.setattr(type(taught.scratch("en")), "read", forgotten)
    tuner.start()
    end = tuner.wait()
    assert isinstance(end, Failed)
    assert "Something was forgotten" in end.reason
    assert taught.models("en") == []


def test_too_little_text_is_refused_at_once(profile, sampled):
    profile.learn([Line("Only a few words.", "en", 1.0)], "note")
    with pytest.raises(TuningError, match="196 more words"):
        Tuner(profile, sampled).start()


def test_a_folder_that_is_no_model_is_refused_at_once(profile, tmp_path: Path):
    with pytest.raises(ModelError, match="no model folder"):
        Tuner(profile, tmp_path / "nowhere").start()


def test_without_torch_it_says_what_to_install(taught, sampled, monkeypatch):
    found = util.find_spec
    monkeypatch.setattr(
        "autocomplete.finetuning.tuner.find_spec", lambda name: None if name == "torch" else found(name)
    )
    with pytest.raises(TuningError, match=r'pip install "autocomplete-desktop\[train\]"'):
        Tuner(taught, sampled).start()


def test_the_parents_side_needs_no_torch():
    import subprocess

    code = "import sys, autocomplete.finetuning.tuner; print({'torch', 'onnx'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "set()\n", result.stderr
