"""The line at the bottom: notes, words, keystrokes saved, answer time and language."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from gui.tally import Tally

NOTE = 10_000  # milliseconds a note stays


class StatusLine(QStatusBar):
    """Figures about the text and the engine, and the language, a button for a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(6, 1, 6, 3)
        self.words = QLabel()
        self.saved = QLabel()
        self.time = QLabel()
        self.language = QToolButton()
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.language.setToolTip("Language written")
        self.saved.setToolTip("Keys you did not have to press since this text was opened, thanks to suggestions")
        self.time.setToolTip("Time the engine took for the last suggestions")
        self.undo = QToolButton()
        self.undo.setObjectName("undo")
        self.undo.setText("Undo")
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(self._take_back)
        self._back: Callable[[], None] | None = None
        self.messageChanged.connect(self._on_message)
        self.incognito = QLabel("Incognito")
        self.incognito.setObjectName("incognito")
        self.incognito.setToolTip("Nothing that you write in this window is learned")
        self.incognito.hide()
        self.training = QToolButton()
        self.training.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.training.setToolTip("Show how far it is")
        self.training.hide()
        for widget in (self.undo, self.incognito, self.training, self.words, self.saved, self.time, self.language):
            self.addPermanentWidget(widget)
        self.show_words(0)
        self.undo.hide()
        self.saved.hide()
        self.time.hide()

    def note(self, sentence: str, back: Callable[[], None] | None = None) -> None:
        """Say something that needs no answer; `back` is what a button beside it undoes."""
        self._back = back
        self.undo.setVisible(back is not None)
        self.showMessage(sentence, NOTE)

    def _on_message(self, sentence: str) -> None:
        if not sentence:
            self._back = None
            self.undo.hide()

    def _take_back(self) -> None:
        back, self._back = self._back, None
        self.undo.hide()
        if back is not None:
            back()

    def show_incognito(self, on: bool) -> None:
        self.incognito.setVisible(on)

    def show_words(self, count: int) -> None:
        self.words.setText("1 word" if count == 1 else f"{count:,} words")

    def show_tally(self, tally: Tally) -> None:
        many = "keystroke" if tally.saved == 1 else "keystrokes"
        self.saved.setText(f"{tally.saved:,} {many} saved · {tally.share:.0%}")
        self.saved.setVisible(tally.saved > 0)

    def show_time(self, milliseconds: float) -> None:
        self.time.show()
        self.time.setText("< 1 ms" if milliseconds < 1 else f"{milliseconds:.0f} ms")

    def show_language(self, name: str) -> None:
        self.language.setText(name)
        self.language.setAccessibleName(f"Language written: {name}")

    def show_training(self, said: str) -> None:
        """Say how far the training in the background is; "" when there is none."""
        self.training.setText(said)
        self.training.setVisible(bool(said))
