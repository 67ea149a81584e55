"""Carries the typing rules' edits, which speak of code points in a paragraph, out in a document."""

from PySide6.QtGui import QTextCursor

from autocomplete.typing import Edit
from gui.editor.offsets import units


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
