"""Edits of a paragraph, carried out in a document."""

from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from autocomplete.typing import Edit
from gui.editor.edits import apply, paragraph


def test_an_edit_counts_letters_in_its_own_paragraph(qtbot: QtBot) -> None:
    document = QTextDocument("😀 first\n😀 one two")
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert paragraph(cursor) == ("😀 one two", 9)
    apply(cursor, Edit(2, 5, "1 ", 4))
    assert document.toPlainText() == "😀 first\n😀 1  two"
    assert paragraph(cursor) == ("😀 1  two", 4)
