"""The few dialogs: the question about unsaved text, the keys, and what this app is."""

from collections.abc import Sequence
from enum import Enum, auto
from html import escape
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QVBoxLayout, QWidget


class Unsaved(Enum):
    """What to do with text that was not saved."""

    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


def ask_unsaved(window: QWidget, name: str) -> Unsaved:
    """Ask what shall happen to the unsaved changes of the text called `name`."""
    button = QMessageBox.StandardButton
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle("Unsaved changes")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Save the changes to {name}?")
    box.setInformativeText("Otherwise they are lost.")
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    answers = {button.Save: Unsaved.SAVE, button.Discard: Unsaved.DISCARD}
    return answers.get(button(box.exec()), Unsaved.STAY)


def shortcuts_dialog(window: QWidget, rows: Sequence[tuple[str, str]]) -> QDialog:
    """The keys, as a page in two columns: each of `rows` is what a key does and the key."""
    half = (len(rows) + 1) // 2
    lines = "".join(
        f"<tr>{_cells(*left)}{_cells(*right)}</tr>"
        for left, right in zip_longest(rows[:half], rows[half:], fillvalue=("", ""))
    )
    return _page(window, "Keyboard shortcuts", f"<table>{lines}</table>")


def _cells(what: str, key: str) -> str:
    return (
        f"<td style='padding: 4px 28px 4px 0'>{escape(what)}</td>"
        f"<td style='padding: 4px 44px 4px 0'><b>{escape(key)}</b></td>"
    )


def about_dialog(window: QWidget) -> QDialog:
    """What this app is and what it does with the text."""
    return _page(
        window,
        "About Autocomplete",
        "<h2>Autocomplete</h2>"
        "<p>A writing app that suggests the next words, the way a phone keyboard does.</p>"
        "<p>Everything stays on this computer: nothing you write is sent anywhere.</p>",
    )


def _page(window: QWidget, title: str, html: str) -> QDialog:
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    text = QLabel(html)
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setWordWrap("<table>" not in html)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(28, 22, 28, 18)
    column.setSpacing(16)
    column.addWidget(text)
    column.addWidget(buttons)
    return dialog
