"""A document as a session sees it: its lines, and its changes."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from autocomplete.session import Change
from gui.editor.document_text import DocumentText

TEXTS = st.text("ab\n\u2028ä😀", max_size=6)
PLACES = st.integers(0, 30)


def laid_out(text: str) -> QTextDocument:
    """A document that tells of its changes, as Qt's do once they have a layout."""
    document = QTextDocument(text)
    document.documentLayout()
    return document


@given(st.lists(st.tuples(st.sampled_from(("replace", "undo", "redo", "both")), PLACES, PLACES, TEXTS), max_size=12))
def test_lines_are_those_of_the_document_after_any_change(
    qapp: object, steps: list[tuple[str, int, int, str]]
) -> None:
    document = laid_out("")
    seen: list[Change] = []
    text = DocumentText(document, seen.append)
    for kind, start, end, new in steps:
        before = len(seen)
        if kind == "undo":
            document.undo()
        elif kind == "redo":
            document.redo()
        else:
            length = document.characterCount() - 1
            cursor = QTextCursor(document)
            cursor.setPosition(min(start, length))
            cursor.setPosition(min(end, length), QTextCursor.MoveMode.KeepAnchor)
            if kind == "both":
                cursor.beginEditBlock()
                text.line(cursor.blockNumber())
                cursor.removeSelectedText()
                text.forget_line()
                assert text.line(cursor.blockNumber()) == cursor.block().text().replace("\u2028", "\n")
            cursor.insertText(new)
            if kind == "both":
                cursor.endEditBlock()
        lines = [document.findBlockByNumber(number).text() for number in range(document.blockCount())]
        assert [text.line(number) for number in range(text.lines)] == [line.replace("\u2028", "\n") for line in lines]
        for change in seen[before:]:
            assert change.start <= change.end
            assert change.end.line < text.lines
            assert change.end.column <= len(text.line(change.end.line))


def test_a_line_is_read_of_the_document_once_a_change(qtbot: QtBot) -> None:
    document = laid_out("one")
    told: list[str] = []
    text = DocumentText(document, lambda _: told.append(text.line(0)))
    first = text.line(0)
    assert text.line(0) is first
    QTextCursor(document).insertText("x")
    assert told == ["xone"]
