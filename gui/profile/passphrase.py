"""The questions for a passphrase: to open a sealed profile, and to seal one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

_WARNING = "Nobody can open the profile without the passphrase. If you forget it, what was learned is lost."


class PassphraseDialog(QDialog):
    """Asks for a passphrase; `given` has it. With `new`, it is asked for twice."""

    given = Signal(str)

    def __init__(self, parent: QWidget, problem: str = "", new: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("New passphrase" if new else "Your profile is encrypted")
        self._new = new
        said = QLabel(_WARNING if new else problem or "Enter its passphrase to use what was learned from your writing.")
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        self.field = _secret("Passphrase")
        self.again = _secret("Repeat the passphrase")
        form = QFormLayout()
        form.addRow("&Passphrase", self.field)
        if new:
            form.addRow("&Repeat it", self.again)
        self.hint = QLabel()
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        if not new:
            self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Open")
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Continue without it")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(said)
        column.addLayout(form)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)
        self.setMinimumWidth(420)
        self.field.textChanged.connect(self._check)
        self.again.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        passphrase = self.field.text()
        super().accept()
        self.given.emit(passphrase)

    def _check(self) -> None:
        same = not self._new or self.field.text() == self.again.text()
        self.hint.setText("" if same or not self.again.text() else "The two passphrases differ.")
        self.hint.setVisible(self._new)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.field.text()) and same)


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
