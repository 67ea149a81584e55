"""The line at the bottom: notes, words, keystrokes saved, answer time and language."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QStatusBar, QToolButton, QWidget

from gui.tally import Tally

NOTE = 10_000  # milliseconds a note stays


class StatusLine(QStatusBar):
    """Figures about the text and the engine, and the language with its menu."""

    def __init__(self, languages: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(6, 1, 6, 3)
        self.words = QLabel()
        self.saved = QLabel()
        self.time = QLabel()
        self.language = QToolButton()
        self.language.setMenu(languages)
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.language.setToolTip("Language written")
        self.saved.setToolTip("Keys you did not have to press since this text was opened, thanks to suggestions")
        self.time.setToolTip("Time the engine took for the last suggestions")
        for widget in (self.words, self.saved, self.time, self.language):
            self.addPermanentWidget(widget)
        self.show_words(0)
        self.saved.hide()
        self.time.hide()

    def note(self, sentence: str) -> None:
        """Say something that needs no answer."""
        self.showMessage(sentence, NOTE)

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
