"""A message above the text, with what can be done about it; writing goes on meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class Banner(QWidget):
    """Shows one sentence with buttons; a newer one takes its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 10, 8)
        self._row.addWidget(self._sentence, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    def sentence(self) -> str:
        """What the banner says; "" while it is hidden."""
        return self._sentence.text() if not self.isHidden() else ""

    def buttons(self) -> list[QPushButton]:
        return self._buttons

    def say(self, sentence: str, *choices: tuple[str, Callable[[], None]]) -> None:
        """Show `sentence`; each of `choices` is a button's label and what it does.

        Without any it can be closed.
        """
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self._sentence.setText(sentence)
        for label, act in choices or (("Close", _nothing),):
            button = QPushButton(label)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self.hide)  # first, so that what it does may show the next message
            button.clicked.connect(act)
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()


def _nothing() -> None:
    """A button that only closes."""
