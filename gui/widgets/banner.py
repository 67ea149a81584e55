"""Messages above the text, with what can be done about them; writing goes on meanwhile."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Choice = tuple[str, Callable[[], object]]  # a button's label and what it does

AT_ONCE = 3  # sentences on show; a text needs room, too


class Banner(QWidget):
    """Shows a question with its buttons, and below it sentences that can be closed, the newest first.

    A newer question comes before an older one, which comes back when that is answered; so do sentences for which there
    is no room.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 10, 8)
        self._column.setSpacing(8)
        self._questions: list[_Message] = []  # the newest first
        self._notices: list[_Message] = []
        self._said: set[str] = set()  # what is not said a second time
        self.hide()

    def sentence(self) -> str:
        """What the banner says, a line a message; "" while it is hidden."""
        return "\n".join(message.sentence for message in self._on_show()) if not self.isHidden() else ""

    def buttons(self) -> list[QPushButton]:
        """Those on show, from the top."""
        return [button for message in self._on_show() for button in message.buttons]

    def say(self, sentence: str, *choices: Choice) -> None:
        """Show `sentence` with `choices`, without any it can be closed, in the place of the same sentence before."""
        self.take_back(sentence)
        message = _Message(sentence, choices or (("Close", _nothing),))
        message.answered.connect(partial(self._answer, message))
        (self._questions if choices else self._notices).insert(0, message)
        self._arrange()

    def say_once(self, sentence: str) -> None:
        """Show `sentence` unless it was shown by this before: a failure may come again at each paragraph."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.say(sentence)

    def take_back(self, sentence: str) -> None:
        """Say `sentence` no more, whether it is on show or waits behind others."""
        for message in [*self._questions, *self._notices]:
            if message.sentence == sentence:
                self._remove(message)
        self._arrange()

    def _on_show(self) -> list["_Message"]:
        return [*self._questions[:1], *self._notices[:AT_ONCE]]

    def _answer(self, message: "_Message", act: Callable[[], object]) -> None:
        self._remove(message)  # first, so that what it does may say the next message
        act()
        self._arrange()

    def _remove(self, message: "_Message") -> None:
        (self._questions if message in self._questions else self._notices).remove(message)
        self._column.removeWidget(message)
        message.hide()
        message.deleteLater()

    def _arrange(self) -> None:
        on_show = self._on_show()
        for message in (*self._questions, *self._notices):
            self._column.removeWidget(message)
            message.setVisible(False)
        for message in on_show:
            self._column.addWidget(message)
            message.setVisible(True)
        self.setVisible(bool(on_show))


class _Message(QWidget):
    """One sentence and its buttons; `answered` tells what the button pressed is for."""

    answered = Signal(object)

    def __init__(self, sentence: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self.sentence = sentence
        self.buttons: list[QPushButton] = []
        label = QLabel(sentence)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        for name, act in choices:
            button = QPushButton(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self.answered.emit, act))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.buttons.append(button)


def _nothing() -> None:
    """A button that only closes."""
