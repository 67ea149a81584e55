"""Messages above the text, with what can be done about them; writing goes on meanwhile."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Choice = tuple[str, Callable[[], object]]  # a button's label and what it does
_Message = tuple[str, tuple[Choice, ...]]


class Banner(QWidget):
    """Shows a question with its buttons, and below it a sentence that can be closed.

    Each has a row of its own, so neither hides the other. In both, the newest comes first, and the others come back
    until each was answered or closed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 10, 8)
        column.setSpacing(8)
        self._question, self._notice = _Row(), _Row()
        for row in (self._question, self._notice):
            column.addWidget(row)
            row.answered.connect(self._arrange)
        self.hide()

    def sentence(self) -> str:
        """What the banner says, a line a row; "" while it is hidden."""
        said = [row.sentence() for row in (self._question, self._notice) if row.sentence()]
        return "\n".join(said) if not self.isHidden() else ""

    def buttons(self) -> list[QPushButton]:
        """Those on show, from the top."""
        return [*self._question.buttons, *self._notice.buttons]

    def say(self, sentence: str, *choices: Choice) -> None:
        """Show `sentence` with `choices`; without any it can be closed.

        Said again with choices, it takes the place of the sentence without.
        """
        if choices:
            self._notice.take_back(sentence)
            self._question.say((sentence, choices))
        else:
            self._notice.say((sentence, (("Close", _nothing),)))
        self._arrange()

    def take_back(self, sentence: str) -> None:
        """Say `sentence` no more, whether it is on show or waits behind others."""
        for row in (self._question, self._notice):
            row.take_back(sentence)
        self._arrange()

    def _arrange(self) -> None:
        self.setVisible(bool(self._question.sentence() or self._notice.sentence()))


class _Row(QWidget):
    """One sentence and its buttons."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._messages: list[_Message] = []  # the last one is on show
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._sentence, 1)
        self.hide()

    def sentence(self) -> str:
        return self._messages[-1][0] if self._messages else ""

    def say(self, message: _Message) -> None:
        self._messages = [other for other in self._messages if other[0] != message[0]] + [message]
        self._show()

    def take_back(self, sentence: str) -> None:
        self._messages = [message for message in self._messages if message[0] != sentence]
        self._show()

    def _show(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        self.setVisible(bool(self._messages))
        if not self._messages:
            return
        sentence, choices = self._messages[-1]
        self._sentence.setText(sentence)
        for label, act in choices:
            button = QPushButton(label)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._answer, act))
            self._row.addWidget(button)
            self.buttons.append(button)

    def _answer(self, act: Callable[[], object]) -> None:
        self._messages.pop()  # first, so that what it does may say the next message
        act()
        self._show()
        self.answered.emit()


def _nothing() -> None:
    """A button that only closes."""
