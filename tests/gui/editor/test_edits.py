"""Edits of a paragraph, carried out in a document."""

from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from autocomplete.typing import Edit
from gui.editor.edits import apply


def test_an_edit_counts_letters_in_its_own_paragraph(qtbot: QtBot) -> None:
    document = QTextDocument("😀 first\n😀 one two")
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    apply(cursor, Edit(2, 5, "1 ", 4))
    assert document.toPlainText() == "😀 first\n😀 1  two"
    cursor.insertText("|")
    assert document.toPlainText() == "😀 first\n😀 1 | two"
