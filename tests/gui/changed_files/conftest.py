"""A file that is open in a window, and what somebody does there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.window import Window

Press = Callable[..., None]
Click = Callable[[str], None]
Focus = Callable[[], None]


@pytest.fixture
def note(window: Window, tmp_path: Path) -> Path:
    """A file that is open in the window."""
    path = tmp_path / "note.txt"
    path.write_text("one\ntwo\nthree\n")
    window.open_path(path)
    return path


@pytest.fixture
def click(qtbot: QtBot, window: Window) -> Click:
    """Clicks the button of the banner with this label."""

    def click(label: str) -> None:
        (button,) = (button for button in window.banner.buttons() if button.text().replace("&", "") == label)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return click


@pytest.fixture
def focus(qtbot: QtBot, window: Window) -> Focus:
    """Goes to another window and comes back."""

    def focus() -> None:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not window.isActiveWindow())
        other.close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    return focus


@pytest.fixture
def save(press: Press) -> Callable[[], None]:
    return lambda: press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
