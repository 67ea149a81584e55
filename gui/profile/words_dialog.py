"""“My words…”: all that was learned, to look through, to change and to forget."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

import autocomplete
from autocomplete.profile.listing import LearnedDocument, LearnedWord
from gui.profile.documents_page import DocumentsPage
from gui.profile.keeping_page import KeepingPage
from gui.profile.service import NONE, READ_ONLY, Change, ProfileService
from gui.profile.words_page import WordsPage

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile

_SOON = 300  # milliseconds after the last paragraph learned
_Contents = tuple[list[LearnedWord], list[LearnedDocument]]


class WordsDialog(QDialog):
    """Shows what the profile of `service` holds, and follows it; `language` is that of words that are added.

    `busy`: whether a tuning is at work in the profile.
    """

    def __init__(self, parent: QWidget, service: ProfileService, language: str, busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        self.setWindowTitle("My words")
        self._service = service
        self.words = WordsPage(language)
        self.documents = DocumentsPage()
        self.keeping = KeepingPage(service, busy)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page, name in ((self.words, "Words"), (self.documents, "Documents"), (self.keeping, "Profile")):
            self.tabs.addTab(page, name)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.undo = QPushButton("&Undo")
        self.undo.setAutoDefault(False)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._undo)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 14)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.undo)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addLayout(row)
        self.resize(760, 560)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.refresh)
        self.words.wanted.connect(self._change)
        self.documents.wanted.connect(self._change)
        self.keeping.noted.connect(self.say)
        self.keeping.failed.connect(self.say)
        service.learned.connect(self._on_learned)
        service.changed.connect(self.refresh)
        service.settled.connect(self.refresh)
        self.words.search.setFocus()
        self.say("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def say(self, sentence: str) -> None:
        """Say what was done; "": how much there is."""
        self._idle = not sentence
        self.said.setText(sentence or self._summary())

    def _summary(self) -> str:
        if self._service.profile is None:
            return NONE
        total = f"{self.words.table.total:,} words"
        return total if self._service.learns else f"{total}. {READ_ONLY}"

    def refresh(self) -> None:
        """Show what the profile holds now; it is read in the background."""
        if not self.isVisible():
            return
        self.keeping.refresh()
        if self._service.profile is None:
            self._show(([], []))
        else:
            self._service.ask(_contents, self._show, self.say)

    def _show(self, contents: _Contents) -> None:
        words, documents = contents
        self.words.show_profile(words, documents, self._service.learns)
        self.documents.show_documents(documents, self._service.learns)
        if self._idle:
            self.say("")

    def _on_learned(self) -> None:
        self._soon.start()

    def _change(self, change: Change, sentence: str) -> None:
        def done(_result: object) -> None:
            self.undo.setEnabled(True)
            self.say(sentence)

        self._service.change(change, done, self.say)

    def _undo(self) -> None:
        def done(undone: object) -> None:
            self.undo.setEnabled(undone is not None)
            self.say(f"Undone: {undone}." if undone else "There is nothing more to undo.")

        self._service.change(lambda profile: profile.undo(), done, self.say)

    def _find(self) -> None:
        self.tabs.setCurrentWidget(self.words)
        self.words.search.setFocus()
        self.words.search.selectAll()


def _contents(profile: "Profile") -> _Contents:
    """The words of all languages, and the documents."""
    found = [word for language in autocomplete.languages() for word in profile.words(language)]
    words = [word for word in found if word.count or word.added]
    # A word that is only banned is of no language, and listed in each.
    banned = {word.text: word for word in reversed(found)}
    for word in words:
        banned.pop(word.text, None)
    return [*words, *banned.values()], profile.documents()
