"""The words of a profile as a table: searched and sorted in one go, so that tens of thousands stay quick."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt

from autocomplete.profile.listing import LearnedWord
from autocomplete.text.folding import fold
from gui.languages import name_of

COLUMNS = ("Word", "Times used", "Last used", "Kind", "Language")
WORD, TIMES, LAST, KIND, LANGUAGE = range(5)
_KEYS: tuple[Callable[[LearnedWord], Any], ...] = (
    lambda word: (fold(word.text), word.text),
    lambda word: used(word),
    lambda word: word.last_used,
    lambda word: kind(word),
    lambda word: word.language,
)
_Index = QModelIndex | QPersistentModelIndex


def used(word: LearnedWord) -> int:
    """How often it was written; one that was only added counts for more, but was never used."""
    return word.count if word.last_used else 0


def kind(word: LearnedWord) -> str:
    """What is special about a word; "" where nothing is."""
    if word.never:
        return "never suggested"
    if word.added:
        return "added by you"
    return "new" if word.new else ""


def day(time: float) -> str:
    """A time in seconds since the epoch as people write a date; "" for none."""
    when = QDateTime.fromSecsSinceEpoch(int(time))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat) if time else ""


class WordTable(QAbstractTableModel):
    """Those of the words that hold what is searched for, in the order asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[LearnedWord] = ()
        self._folded: list[str] = []
        self._shown: list[LearnedWord] = []
        self._search = ""
        self._column, self._order = TIMES, Qt.SortOrder.DescendingOrder

    def show_words(self, words: Sequence[LearnedWord]) -> None:
        self._all = words
        self._folded = [fold(word.text) for word in words]
        self._arrange()

    def search(self, text: str) -> None:
        """Show the words that hold `text`, whatever the case and accents."""
        self._search = fold(text.strip())
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self._arrange()

    def word(self, row: int) -> LearnedWord:
        return self._shown[row]

    @property
    def total(self) -> int:
        """How many words there are, shown or not."""
        return len(self._all)

    def _arrange(self) -> None:
        self.beginResetModel()
        wanted = self._search
        found = [word for word, folded in zip(self._all, self._folded, strict=True) if wanted in folded]
        found.sort(key=_KEYS[WORD])  # within equal ones by the alphabet, whatever the direction
        found.sort(key=_KEYS[self._column], reverse=self._order == Qt.SortOrder.DescendingOrder)
        self._shown = found
        self.endResetModel()

    # -- what Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        word = self._shown[index.row()]
        return (
            word.text,
            f"{used(word):,}" if used(word) else "",
            day(word.last_used),
            kind(word),
            name_of(word.language),
        )[index.column()]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (TIMES, LAST) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
