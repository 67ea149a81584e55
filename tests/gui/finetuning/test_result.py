"""“Fine-tune on my writing”: what came of it, and the versions to go back to."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from autocomplete.finetuning.events import Done, Evaluated, Failed, Progress
from autocomplete.profile.profile import Profile
from gui.finetuning.dialog import FineTuningDialog
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from tests.gui.conftest import FakeTuner
from tests.gui.finetuning.conftest import POINT, REPORT

# What the platform without a screen says of dialogs and menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_result_shows_figures_examples_and_new_words(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning
) -> None:
    with qtbot.waitSignal(fine_tuning.ended):
        running.hear(Done(REPORT))
    page = dialog.outcome
    assert dialog.pages.currentWidget() is page
    assert page.verdict.text() == REPORT.reason
    assert page.figures.row(0) == ("Keystrokes saved", "40.0%", "42.0%", "44.0%")
    assert page.figures.row(4)[1:] == ("1.500", "", "1.504")
    assert page.examples.row(0) == ("I saw a", "Zwiebelfisch", "man · little", "Zwiebelfisch · man")
    assert "Möhnesee" in page.words.text()
    assert page.discard.isVisible()


def test_what_did_not_help_says_so_and_is_not_used(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning
) -> None:
    reason = "It did not help: the fine-tuned model saves 1.0 points fewer keystrokes than what you wrote does alone."
    with qtbot.waitSignal(fine_tuning.ended):
        running.hear(Done(replace(REPORT, helped=False, reason=reason)))
    assert dialog.outcome.verdict.text() == f"{reason} It is not used."
    assert not dialog.outcome.discard.isVisible()
    assert dialog.outcome.keep.text() == "&Close"


def test_a_failure_is_a_sentence(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning
) -> None:
    with qtbot.waitSignal(fine_tuning.ended):
        running.hear(Failed("There was too little memory."))
    assert dialog.outcome.verdict.text() == "There was too little memory."
    dialog.outcome.keep.click()
    assert dialog.pages.currentWidget() is dialog.choose


def add_model(profile: Profile, words: int, helped: bool = True) -> str:
    """A tuned model that is in use, as the tuner leaves it."""
    report = replace(REPORT, words=words, helped=helped)
    return profile.add_model("en", {"weights.safetensors": b"x"}, report.as_dict(), active=helped)


def test_a_discarded_model_gives_way_to_the_one_before(
    qtbot: QtBot,
    dialog: FineTuningDialog,
    running: FakeTuner,
    fine_tuning: FineTuning,
    service: ProfileService,
    profile: Profile,
) -> None:
    before = add_model(profile, 1)
    add_model(profile, 2)
    with qtbot.waitSignal(fine_tuning.ended):
        running.hear(Done(REPORT))
    with qtbot.waitSignal(service.settled):
        dialog.outcome.discard.click()
    assert [(model.id, model.active) for model in profile.models("en")] == [(before, True)]


def test_a_kept_model_makes_the_engine_begin_anew(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, service: ProfileService, profile: Profile
) -> None:
    add_model(profile, 1)
    with qtbot.waitSignal(service.settled):
        running.hear(Done(REPORT))
    dialog.outcome.keep.click()
    assert [model.active for model in profile.models("en")] == [True]
    assert not dialog.isVisible()


def test_one_can_go_back_to_an_earlier_version_or_to_none(
    qtbot: QtBot, dialog: FineTuningDialog, service: ProfileService, profile: Profile
) -> None:
    first, second = add_model(profile, 1), add_model(profile, 2)
    page = dialog.versions
    page.refresh()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    assert page.table.row(0)[4] == "in use"
    page.view.selectRow(1)
    with qtbot.waitSignal(service.settled):
        page.use.click()
    assert {model.id: model.active for model in profile.models("en")} == {first: True, second: False}
    qtbot.waitUntil(lambda: page.table.row(1)[4] == "in use")
    assert page.base.isEnabled(), "the row chosen is no longer chosen"
    with qtbot.waitSignal(service.settled):
        page.base.click()
    assert not any(model.active for model in profile.models("en"))


@pytest.mark.parametrize("report", [{}, {"before": 5}, {"before": {"ksr": "x"}, "after": {"ksr": None}, "words": []}])
def test_a_version_from_elsewhere_that_tells_nothing_is_listed(
    qtbot: QtBot, dialog: FineTuningDialog, profile: Profile, report: dict[str, object]
) -> None:
    profile.add_model("en", {"step.onnx": b"x"}, report, active=True)
    dialog.versions.refresh()
    qtbot.waitUntil(lambda: dialog.versions.table.rowCount() == 1)
    assert dialog.versions.table.row(0)[2:] == ("", "", "in use")


def test_a_version_is_deleted(
    qtbot: QtBot, dialog: FineTuningDialog, service: ProfileService, profile: Profile
) -> None:
    add_model(profile, 1)
    dialog.versions.refresh()
    qtbot.waitUntil(lambda: dialog.versions.table.rowCount() == 1)
    dialog.versions.view.selectRow(0)
    with qtbot.waitSignal(service.settled):
        dialog.versions.remove.click()
    assert profile.models("en") == []


def test_every_page_can_be_drawn_small_and_large(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning
) -> None:
    running.hear(Progress(0.3, 60.0, 4.2))
    running.hear(Progress(0.6, 60.0, 4.0))
    running.hear(Evaluated(POINT))
    qtbot.waitUntil(lambda: bool(fine_tuning.saved))
    for size in ((420, 320), (880, 620)):
        dialog.resize(*size)
        assert not dialog.grab().isNull()
    with qtbot.waitSignal(fine_tuning.ended):
        running.hear(Done(REPORT))
    for size in ((420, 320), (880, 620)):
        dialog.resize(*size)
        assert not dialog.grab().isNull()
