"""The number of words."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from gui.editor import wordcount
from gui.editor.wordcount import WordCount


@pytest.fixture
def document(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QTextDocument:
    monkeypatch.setattr(wordcount, "PAUSE", 1)
    monkeypatch.setattr(wordcount, "AT_ONCE", 3)
    document = QTextDocument()
    document.documentLayout()  # without one Qt does not tell of changes
    return document


def counted(qtbot: QtBot, count: WordCount) -> int:
    with qtbot.waitSignal(count.counted) as heard:
        pass
    assert heard.args is not None
    return int(heard.args[0])


def test_words_are_counted_over_all_paragraphs(qtbot: QtBot, document: QTextDocument) -> None:
    count = WordCount(document)
    document.setPlainText("one two\n\ndon't well-known\n3.14\nfünf\nsechs\nsieben")
    assert counted(qtbot, count) == 7


def test_a_change_changes_the_number(qtbot: QtBot, document: QTextDocument) -> None:
    count = WordCount(document)
    document.setPlainText("one two\nthree\nfour\nfive")
    assert counted(qtbot, count) == 5
    cursor = QTextCursor(document)
    cursor.setPosition(3, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("and now\nfor")
    assert counted(qtbot, count) == 7


def test_paragraphs_that_did_not_change_are_not_read_again(qtbot: QtBot, document: QTextDocument) -> None:
    count = WordCount(document)
    document.setPlainText("one\ntwo\nthree")
    counted(qtbot, count)
    document.lastBlock().setUserState(100)
    QTextCursor(document).insertText("zero ")
    assert counted(qtbot, count) == 2 + 1 + 100
