"""How far the tuning is, what it has come to, and the buttons that hold it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.finetuning.curve import Curve
from gui.finetuning.fine_tuning import FineTuning
from gui.languages import name_of

STAGES = {
    "preparing": "Getting ready",
    "measuring": "Measuring the model as it is",
    "learning": "Fine-tuning on your writing",
    "trying": "Measuring what that brought",
}
_STEPS = 1000  # of the bar


class ProgressPage(QWidget):
    """Shows `fine_tuning`; `closed` asks to let it go on in the background."""

    closed = Signal()

    def __init__(self, fine_tuning: FineTuning) -> None:
        super().__init__()
        self._fine_tuning = fine_tuning
        self.stage = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.left = QLabel()
        self.left.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.loss = Curve("Loss: how surprising your words are", lambda value: f"{value:.2f}")
        self.saved = Curve("Keystrokes saved", lambda value: f"{value:.1%}")
        said = QLabel(
            "You can keep writing and close this window: fine-tuning continues in the background. If you close the "
            "app, you can continue it the next time."
        )
        said.setWordWrap(True)
        said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hold = QPushButton("&Pause")
        self.hold.clicked.connect(self._hold)
        self.stop = QPushButton("&Stop …")
        self.stop.clicked.connect(self._stop)
        close = QPushButton("&Close")
        close.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hold)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        buttons.addWidget(close)
        for button in (self.hold, self.stop, close):
            button.setAutoDefault(False)
        curves = QHBoxLayout()
        curves.setSpacing(24)
        curves.addWidget(self.loss)
        curves.addWidget(self.saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(10)
        for widget in (self.stage, self.bar, self.left):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(curves, 1)
        column.addWidget(said)
        column.addLayout(buttons)
        fine_tuning.moved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        fine_tuning = self._fine_tuning
        name = name_of(fine_tuning.language)
        stage = "Paused" if fine_tuning.paused else f"{STAGES.get(fine_tuning.stage, fine_tuning.stage)} …"
        self.stage.setText(f"{name}: {stage}")
        known = fine_tuning.done > 0
        self.bar.setRange(0, _STEPS if known else 0)  # without a range it shows that something goes on
        self.bar.setValue(round(fine_tuning.done * _STEPS) if known else -1)
        self.left.setText("" if fine_tuning.paused else time_left(fine_tuning.left))
        self.hold.setText("&Continue" if fine_tuning.paused else "&Pause")
        last = max(1, len(fine_tuning.losses) - 1)
        self.loss.show_points([(number / last, loss) for number, loss in enumerate(fine_tuning.losses)])
        self.saved.show_points(fine_tuning.saved)

    def _hold(self) -> None:
        (self._fine_tuning.resume if self._fine_tuning.paused else self._fine_tuning.pause)()

    def _stop(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Stop")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText("Stop fine-tuning?")
        box.setInformativeText("What was learned so far can be kept if it already helps.")
        keep = box.addButton("&Keep the best so far", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("Keep &nothing", QMessageBox.ButtonRole.DestructiveRole)
        resume = box.addButton("&Continue", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(resume)
        keep.setEnabled(bool(self._fine_tuning.saved))
        keep.clicked.connect(lambda: self._fine_tuning.stop(keep=True))
        drop.clicked.connect(lambda: self._fine_tuning.stop(keep=False))
        box.finished.connect(box.deleteLater)
        box.open()


def time_left(seconds: float | None) -> str:
    """How long it takes yet, as people say it."""
    if seconds is None:
        return "Time left: not known yet"
    minutes = round(seconds / 60)
    if minutes < 1:
        return "Less than a minute left"
    return "About 1 minute left" if minutes == 1 else f"About {minutes} minutes left"
