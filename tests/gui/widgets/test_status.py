"""The line at the bottom: what is said, what can be undone, and what there is room for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from autocomplete.session.tally import Tally
from gui.widgets.status import StatusLine


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[StatusLine]:
    host = QWidget()
    qtbot.addWidget(host)
    line = StatusLine(host)
    line.resize(900, 30)
    host.show()
    line.show_language("English")
    line.show_words(1200)
    line.show_time(3.0)
    yield line  # noqa: PT022 - keeps the host alive as long as the test


def test_figures_appear_when_there_are_any(line: StatusLine) -> None:
    assert line.words.text() == "1,200 words"
    assert not line.saved.isVisible()
    tally = Tally()
    tally.add(6)
    line.show_tally(tally)
    assert line.saved.isVisible()
    assert line.saved.text() == "5 keystrokes saved · 83%"
    assert line.time.text() == "3 ms"
    line.show_time(None)
    assert not line.time.isVisible()


def test_less_than_a_millisecond_is_said_so(line: StatusLine) -> None:
    line.show_time(0.3)
    assert line.time.text() == "< 1 ms"


def test_a_note_can_be_taken_back_once(qtbot: QtBot, line: StatusLine) -> None:
    undone: list[bool] = []
    line.note("“Anna” is forgotten.", lambda: undone.append(True))
    assert line.undo.isVisible()
    qtbot.mouseClick(line.undo, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not line.undo.isVisible()


def test_a_later_note_and_the_end_of_the_note_take_the_undo_away(line: StatusLine) -> None:
    line.note("“Anna” is forgotten.", list)
    line.note("Saved.")
    assert not line.undo.isVisible()
    line.note("“Anna” is forgotten.", list)
    line.clearMessage()
    assert not line.undo.isVisible()


def test_where_room_is_short_the_note_and_incognito_stay(line: StatusLine) -> None:
    line.show_incognito(True)
    line.show_fine_tuning("Fine-tuning · 43%")
    line.note("“Kunigunde” was added to your words.", list)
    line.resize(420, 30)
    assert line.undo.isVisible()
    assert line.incognito.isVisible()
    assert not any(widget.isVisible() for widget in (line.words, line.time))
    line.resize(900, 30)
    assert line.fine_tuning.isVisible()
    assert line.words.isVisible()
