"""The text before the cursor that the engine gets."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from autocomplete.text.reading import LEFT_OUT
from gui.context import LEAST, MOST, Context


@pytest.fixture
def document(qtbot: QtBot) -> QTextDocument:
    return QTextDocument()


def end_of(document: QTextDocument) -> int:
    return document.characterCount() - 1


def test_a_short_text_is_given_whole(document: QTextDocument) -> None:
    document.setPlainText("Dear Anna,\n\nthank you")
    assert Context(document).before(end_of(document)) == "Dear Anna,\n\nthank you"


def test_only_what_is_before_the_cursor_is_given(document: QTextDocument) -> None:
    document.setPlainText("one two\nthree")
    assert Context(document).before(3) == "one"


def test_a_long_text_is_given_from_a_paragraph_on(document: QTextDocument) -> None:
    lines = [f"line {number} of a long text" for number in range(2000)]
    document.setPlainText("\n".join(lines))
    before = Context(document).before(end_of(document))
    assert len(before) <= MOST
    assert before.split("\n")[0] in lines
    assert before.endswith(lines[-1])


def test_the_start_stays_put_while_typing(document: QTextDocument) -> None:
    document.setPlainText("\n".join("some words on a line" for _ in range(1000)))
    context = Context(document)
    before = context.before(end_of(document))
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    for _ in range(40):
        cursor.insertText("more words ")
        grown = context.before(end_of(document))
        assert grown.startswith(before)
        before = grown


def test_an_endless_paragraph_is_given_from_a_word_on(document: QTextDocument) -> None:
    document.setPlainText("word😀 " * 10_000)
    before = Context(document).before(end_of(document))
    assert LEAST < len(before) <= MOST
    assert before.startswith("word😀 ")


def test_text_far_from_the_last_is_given_anew(document: QTextDocument) -> None:
    document.setPlainText("\n".join(f"line {number}" for number in range(5000)))
    context = Context(document)
    context.before(end_of(document))
    assert context.before(12) == "line 0\nline "


def test_text_before_a_new_beginning_is_not_given(document: QTextDocument) -> None:
    document.setPlainText("Private words.\n")
    context = Context(document)
    context.before(end_of(document))
    context.begin_anew(end_of(document))
    assert context.before(end_of(document)) == ""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    for _ in range(LEAST):
        cursor.insertText(" more")
        assert context.before(end_of(document)).startswith(" more")


@pytest.mark.parametrize(
    ("before", "given"),
    [
        ("it was my ", f"{LEFT_OUT} "),
        ("it was (", LEFT_OUT),
        ("I said", LEFT_OUT),
        ("It was. ", ""),
        ("one\n", ""),
        ("", ""),
    ],
)
def test_of_the_text_before_a_new_beginning_only_that_its_sentence_goes_on_is_told(
    document: QTextDocument, before: str, given: str
) -> None:
    document.setPlainText(before)
    context = Context(document)
    context.begin_anew(end_of(document))
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("so")
    assert context.before(end_of(document)) == given + "so"
    context.begin_anew(0)
    assert context.before(end_of(document)) == document.toPlainText()


def test_a_cursor_that_goes_back_before_the_new_beginning_is_given_what_is_there(document: QTextDocument) -> None:
    document.setPlainText("earlier words")
    context = Context(document)
    context.begin_anew(end_of(document))
    assert context.before(7) == "earlier"
