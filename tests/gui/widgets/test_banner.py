"""The message above the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.banner import Banner


@pytest.fixture
def banner(qtbot: QtBot) -> Iterator[Banner]:
    host = QWidget()
    qtbot.addWidget(host)
    banner = Banner(host)
    host.show()
    yield banner  # noqa: PT022 - keeps the host alive as long as the test


def click(qtbot: QtBot, banner: Banner, label: str) -> None:
    button = next(button for button in banner.buttons() if button.text() == label)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_sentence_can_be_closed(qtbot: QtBot, banner: Banner) -> None:
    banner.say("The disk is full.")
    click(qtbot, banner, "Close")
    assert banner.sentence() == ""


def test_sentences_are_seen_together_the_newest_first(qtbot: QtBot, banner: Banner) -> None:
    banner.say("The disk is full.")
    banner.say("The file is gone.")
    assert banner.sentence() == "The file is gone.\nThe disk is full."
    click(qtbot, banner, "Close")
    assert banner.sentence() == "The disk is full."
    click(qtbot, banner, "Close")
    assert banner.sentence() == ""
    assert not banner.isVisible()


def test_sentences_for_which_there_is_no_room_come_later(qtbot: QtBot, banner: Banner) -> None:
    for number in range(5):
        banner.say(str(number))
    assert banner.sentence() == "4\n3\n2"
    for _ in range(2):
        click(qtbot, banner, "Close")
    assert banner.sentence() == "2\n1\n0"


def test_a_sentence_said_twice_is_closed_once(qtbot: QtBot, banner: Banner) -> None:
    for sentence in ("The disk is full.", "The file is gone.", "The disk is full."):
        banner.say(sentence)
    click(qtbot, banner, "Close")
    assert banner.sentence() == "The file is gone."


def test_a_question_and_a_sentence_are_seen_together(qtbot: QtBot, banner: Banner) -> None:
    answers: list[str] = []
    banner.say("The disk is full.")
    banner.say("Restore?", ("Yes", lambda: answers.append("restored")))
    assert banner.sentence() == "Restore?\nThe disk is full."
    qtbot.waitUntil(lambda: [button.text() for button in banner.buttons() if button.isVisible()] == ["Yes", "Close"])
    click(qtbot, banner, "Yes")
    assert answers == ["restored"]
    assert banner.sentence() == "The disk is full."


def test_a_question_comes_back_until_it_is_answered(qtbot: QtBot, banner: Banner) -> None:
    answers: list[str] = []
    banner.say("Restore?", ("Yes", lambda: answers.append("restored")))
    banner.say("Train?", ("Now", lambda: answers.append("trained")))
    assert banner.sentence() == "Train?"
    click(qtbot, banner, "Now")
    assert banner.sentence() == "Restore?"
    click(qtbot, banner, "Yes")
    assert banner.sentence() == ""
    assert answers == ["trained", "restored"]


def test_what_an_answer_asks_is_asked_before_an_older_question(qtbot: QtBot, banner: Banner) -> None:
    banner.say("Restore?", ("Yes", list))
    banner.say("Train?", ("Now", lambda: banner.say("On all of it?", ("Yes", list))))
    click(qtbot, banner, "Now")
    assert banner.sentence() == "On all of it?"
    click(qtbot, banner, "Yes")
    assert banner.sentence() == "Restore?"


def test_a_question_asked_twice_is_answered_once(qtbot: QtBot, banner: Banner) -> None:
    for _ in range(2):
        banner.say("Restore?", ("Yes", list))
    click(qtbot, banner, "Yes")
    assert banner.sentence() == ""


def test_a_sentence_said_again_with_choices_is_shown_once(banner: Banner) -> None:
    banner.say("The disk is full.")
    banner.say("The disk is full.", ("Save as …", list))
    assert banner.sentence() == "The disk is full."


def test_a_sentence_that_is_taken_back_is_not_shown_again(qtbot: QtBot, banner: Banner) -> None:
    banner.say("The disk is full.")
    banner.say("Keep it?", ("Yes", list))
    banner.say("Restore?", ("Yes", list))
    banner.take_back("Keep it?")
    assert banner.sentence() == "Restore?\nThe disk is full."
    banner.take_back("Restore?")
    banner.take_back("The disk is full.")
    assert banner.sentence() == ""
    assert not banner.isVisible()
