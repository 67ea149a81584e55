"""Questions and pages."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from gui.widgets.dialogs import Unsaved, ask_unsaved
from gui.window import Window


@pytest.mark.parametrize(
    ("button", "meaning"),
    [
        (QMessageBox.StandardButton.Save, Unsaved.SAVE),
        (QMessageBox.StandardButton.Discard, Unsaved.DISCARD),
        (QMessageBox.StandardButton.Cancel, Unsaved.STAY),
    ],
)
def test_each_button_has_its_meaning(
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton,
    meaning: Unsaved,
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda self: button.value)
    assert ask_unsaved(window, "note.txt") is meaning


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no such thing
@pytest.mark.parametrize("show", [Window.show_keys, Window.show_about])
def test_help_is_shown_over_the_window(window: Window, show: Callable[[Window], None]) -> None:
    show(window)
    (dialog,) = window.findChildren(QDialog)
    assert dialog.isVisible()
    assert dialog.height() <= 480
    dialog.close()
