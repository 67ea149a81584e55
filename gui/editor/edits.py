"""Carries the typing rules' edits, which speak of code points in a paragraph, out in a document."""

from PySide6.QtGui import QTextCursor

from autocomplete.typing import Edit
from gui.editor.offsets import points, units


def paragraph(cursor: QTextCursor) -> tuple[str, int]:
    """The text of the cursor's paragraph and the cursor's place in it, both in code points."""
    text = cursor.block().text()
    return text, points(text, cursor.positionInBlock())


def apply(cursor: QTextCursor, edit: Edit, own_step: bool = False) -> None:
    """Carry `edit` out in the paragraph of `cursor`; `own_step`: as an undo step of its own."""
    text, base = cursor.block().text(), cursor.block().position()
    after = text[: edit.start] + edit.text + text[edit.end :]
    # Qt joins neighbouring insertions into one undo step, except with one that opens an edit block.
    if own_step:
        cursor.beginEditBlock()
    cursor.setPosition(base + units(text[: edit.start]))
    cursor.setPosition(base + units(text[: edit.end]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(edit.text)
    cursor.setPosition(base + units(after[: edit.cursor]))
    if own_step:
        cursor.endEditBlock()
