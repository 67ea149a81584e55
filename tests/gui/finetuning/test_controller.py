"""The window and the fine-tuning: what is seen, offered and told of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from autocomplete.finetuning.events import Failed, Progress
from gui.finetuning.fine_tuning import FineTuning, stale_languages
from gui.profile.service import ProfileService
from gui.window import Window
from tests.gui.conftest import FakeTuner
from tests.gui.fake_profile import FakeModel, FakeProfile

# What the platform without a screen says of dialogs.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def profile() -> FakeProfile:
    return FakeProfile()


def test_a_fine_tuning_in_the_background_is_seen_in_the_status_line(
    qtbot: QtBot, window: Window, fine_tuning: FineTuning, tuners: list[FakeTuner]
) -> None:
    assert not window.status.fine_tuning.isVisible()
    fine_tuning.begin("en")
    qtbot.waitUntil(lambda: bool(tuners))
    tuners[0].hear(Progress(0.43, 60.0, 4.0))
    qtbot.waitUntil(lambda: window.status.fine_tuning.text() == "Fine-tuning · 43%")
    fine_tuning.pause()
    assert window.status.fine_tuning.text().endswith("paused")
    qtbot.mouseClick(window.status.fine_tuning, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    dialog.reject()
    tuners[0].hear(Failed("There was too little memory."))
    qtbot.waitUntil(lambda: window.banner.sentence() == "There was too little memory.")
    assert not window.status.fine_tuning.isVisible()


def test_a_fine_tuning_left_unfinished_is_offered(
    qtbot: QtBot, window: Window, fine_tuning: FineTuning, tuners: list[FakeTuner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "unfinished", lambda: "de")
    window.fine_tuning.offer_to_resume()
    assert "German writing was not finished" in window.banner.sentence()
    qtbot.mouseClick(window.banner.buttons()[0], Qt.MouseButton.LeftButton)
    assert [tuner.language for tuner in tuners] == ["de"]


def test_nothing_is_offered_where_nothing_was_left(
    window: Window, fine_tuning: FineTuning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "unfinished", lambda: None)
    window.fine_tuning.offer_to_resume()
    assert window.banner.sentence() == ""


def test_a_model_that_knows_something_forgotten_is_fine_tuned_anew_if_one_wants(
    qtbot: QtBot, window: Window, profile: FakeProfile, service: ProfileService, tuners: list[FakeTuner]
) -> None:
    profile.tuned = [FakeModel("a", "en", 1.0, {}, active=True)]
    service.change(lambda known: known.forget_word("help"), lambda _: None, pytest.fail)
    qtbot.waitUntil(lambda: "still contains text that you deleted" in window.banner.sentence())
    qtbot.mouseClick(window.banner.buttons()[0], Qt.MouseButton.LeftButton)
    assert [tuner.language for tuner in tuners] == ["en"]


def test_a_model_known_to_be_stale_is_told_of_once(
    qtbot: QtBot, window: Window, profile: FakeProfile, service: ProfileService
) -> None:
    profile.tuned = [FakeModel("a", "en", 1.0, {}, active=True, stale=True)]
    service.changed.emit()
    qtbot.waitUntil(lambda: "still contains text" in window.banner.sentence())
    qtbot.mouseClick(window.banner.buttons()[1], Qt.MouseButton.LeftButton)
    asked: list[object] = []
    service.ask(stale_languages, asked.append, pytest.fail)
    service.changed.emit()
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(50)
    assert window.banner.sentence() == ""
