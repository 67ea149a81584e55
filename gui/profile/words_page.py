"""The page of words: look for one, and add, change, forget or ban it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

import autocomplete
from autocomplete.profile.listing import LearnedDocument, LearnedWord
from gui.languages import name_of
from gui.profile.service import Change
from gui.widgets.tables import chosen_rows, table_view
from gui.widgets.word_table import COLUMNS, KIND, LANGUAGE, LAST, TIMES, WordTable

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile

_MOST_DOCUMENTS = 30  # in the menu; the newest


class WordsPage(QWidget):
    """Shows the words it is given; `wanted` asks for a change of the profile and says what it did."""

    wanted = Signal(object, str)

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language  # of words that are added
        self._words: list[LearnedWord] = []
        self.table = WordTable()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName("Search words")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.language = QComboBox()
        self.language.setAccessibleName("Language")
        self.language.addItem("All languages", "")
        for code in autocomplete.languages():
            self.language.addItem(name_of(code), code)
        self.language.currentIndexChanged.connect(self._fill)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.language)
        self.view = table_view(self.table, "My words")
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(TIMES, self.view.horizontalHeader().sortIndicatorOrder().DescendingOrder)
        letter = self.view.fontMetrics().averageCharWidth()
        for column, letters in ((TIMES, 22), (LAST, 20), (KIND, 22), (LANGUAGE, 16)):
            self.view.setColumnWidth(column, max(letters, len(COLUMNS[column]) + 4) * letter)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.documents = QMenu(self)
        self.add = self._button("&Add …", self._add)
        self.edit = self._button("&Edit …", self._edit)
        self.forget = self._button("&Forget", self._forget)
        self.forget.setToolTip("Forget it everywhere (Del)")
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.forget.click)
        self.forget_in = QPushButton("Forget &in")
        self.forget_in.setMenu(self.documents)
        self.never = self._button("Never &suggest", self._never)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add, self.edit, self.forget, self.forget_in, self.never):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 14, 16, 12)
        column_.setSpacing(10)
        column_.addLayout(top)
        column_.addWidget(self.view, 1)
        column_.addLayout(row)
        self._writable = True
        self._on_selection()

    def show_profile(self, words: list[LearnedWord], documents: list[LearnedDocument], writable: bool) -> None:
        """Show `words` of all languages; `documents` are those that one can be forgotten in."""
        self._words = words
        self._writable = writable
        self.documents.clear()
        for document in documents[:_MOST_DOCUMENTS]:
            title = (document.title or document.id).replace("&", "&&")
            self.documents.addAction(title).triggered.connect(lambda _=False, id_=document.id: self._forget_in(id_))
        self._fill()

    def _fill(self) -> None:
        code = self.language.currentData()
        chosen = {(word.text, word.language) for word in self._chosen()}
        self.table.show_words([word for word in self._words if code in ("", word.language)])
        self._on_search()
        for row in range(self.table.rowCount() if chosen else 0):
            word = self.table.word(row)
            if (word.text, word.language) in chosen:
                self.view.selectRow(row)
                break
        self._on_selection()

    def _on_search(self) -> None:
        self.table.search(self.search.text())
        self._on_selection()

    def _chosen(self) -> list[LearnedWord]:
        return [self.table.word(row) for row in chosen_rows(self.view)]

    def _on_selection(self) -> None:
        chosen = self._chosen()
        banned = bool(chosen) and all(word.never for word in chosen)
        self.never.setText("&Suggest again" if banned else "Never &suggest")
        self.add.setEnabled(self._writable)
        self.edit.setEnabled(self._writable and len(chosen) == 1)
        for button in (self.forget, self.forget_in, self.never):
            button.setEnabled(self._writable and bool(chosen))

    # -- what people do

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(slot)
        return button

    def _add(self) -> None:
        word, given = QInputDialog.getText(self, "Add a word", "New word to suggest:")
        code = self.language.currentData()
        language = code or self._language
        if given and word.strip():
            self._want(lambda profile: profile.add_word(word.strip(), language), f"“{word.strip()}” was added.")

    def _edit(self) -> None:
        (old,) = self._chosen()
        word, given = QInputDialog.getText(self, "Edit a word", "New spelling:", text=old.text)
        new = word.strip()
        if given and new and new != old.text:
            self._want(
                lambda profile: profile.edit_word(old.text, new, old.language), f"“{old.text}” is now “{new}”."
            )

    def _forget(self) -> None:
        words = [word.text for word in self._chosen()]

        def forget(profile: "Profile") -> None:
            for word in words:
                profile.forget_word(word)

        self._want(forget, f"{_named(words)} forgotten.")

    def _forget_in(self, document: str) -> None:
        words = [word.text for word in self._chosen()]

        def forget(profile: "Profile") -> None:
            for word in words:
                profile.forget_word(word, document)

        self._want(forget, f"{_named(words)} forgotten in this document.")

    def _never(self) -> None:
        chosen = self._chosen()
        words = [word.text for word in chosen]
        again = all(word.never for word in chosen)

        def change(profile: "Profile") -> None:
            for word in words:
                (profile.allow if again else profile.never_offer)(word)

        self._want(change, f"{_named(words)} {'suggested again' if again else 'never suggested'}.")

    def _want(self, change: Change, sentence: str) -> None:
        self.wanted.emit(change, sentence)


def _named(words: list[str]) -> str:
    return f"“{words[0]}” is" if len(words) == 1 else f"{len(words):,} words are"
