"""The suggestion strip."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.suggestions.strip import Strip


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[Strip]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 60)
    strip = Strip(host)
    strip.resize(600, 60)
    host.show()
    yield strip  # noqa: PT022 - keeps the host alive as long as the test


def test_the_best_is_in_the_centre_and_bold(strip: Strip) -> None:
    strip.show_words(("one", "two", "three"))
    across = sorted(strip.chips, key=lambda chip: chip.x())
    assert [chip.text() for chip in across] == ["two", "one", "three"]
    assert [chip.word_font().bold() for chip in across] == [False, True, False]


def test_a_click_says_which(qtbot: QtBot, strip: Strip) -> None:
    strip.show_words(("one", "two", "three"))
    with qtbot.waitSignal(strip.picked) as picked:
        qtbot.mouseClick(strip.chips[2], Qt.MouseButton.LeftButton)
    assert picked.args == [2]


def test_an_empty_place_cannot_be_clicked(qtbot: QtBot, strip: Strip) -> None:
    strip.show_words(("one",))
    with qtbot.assertNotEmitted(strip.picked):
        qtbot.mouseClick(strip.chips[1], Qt.MouseButton.LeftButton)


def test_nothing_takes_the_focus(strip: Strip) -> None:
    assert {chip.focusPolicy() for chip in strip.chips} == {Qt.FocusPolicy.NoFocus}


def test_screen_readers_hear_which_suggestion_it_is(strip: Strip) -> None:
    strip.show_words(("one", "two"))
    names = [chip.accessibleName() for chip in strip.chips]
    assert names == ["First suggestion: one", "Second suggestion: two", "Third suggestion: none"]


def test_a_sentence_takes_the_place_of_the_words(strip: Strip) -> None:
    strip.show_words(("one", "two", "three"))
    height = strip.sizeHint().height()
    strip.show_message("The model is missing.")
    assert strip.minimumHeight() == height
    assert strip.words() == ()
    assert not any(chip.isVisible() for chip in strip.chips)
    strip.show_words(("one",))
    assert strip.message() == ""
    assert strip.chips[0].isVisible()


def test_old_words_are_dimmed_and_new_ones_are_not(qtbot: QtBot, strip: Strip) -> None:
    strip.show_words(("one",))
    strip.age()
    assert not strip.chips[0].dimmed
    qtbot.waitUntil(lambda: strip.chips[0].dimmed)
    assert strip.words() == ("one",)
    strip.show_words(("two",))
    assert not strip.chips[0].dimmed


def test_a_long_word_stays_in_its_place(strip: Strip) -> None:
    strip.show_words(("Donaudampfschifffahrtsgesellschaftskapitänswitwenrente",) * 3)
    assert strip.chips[0].width() <= strip.width() // 3
    assert not strip.grab().isNull()
