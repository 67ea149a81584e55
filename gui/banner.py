"""A message above the text, with what can be done about it; writing goes on meanwhile."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

Choice = tuple[str, Callable[[], object]]  # a button's label and what it does


class Banner(QWidget):
    """Shows one sentence with buttons. A newer one takes its place; a question comes back until it is answered."""

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
        self._choices: tuple[Choice, ...] = ()
        self._unanswered: list[tuple[str, tuple[Choice, ...]]] = []
        self.hide()

    def sentence(self) -> str:
        """What the banner says; "" while it is hidden."""
        return self._sentence.text() if not self.isHidden() else ""

    def buttons(self) -> list[QPushButton]:
        return self._buttons

    def say(self, sentence: str, *choices: Choice) -> None:
        """Show `sentence` with `choices`; without any it can be closed."""
        if self._choices and self.sentence() not in ("", sentence):
            self._unanswered.append((self.sentence(), self._choices))
        self._show(sentence, choices)

    def take_back(self, sentence: str) -> None:
        """Ask `sentence` no more, whether it is on show or waits behind others."""
        self._unanswered = [(asked, choices) for asked, choices in self._unanswered if asked != sentence]
        if self.sentence() == sentence:
            self._answer(_nothing)

    def _show(self, sentence: str, choices: tuple[Choice, ...]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self._choices = choices
        self._sentence.setText(sentence)
        for label, act in choices or (("Close", _nothing),):
            button = QPushButton(label)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._answer, act))
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()

    def _answer(self, act: Callable[[], object]) -> None:
        self.hide()  # first, so that what it does may show the next message
        act()
        if self.isHidden() and self._unanswered:
            self._show(*self._unanswered.pop())


def _nothing() -> None:
    """A button that only closes."""
