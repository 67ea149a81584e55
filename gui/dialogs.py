"""The few dialogs: the question about unsaved text, the keys, and what this app is."""

from collections.abc import Iterable
from enum import Enum, auto
from html import escape

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


def shortcuts_dialog(window: QWidget, rows: Iterable[tuple[str, str]]) -> QDialog:
    """The keys, as a page: each of `rows` is what a key does and the key."""
    lines = "".join(
        f"<tr><td style='padding: 3px 40px 3px 0'>{escape(what)}</td>"
        f"<td style='white-space: nowrap'><b>{escape(key)}</b></td></tr>"
        for what, key in rows
    )
    return _page(window, "Keyboard shortcuts", f"<table>{lines}</table>")


def about_dialog(window: QWidget) -> QDialog:
    """What this app is and what it does with the text."""
    return _page(
        window,
        "About Autocomplete",
        "<h2>Autocomplete</h2>"
        "<p>A place to write that suggests the next words, as the keyboard of a phone does.</p>"
        "<p>Everything happens on this computer: nothing you write leaves it.</p>",
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
