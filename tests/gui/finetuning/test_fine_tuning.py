"""The training in the background: how it is begun, held, ended, and found again by the next run of the app."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from autocomplete.errors import TuningError
from autocomplete.finetuning.events import Evaluated, Progress, Stage, Stopped
from autocomplete.finetuning.report import Point
from autocomplete.finetuning.tuner import Tuner
from autocomplete.importers import Found
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from tests.gui.conftest import FakeTuner


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with Profile.open(tmp_path / "profile") as profile:
        yield profile


def file(name: str, *texts: str) -> Found:
    lines = tuple(Line(text, "en", 1e9) for text in texts)
    return Found(Path("/letters") / name, "plain text", lines, 0, "en", 1e9, 1e9, {})


def begun(qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner]) -> FakeTuner:
    fine_tuning.begin("en")
    qtbot.waitUntil(lambda: bool(tuners) and tuners[-1].told == ["start"])
    return tuners[-1]


def test_what_was_found_is_learned_before_the_training_starts(
    qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner], profile: Profile
) -> None:
    with qtbot.waitSignal(fine_tuning.moved):
        fine_tuning.begin("en", [file("a.txt", "one two"), file("b.txt", "three four")])
    qtbot.waitUntil(lambda: tuners[0].told == ["start"])
    assert [line.text for line in profile.lines("en")] == ["one two", "three four"]
    assert {document.title for document in profile.documents()} == {"a.txt", "b.txt"}
    assert fine_tuning.working


def test_it_tells_how_far_it_is(qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner]) -> None:
    tuner = begun(qtbot, fine_tuning, tuners)
    for event in (
        Stage("learning"),
        Progress(0.25, 90.0, 4.5),
        Progress(0.3, 80.0, 4.5),
        Progress(0.5, 60.0, None),
        Evaluated(Point(1.0, 0.5, 2.0, 0.4, None)),
    ):
        tuner.hear(event)
    qtbot.waitUntil(lambda: bool(fine_tuning.saved))
    assert (fine_tuning.stage, fine_tuning.done, fine_tuning.left) == ("learning", 0.5, 60.0)
    assert fine_tuning.losses == [4.5]
    assert fine_tuning.saved == [(0.5, 0.4)]


def test_a_long_training_keeps_a_curve_of_bounded_length(
    qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner]
) -> None:
    tuner = begun(qtbot, fine_tuning, tuners)
    for step in range(5000):
        tuner.hear(Progress(step / 5000, None, float(step)))
    qtbot.waitUntil(lambda: fine_tuning.done > 0.9997)
    assert 250 < len(fine_tuning.losses) <= 600
    assert fine_tuning.losses[0] == 0.0


def test_it_is_paused_and_goes_on(qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner]) -> None:
    tuner = begun(qtbot, fine_tuning, tuners)
    fine_tuning.pause()
    assert fine_tuning.paused
    fine_tuning.resume()
    assert not fine_tuning.paused
    assert tuner.told == ["start", "pause", "resume"]


@pytest.mark.parametrize(("keep", "told"), [(True, "stop and keep"), (False, "stop")])
def test_a_paused_training_can_be_stopped(
    qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner], keep: bool, told: str
) -> None:
    tuner = begun(qtbot, fine_tuning, tuners)
    fine_tuning.pause()
    fine_tuning.stop(keep)
    assert tuner.told == ["start", "pause", "resume", told]
    with qtbot.waitSignal(fine_tuning.ended) as ended:
        tuner.hear(Stopped("Stopped; nothing was changed."))
    assert ended.args == [Stopped("Stopped; nothing was changed.")]
    assert not fine_tuning.working


def test_only_one_runs_at_a_time(qtbot: QtBot, fine_tuning: FineTuning, tuners: list[FakeTuner]) -> None:
    begun(qtbot, fine_tuning, tuners)
    fine_tuning.begin("de")
    assert len(tuners) == 1
    assert fine_tuning.language == "en"


def test_one_that_cannot_begin_ends_with_a_sentence(
    qtbot: QtBot, service: ProfileService, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing(FakeTuner):
        def start(self) -> None:
            raise TuningError("There is too little text.")

    fine_tuning = FineTuning(service, Refusing)
    with qtbot.waitSignal(fine_tuning.ended) as ended:
        fine_tuning.begin("en")
    assert ended.args[0].reason == "There is too little text."
    assert not fine_tuning.working


def test_without_a_profile_nothing_can_be_trained(qtbot: QtBot) -> None:
    fine_tuning = FineTuning(ProfileService(lambda **_: None), FakeTuner)
    with qtbot.waitSignal(fine_tuning.ended) as ended:
        fine_tuning.begin("en")
    assert ended.args[0].reason == "No profile is open."


def test_what_an_earlier_run_left_is_found_and_can_be_given_up(
    qtbot: QtBot, fine_tuning: FineTuning, profile: Profile
) -> None:
    assert fine_tuning.unfinished() is None
    profile.scratch("de").write("checkpoint", b"half")
    assert fine_tuning.unfinished() == "de"
    fine_tuning.drop("de", pytest.fail)
    qtbot.waitUntil(lambda: fine_tuning.unfinished() is None)


def test_the_real_tuner_is_started_and_stopped(
    qtbot: QtBot, service: ProfileService, profile: Profile, english: Path
) -> None:
    profile.learn([Line("the garden is green and the house is old", "en", 1e9 + n) for n in range(60)], "a")
    fine_tuning = FineTuning(service, lambda profile, _, hear: Tuner(profile, english, hear=hear))
    with qtbot.waitSignals([fine_tuning.moved] * 2, timeout=60_000):  # the second is what its process says first
        fine_tuning.begin("en")
    with qtbot.waitSignal(fine_tuning.ended, timeout=60_000) as ended:
        fine_tuning.stop(keep=False)
    assert ended.args == [Stopped("Stopped; nothing was changed.")]
    assert fine_tuning.unfinished() is None
    assert profile.models("en") == []
