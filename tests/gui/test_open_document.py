"""A text apart from the window: several in one place follow the same settings and the same profile."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.open_document import OpenDocument
from gui.profile.service import ProfileService
from gui.settings import AUTO_SPACE, LEARN, ZOOM, Settings
from gui.suggestions.engine import Load
from gui.suggestions.prediction import Prediction
from gui.suggestions.strip import Strip


@pytest.fixture
def texts(qtbot: QtBot, settings: Settings, service: ProfileService, load: Load) -> Iterator[list[OpenDocument]]:
    host = QWidget()
    qtbot.addWidget(host)
    strip, prediction = Strip(host), Prediction(load, False, host)
    texts = [OpenDocument(settings, service, strip, prediction, "de+en", host) for _ in range(2)]
    yield texts
    for text in texts:
        text.editor.document().setModified(False)
        text.close()
        text.editor.deleteLater()
    prediction.close()


def test_each_has_a_text_a_file_and_an_identity_of_its_own(texts: list[OpenDocument]) -> None:
    one, other = texts
    one.editor.type("a")
    assert (one.editor.text(), other.editor.text()) == ("a", "")
    assert (one.file.modified, other.file.modified) == (True, False)
    assert one.file.identity != other.file.identity


def test_all_follow_the_settings(texts: list[OpenDocument], settings: Settings) -> None:
    before = texts[0].editor.font().pointSizeF()
    settings.set(ZOOM, 200)
    settings.set(AUTO_SPACE, False)
    assert [text.editor.font().pointSizeF() for text in texts] == [2 * before, 2 * before]
    assert not any(text.editor.session.rules.options.auto_space for text in texts)


def test_all_learn_as_the_switch_says_but_for_one_in_incognito(texts: list[OpenDocument], settings: Settings) -> None:
    one, other = texts
    one.set_incognito(True)
    assert (one.learning.on, other.learning.on) == (False, True)
    settings.set(LEARN, False)
    assert not other.learning.on
    settings.set(LEARN, True)
    assert (one.learning.on, other.learning.on) == (False, True)
    one.set_incognito(False)
    assert one.learning.on


def test_the_language_at_the_cursor_is_one_of_those_written(texts: list[OpenDocument]) -> None:
    text = texts[0]
    assert text.language == "de"
    text.editor.session.language = "en"
    assert text.language == "en"
    text.editor.session.language = "fr"
    assert text.language == "de"
