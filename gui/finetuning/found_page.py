"""Choosing what to learn from: files and folders, what was found in them, and whose words they are."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from autocomplete.finetuning.options import FEWEST_WORDS
from autocomplete.importers import Found, Options, sum_up
from autocomplete.text.words import WORD
from gui.editor.page import has_files
from gui.finetuning.gathering import Gathering
from gui.languages import name_of
from gui.widgets.tables import Rows, Wrapping, table_view
from gui.widgets.word_table import day

_COLUMNS = ("File", "Kind", "Words", "Language", "Dates", "Left out and problems")
_STEPS = 1000  # of the bar
_FITTED = 200  # rows


class FoundPage(QWidget):
    """Collects paths, shows what `gathering` finds there; `started` has the language and what was found."""

    started = Signal(str, object)

    def __init__(self, gathering: Gathering) -> None:
        super().__init__()
        self._gathering = gathering
        self._paths: list[Path] = []
        self._found: list[Found] = []
        self._words: Counter[str] = Counter()  # words to learn from, by language
        self._known: Counter[str] = Counter()  # words the profile holds already, by language
        self.setAcceptDrops(True)
        self.drop = _DropHere()
        self.drop.files.clicked.connect(self._choose_files)
        self.drop.folder.clicked.connect(self._choose_folder)
        self.table = Rows(_COLUMNS, numbers=(2,))
        self.view = table_view(self.table, "What was found", wide=5)
        letter = self.view.fontMetrics().averageCharWidth()
        for number, letters in enumerate((26, 17, 12, 16, 24)):
            self.view.setColumnWidth(number, letters * letter)
        self.view.setWordWrap(True)
        self.view.setItemDelegate(Wrapping(self.view))
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit_rows)
        # The last column also gives way to a scroll bar, which comes when the rows are higher.
        self.view.horizontalHeader().sectionResized.connect(lambda *_: self._fit_soon.start())
        self.me = QLineEdit()
        self.me.setPlaceholderText("Your names or addresses in mail and chats, separated by commas")
        self.me.setAccessibleName("Which of these is you?")
        self.me.editingFinished.connect(self._on_me)
        self._asked_as = ""
        self.people = QMenu(self)
        self.pick = QPushButton("&Names found")
        self.pick.setMenu(self.people)
        self.column = QComboBox()
        self.column.setAccessibleName("Column with your text")
        self.column.activated.connect(self._read)
        self._whose = _row(QLabel("&Which of these is you?"), self.me, self.pick)
        self._where = _row(QLabel("&Which column holds your text?"), self.column)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Files read")
        self.cancel = QPushButton("Cancel")
        self.cancel.clicked.connect(self._cancel)
        self._reading = _row(QLabel("Reading …"), self.bar, self.cancel)
        self.total = QLabel()
        self.total.setWordWrap(True)
        self.language = QComboBox()
        self.language.setAccessibleName("Language to fine-tune")
        self.language.currentIndexChanged.connect(self._count)
        self.start = QPushButton("&Start")
        self.start.clicked.connect(self._start)
        bottom = QHBoxLayout()
        bottom.addWidget(self.total, 1)
        bottom.addWidget(self.language)
        bottom.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.drop)
        column.addWidget(self.view, 1)
        for widget in (self._whose, self._where, self._reading):
            column.addWidget(widget)
        column.addLayout(bottom)
        for button in (self.pick, self.cancel, self.start, self.drop.files, self.drop.folder):
            button.setAutoDefault(False)
        gathering.advanced.connect(lambda share: self.bar.setValue(round(share * _STEPS)))
        gathering.found.connect(self._show)
        gathering.failed.connect(self._on_failed)
        self._fill_languages()
        self._arrange()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read these, too."""
        self._paths = list(dict.fromkeys([*self._paths, *paths]))
        self._read()

    def know(self, words: dict[str, int]) -> None:
        """How many words the profile holds already, by language."""
        self._known = Counter(words)
        self._fill_languages()

    def clear(self) -> None:
        """Begin with nothing."""
        self._paths = []
        self._show([])

    # -- reading

    def _read(self) -> None:
        me = tuple(name.strip() for name in self.me.text().split(",") if name.strip())
        self._asked_as = self.me.text()
        chosen = self.column.currentText() if self.column.currentIndex() > 0 else None
        self.bar.setValue(0)
        self._gathering.begin(self._paths, Options(me, chosen))
        self._arrange()

    def _cancel(self) -> None:
        self._gathering.cancel()
        read = {found.path for found in self._found}
        self._paths = [path for path in self._paths if path in read]
        self._arrange()

    def _on_failed(self, sentence: str) -> None:
        self._arrange()
        self.total.setText(sentence)

    def _show(self, found: list[Found]) -> None:
        self._found = found
        self.table.show_rows([_described(one) for one in found])
        self._fit_rows()
        self.people.clear()
        for name in dict.fromkeys(name for one in found for name in one.people):
            entry = self.people.addAction(name.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, name=name: self._add_me(name))
        chosen = self.column.currentText()
        self.column.clear()
        self.column.addItem("Choose …")
        self.column.addItems(list(dict.fromkeys(name for one in found for name in one.columns)))
        self.column.setCurrentIndex(max(0, self.column.findText(chosen)))
        self._fill_languages()
        self._arrange()

    def _fit_rows(self) -> None:
        """Give problems the lines they need, unless there are so many files that this would take time."""
        if len(self._found) <= _FITTED:
            self.view.resizeRowsToContents()

    def _add_me(self, name: str) -> None:
        before = self.me.text().strip().rstrip(",")
        self.me.setText(f"{before}, {name}" if before else name)
        self._read()

    def _on_me(self) -> None:
        if self.me.text() != self._asked_as:
            self._read()

    # -- what is on show

    def _arrange(self) -> None:
        reading = self._gathering.working
        self._reading.setVisible(reading)
        self._whose.setVisible(bool(self.people.actions()) or bool(self.me.text()))
        self._where.setVisible(self.column.count() > 1)
        self._count()

    def _fill_languages(self) -> None:
        words = Counter(self._known)
        for one in self._found:
            for line in one.lines:
                words[line.language] += sum(1 for _ in WORD.finditer(line.text))
        self._words = words
        chosen = self.language.currentData()
        self.language.clear()
        for code, _ in words.most_common():
            self.language.addItem(name_of(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(chosen)))
        self.language.setVisible(self.language.count() > 1)
        self._count()

    def _count(self) -> None:
        code = self.language.currentData()
        words = self._words[code] if code else 0
        if not self._paths and not words:
            self.total.setText(
                f"At least {FEWEST_WORDS} of your own words are needed; ten thousand or more are better."
            )
        elif self._found and not words:
            self.total.setText(f"Nothing was found to learn from. {sum_up(self._found)}")
        elif words < FEWEST_WORDS:
            self.total.setText(f"{words:,} of the {FEWEST_WORDS} words that are needed. Add more of your writing.")
        else:
            name = name_of(code)
            known = self._known[code]
            some = f", {known:,} of them learned before" if known else ""
            learned = ", all learned before" if known == words else some
            self.total.setText(f"{words:,} words of yours in {name}{learned}.")
        self.start.setEnabled(words >= FEWEST_WORDS and not self._gathering.working)

    # -- what people do

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Files with your writing", str(Path.home()))
        if names:
            self.add_paths([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Folder with your writing", str(Path.home()))
        if name:
            self.add_paths([Path(name)])

    def _start(self) -> None:
        self.started.emit(self.language.currentData(), self._found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class _DropHere(QWidget):
    """A place to drop files on, with the buttons that do the same."""

    def __init__(self) -> None:
        super().__init__()
        said = QLabel("Drop files or folders with your writing here: texts, documents, mail, chats.")
        said.setWordWrap(True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.files = QPushButton("Choose &files …")
        self.folder = QPushButton("Choose a f&older …")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(said)
        column.addLayout(row)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


def _row(label: QLabel, *widgets: QWidget) -> QWidget:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(label)
    for number, widget in enumerate(widgets):
        box.addWidget(widget, 0 if number else 1)
    label.setBuddy(widgets[0])
    return row


def _described(found: Found) -> tuple[str, ...]:
    """A file as a row of the table."""
    first, last = day(found.first), day(found.last)
    left_out = ", ".join(f"{count:,} × {reason}" for reason, count in found.left_out.items())
    problem = found.problem.replace(str(found.path), found.path.name).rstrip(".")
    return (
        found.path.name,
        found.kind,
        f"{found.words:,}" if found.words else "",
        name_of(found.language),
        first if first == last else f"{first} – {last}",
        ". ".join(filter(None, (problem, left_out))),
    )
