"""What all tables of the dialogs have in common."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

_LETTERS = 16  # that every column has room for
_BESIDE = 32  # pixels of a cell beside its text (see `theme`)
_ABOVE = 10  # above and below it
_TALLEST = 10_000
_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """A table of texts as it was given; the columns of `numbers` stand at the right. A text is its own tool tip."""

    def __init__(self, columns: Sequence[str], numbers: Sequence[int] = ()) -> None:
        super().__init__()
        self._columns = columns
        self._numbers = numbers
        self._rows: Sequence[tuple[str, ...]] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> tuple[str, ...]:
        return self._rows[number]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def table_view(model: QAbstractItemModel, name: str, wide: int = 0) -> QTableView:
    """A table of rows to choose from; `wide` is the column that has what room is left."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)  # Tab goes on to the buttons
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 12)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(_LETTERS * view.fontMetrics().averageCharWidth())  # the wide column in a narrow window
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    return view


class Wrapping(QStyledItemDelegate):
    """Asks for the height of all lines of a text. Qt forgets that the style leaves room at both sides of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        view = option.widget
        if not isinstance(view, QTableView):
            return hint
        room = QRect(0, 0, view.columnWidth(index.column()) - _BESIDE, _TALLEST)
        lines = view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(hint.width(), max(view.verticalHeader().defaultSectionSize(), lines.height() + _ABOVE))


def chosen_rows(view: QTableView) -> list[int]:
    """The rows that are selected, from the top."""
    return sorted(index.row() for index in view.selectionModel().selectedRows())
