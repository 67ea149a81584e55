"""What the tuning did: figures before and after, examples, and whether to keep it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from autocomplete.finetuning.events import Done, End
from autocomplete.finetuning.report import Report
from autocomplete.text.line import LEFT_OUT
from gui.finetuning.curve import Curve
from gui.widgets.tables import Rows, table_view

_FIGURES = 5
_MOST_EXAMPLES = 20
_MOST_WORDS = 40


class ResultPage(QWidget):
    """Shows how a tuning ended; `kept` and `discarded` say what is to become of the model."""

    kept = Signal()
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(self.verdict.font())
        font.setBold(True)
        self.verdict.setFont(font)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.figures = Rows(("", "Before", "Your words", "Fine-tuned"), numbers=(1, 2, 3))
        figures = table_view(self.figures, "Before and after")
        figures.setSelectionMode(figures.SelectionMode.NoSelection)
        figures.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        figures.setMinimumHeight(_FIGURES * figures.verticalHeader().defaultSectionSize() + 40)  # with its header
        self.saved = Curve("Keystrokes saved", lambda value: f"{value:.1%}")
        self.examples = Rows(("Text", "You wrote", "Suggested before", "Suggested now"))
        examples = table_view(self.examples, "Examples where the suggestions changed")
        examples.setTextElideMode(Qt.TextElideMode.ElideLeft)
        letter = examples.fontMetrics().averageCharWidth()
        for number, letters in ((1, 18), (2, 30), (3, 30)):
            examples.setColumnWidth(number, letters * letter)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addWidget(figures, 3)
        top.addWidget(self.saved, 2)
        self._upper = QWidget()
        self._upper.setLayout(top)
        top.setContentsMargins(0, 0, 0, 0)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._upper)
        self._split.addWidget(examples)
        self.keep = QPushButton("&Keep")
        self.keep.clicked.connect(self.kept)
        self.discard = QPushButton("&Discard")
        self.discard.clicked.connect(self.discarded)
        self.discard.setAutoDefault(False)
        self.keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.verdict)
        column.addWidget(self.about)
        column.addWidget(self._split, 1)
        column.addWidget(self.words)
        column.addLayout(buttons)

    def show_end(self, end: End) -> None:
        """Show how it ended: with a model, or with a sentence why there is none."""
        done = isinstance(end, Done)
        for widget in (self.about, self._split, self.words):
            widget.setVisible(done)
        helped = isinstance(end, Done) and end.report.helped
        self.discard.setVisible(helped)
        self.keep.setText("&Keep" if helped else "&Close")
        if isinstance(end, Done):
            self._show_report(end.report)
        else:
            self.verdict.setText(end.reason)
        self.keep.setFocus()

    def _show_report(self, report: Report) -> None:
        self.verdict.setText(report.reason if report.helped else f"{report.reason} It is not used.")
        minutes = max(1, round(report.seconds / 60))
        self.about.setText(
            f"Learned from {report.words:,} words in {minutes} {'minute' if minutes == 1 else 'minutes'}; measured on "
            f"the newest {report.words_aside:,} words, which it did not learn from."
        )
        stages = (report.before, report.with_words, report.after)
        self.figures.show_rows(
            [
                ("Keystrokes saved", *(f"{stage.ksr:.1%}" for stage in stages)),
                ("Next word is first", *(f"{stage.hit1:.1%}" for stage in stages)),
                ("Next word among three", *(f"{stage.hit3:.1%}" for stage in stages)),
                ("Bits per character", f"{stages[0].bpc:.3f}", "", f"{stages[2].bpc:.3f}"),
                ("… in other text", _bits(report.base_before), "", _bits(report.base_after)),
            ]
        )
        last = max((point.epochs for point in report.curve), default=1.0) or 1.0
        points = [(0.0, report.with_words.ksr), *((point.epochs / last, point.ksr) for point in report.curve)]
        self.saved.show_points(points, report.with_words.ksr)
        self.examples.show_rows(
            [
                (e.text.replace(LEFT_OUT, "…").strip(), e.word, " · ".join(e.before), " · ".join(e.after))
                for e in report.examples[:_MOST_EXAMPLES]
            ]
        )
        named = ", ".join(report.new_words[:_MOST_WORDS])
        self.words.setText(f"Newly suggested words: {named}." if named else "")
        self.words.setVisible(bool(named))


def _bits(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3f}"
