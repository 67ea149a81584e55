"""The dialog with a profile and a tuner that only says what it is told, and a tuning that is done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from autocomplete.finetuning.report import Example, Measures, Point, Report
from autocomplete.profile.profile import Profile
from gui.finetuning.dialog import FineTuningDialog
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from tests.gui.conftest import FakeTuner

POINT = Point(1.0, 0.5, 1.9, 0.42, 1.5)
REPORT = Report(
    words=9000,
    words_aside=1000,
    before=Measures(0.40, 0.15, 0.30, 2.0),
    with_words=Measures(0.42, 0.15, 0.30, 2.0),
    after=Measures(0.44, 0.17, 0.33, 1.8),
    base_before=1.500,
    base_after=1.504,
    alpha=0.5,
    epochs=3.0,
    curve=(POINT, Point(2.0, 0.5, 1.8, 0.44, 1.504)),
    examples=(Example("I saw a", "Zwiebelfisch", ("man", "little"), ("Zwiebelfisch", "man")),),
    new_words=("Zwiebelfisch", "Möhnesee"),
    gain=0.04,
    error=0.01,
    seconds=300.0,
    memory=10**9,
    helped=True,
    reason="It helps: the fine-tuned model saves 2.0 points more keystrokes than what you wrote does alone (± 1.0).",
)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with Profile.open(tmp_path / "profile") as profile:
        yield profile


@pytest.fixture
def dialog(qtbot: QtBot, service: ProfileService, fine_tuning: FineTuning) -> Iterator[FineTuningDialog]:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = FineTuningDialog(host, service, fine_tuning)
    dialog.show()
    yield dialog
    dialog.gathering.cancel()


@pytest.fixture
def running(qtbot: QtBot, dialog: FineTuningDialog, fine_tuning: FineTuning, tuners: list[FakeTuner]) -> FakeTuner:
    fine_tuning.begin("en")
    qtbot.waitUntil(lambda: bool(tuners) and tuners[0].told == ["start"])
    return tuners[0]
