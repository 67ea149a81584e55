"""The page of documents: what was learned from where, to be forgotten as a whole."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from autocomplete.profile.listing import LearnedDocument
from gui.languages import name_of
from gui.widgets.tables import Rows, chosen_rows, table_view
from gui.widgets.word_table import day

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile

_COLUMNS = ("Document", "Words learned", "First", "Last", "Language")


class DocumentsPage(QWidget):
    """Shows the documents it is given; `wanted` asks for a change of the profile and says what it did."""

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._documents: list[LearnedDocument] = []
        self._writable = True
        self.table = Rows(_COLUMNS, numbers=(1, 2, 3))
        self.view = table_view(self.table, "Documents learned from")
        letter = self.view.fontMetrics().averageCharWidth()
        for column, letters in enumerate((0, 23, 19, 19, 17)):
            self.view.setColumnWidth(column, letters * letter)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.forget = QPushButton("&Forget this document")
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._forget)
        row = QHBoxLayout()
        row.addWidget(self.forget)
        row.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 14, 16, 12)
        column_.setSpacing(10)
        column_.addWidget(self.view, 1)
        column_.addLayout(row)
        self._on_selection()

    def show_documents(self, documents: list[LearnedDocument], writable: bool) -> None:
        self._documents = documents
        self._writable = writable
        self.table.show_rows(
            [
                (
                    document.title or document.id,
                    f"{document.words:,}",
                    day(document.first),
                    day(document.last),
                    name_of(document.language),
                )
                for document in documents
            ]
        )
        self._on_selection()

    def _on_selection(self) -> None:
        self.forget.setEnabled(self._writable and bool(chosen_rows(self.view)))

    def _forget(self) -> None:
        chosen = [self._documents[row] for row in chosen_rows(self.view)]

        def forget(profile: "Profile") -> None:
            for document in chosen:
                profile.forget_document(document.id)

        title = chosen[0].title or chosen[0].id
        said = f"What was learned from “{title}” is" if len(chosen) == 1 else f"{len(chosen)} documents are"
        self.wanted.emit(forget, f"{said} forgotten.")
