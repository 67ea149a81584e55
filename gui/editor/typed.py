"""What a key means to a text: whether it types, and what."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier  # on some systems
_COMMANDING = _ALTGR | Qt.KeyboardModifier.MetaModifier


def is_bare(event: QKeyEvent) -> bool:
    """Whether nothing is held beside the key."""
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_shifted(event: QKeyEvent) -> bool:
    """Whether Shift alone is held beside the key."""
    return event.modifiers() == Qt.KeyboardModifier.ShiftModifier


def is_command(event: QKeyEvent) -> bool:
    """Whether the key is held with one that makes it a command instead of a letter."""
    return bool(event.modifiers() & _COMMANDING) and not typed_text(event)


def typed_text(event: QKeyEvent) -> str:
    """What the key types; "" if it types nothing."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "\n" if is_bare(event) or is_shifted(event) else ""
    held = event.modifiers() & _COMMANDING
    text = event.text()
    return text if (text.isprintable() or text == "\t") and (not held or held == _ALTGR) else ""
