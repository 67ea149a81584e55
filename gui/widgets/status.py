"""The line at the bottom: notes, words, keystrokes saved, answer time and language."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from autocomplete.session.tally import Tally

NOTE = 10_000  # milliseconds a note stays
_BETWEEN = 8  # pixels from one thing to the next


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
        self.language.setToolTip("Language you write in")
        self.saved.setToolTip("Keystrokes that suggestions saved since this text was opened")
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
        self.incognito.setToolTip("Nothing you write in this window is learned")
        self._private = False
        self.fine_tuning = QToolButton()
        self.fine_tuning.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fine_tuning.setToolTip("Show the progress")
        for widget in (self.undo, self.incognito, self.fine_tuning, self.words, self.saved, self.time, self.language):
            self.addPermanentWidget(widget)
        self.show_words(0)

    def note(self, sentence: str, back: Callable[[], None] | None = None) -> None:
        """Say something that needs no answer; `back` is what a button beside it undoes."""
        self._back = back
        self.showMessage(sentence, NOTE)
        self._arrange()

    def show_incognito(self, on: bool) -> None:
        self._private = on
        self._arrange()

    def show_words(self, count: int) -> None:
        self._show(self.words, "1 word" if count == 1 else f"{count:,} words")

    def show_tally(self, tally: Tally) -> None:
        many = "keystroke" if tally.saved == 1 else "keystrokes"
        self._show(self.saved, f"{tally.saved:,} {many} saved · {tally.share:.0%}" if tally.saved else "")

    def show_time(self, milliseconds: float | None) -> None:
        """Say how long the last answer took; None: there is none."""
        figure = "" if milliseconds is None else f"{milliseconds:.0f} ms"
        self._show(self.time, "< 1 ms" if figure == "0 ms" else figure)

    def show_language(self, name: str) -> None:
        self._show(self.language, name)
        self.language.setAccessibleName(f"Language you write in: {name}")

    def show_fine_tuning(self, said: str) -> None:
        """Say how far the training in the background is; "" when there is none."""
        self._show(self.fine_tuning, said)

    def _show(self, widget: QLabel | QToolButton, text: str) -> None:
        if widget.text() != text:
            widget.setText(text)
            self._arrange()

    def _arrange(self) -> None:
        """Show what there is room for: first what can be done, figures last."""
        note = self.currentMessage()
        room = self.width() - (self.fontMetrics().horizontalAdvance(note) + 2 * _BETWEEN if note else 0)
        for widget, wanted in (
            (self.undo, self._back is not None),
            (self.incognito, self._private),
            (self.fine_tuning, bool(self.fine_tuning.text())),
            (self.language, True),
            (self.words, True),
            (self.saved, bool(self.saved.text())),
            (self.time, bool(self.time.text())),
        ):
            room -= widget.sizeHint().width() + _BETWEEN if wanted else 0
            widget.setVisible(wanted and (room >= 0 or widget in (self.undo, self.incognito)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _on_message(self, sentence: str) -> None:
        if not sentence:
            self._back = None
        self._arrange()

    def _take_back(self) -> None:
        back, self._back = self._back, None
        self._arrange()
        if back is not None:
            back()
