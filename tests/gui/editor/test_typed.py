"""What a key types, and which keys are commands."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from gui.editor.typed import is_command, typed_text

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def key(code: Qt.Key, held: Qt.KeyboardModifier, text: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, held, text)


@pytest.mark.parametrize(
    ("code", "held", "text", "typed"),
    [
        (Qt.Key.Key_A, SHIFT, "A", "A"),
        (Qt.Key.Key_Tab, NONE, "\t", "\t"),
        (Qt.Key.Key_Return, NONE, "\r", "\n"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r", "\n"),
        (Qt.Key.Key_Return, CTRL, "\r", ""),
        (Qt.Key.Key_At, CTRL | ALT, "@", "@"),  # AltGr
        (Qt.Key.Key_Z, CTRL, "\x1a", ""),
        (Qt.Key.Key_2, ALT, "2", ""),
        (Qt.Key.Key_Delete, NONE, "\x7f", ""),
        (Qt.Key.Key_F2, NONE, "", ""),
    ],
)
def test_a_key_types_its_text_unless_it_is_a_command(
    code: Qt.Key, held: Qt.KeyboardModifier, text: str, typed: str
) -> None:
    event = key(code, held, text)
    assert typed_text(event) == typed
    assert is_command(event) == (not typed and bool(held))
