"""The page about the profile as a whole: passphrase, a copy to keep or carry elsewhere, and deleting it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from autocomplete.errors import Error, PassphraseError
from gui.languages import name_of
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ProfileService
from gui.widgets.background import Task
from gui.widgets.word_table import day

if TYPE_CHECKING:
    from autocomplete.profile.listing import Preview
    from autocomplete.profile.profile import Profile

_KINDS = "Profiles (*.profile);;All files (*)"
_BUSY = "Fine-tuning is running in the background; stop it first, under Personal → Fine-tune on my writing."
_SEALED = "Everything that was learned is encrypted with your passphrase."
_OPEN = "Anyone who can read your files can read what was learned. A passphrase encrypts it."


class KeepingPage(QWidget):
    """Acts on the profile of `service`; `noted` says what was done, `failed` what was not.

    `busy`: whether a tuning is at work in the profile, which must not be taken from under it.
    """

    noted = Signal(str)
    failed = Signal(str)

    def __init__(self, service: ProfileService, busy: Callable[[], bool]) -> None:
        super().__init__()
        self._service = service
        self._busy = busy
        self.sealing = _text("")
        self.place = _text("")
        self.set = _button("Set a &passphrase …", self._set)
        self.unset = _button("&Remove the passphrase", self._unset)
        self.export = _button("E&xport …", self._export)
        self.import_ = _button("&Import …", self._import)
        self.delete = _button("&Delete everything …", self._delete)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        rows: tuple[tuple[QLabel, tuple[QPushButton, ...]], ...] = (
            (self.sealing, (self.set, self.unset)),
            (_text("Everything that was learned in one file, as a backup or for another computer."), (self.export,)),
            (_text("Replace this profile with an exported one."), (self.import_,)),
            (_text("Delete everything that was learned, and the fine-tuned models."), (self.delete,)),
        )
        line = 0
        for said, buttons in rows:
            grid.addWidget(said, line, 0, len(buttons), 1, Qt.AlignmentFlag.AlignTop)
            for button in buttons:
                grid.addWidget(button, line, 1)
                line += 1
            grid.setRowMinimumHeight(line, 8)
            line += 1
        grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 12)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(self.place)
        self.refresh()

    def refresh(self) -> None:
        profile, writable = self._service.profile, self._service.learns
        sealed = profile is not None and profile.sealed
        self.sealing.setText(_SEALED if sealed else _OPEN)
        self.set.setText("Change the &passphrase …" if sealed else "Set a &passphrase …")
        self.unset.setVisible(sealed)
        for button in (self.set, self.unset, self.import_, self.delete):
            button.setEnabled(writable)
        self.export.setEnabled(profile is not None)
        self.place.setText(f"Your profile is in {profile.folder}." if profile else "")

    def _held(self) -> bool:
        if self._busy():
            self.failed.emit(_BUSY)
        return self._busy()

    # -- passphrase

    def _set(self) -> None:
        if self._held():
            return
        dialog = PassphraseDialog(self, new=True)
        dialog.given.connect(lambda new: self._seal(new, "The profile is encrypted with the new passphrase."))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _unset(self) -> None:
        if self._held():
            return
        self._seal(None, "The profile no longer has a passphrase.")

    def _seal(self, passphrase: str | None, sentence: str) -> None:
        self._service.change(
            lambda profile: profile.set_passphrase(passphrase), lambda _: self.noted.emit(sentence), self.failed.emit
        )

    # -- a copy

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export", str(Path.home() / "autocomplete.profile"), _KINDS)
        if not name:
            return

        def export(profile: "Profile") -> object:
            from autocomplete.profile.archive import export_profile

            return export_profile(profile, name, replace=True)  # the file dialog has asked

        self._service.ask(export, lambda _: self.noted.emit(f"Exported to {Path(name).name}."), self.failed.emit)

    def _import(self) -> None:
        if self._held():
            return
        name, _ = QFileDialog.getOpenFileName(self, "Import", str(Path.home()), _KINDS)
        if name:
            self._look_into(Path(name), None)

    def _look_into(self, path: Path, passphrase: str | None) -> None:
        from autocomplete.profile.archive import preview

        task = Task(lambda: preview(path, passphrase))
        task.done.connect(lambda found: self._offer(path, found, passphrase))
        task.failed.connect(lambda sentence: self._on_problem(path, sentence, task.error))
        task.begin()

    def _on_problem(self, path: Path, sentence: str, error: Error | None) -> None:
        if isinstance(error, PassphraseError):
            self._ask_passphrase(path, sentence)
        else:
            self.failed.emit(sentence)

    def _offer(self, path: Path, found: "Preview", passphrase: str | None) -> None:
        if found.sealed and passphrase is None:
            self._ask_passphrase(path, f"{path.name} is encrypted. Enter the passphrase it was exported with.")
            return
        question = f"Use {path.name} as your profile?"
        if _ask(self, question, f"{described(found)} What was learned here so far is deleted.", "Import"):
            self._replace(path, passphrase)

    def _ask_passphrase(self, path: Path, sentence: str) -> None:
        dialog = PassphraseDialog(self, sentence)
        dialog.given.connect(lambda passphrase: self._look_into(path, passphrase))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _replace(self, path: Path, passphrase: str | None) -> None:
        def swap(profile: "Profile") -> None:
            from autocomplete.profile.archive import import_profile

            profile.close()
            import_profile(path, profile.folder, passphrase, replace=True)

        self._service.replace(swap, passphrase, self.failed.emit)
        self.noted.emit(f"Importing {path.name} …")

    # -- the end of it

    def _delete(self) -> None:
        if self._held():
            return
        if _ask(self, "Delete everything that was learned?", "This cannot be undone.", "Delete"):
            self._service.replace(lambda profile: profile.delete(), None, self.failed.emit)
            self.noted.emit("Everything that was learned is deleted.")


def described(found: "Preview") -> str:
    """What an export holds, in a sentence or two."""
    words = ", ".join(f"{count:,} in {name_of(code)}" for code, count in found.words.items())
    documents = "1 document" if found.documents == 1 else f"{found.documents:,} documents"
    models = {0: "", 1: " and a fine-tuned model"}.get(found.models, f" and {found.models} fine-tuned models")
    if not words:
        return f"It holds no words yet{models}."
    span = f", from {day(found.first)} to {day(found.last)}" if found.first and found.last else ""
    return f"It holds words from {documents} ({words}){span}{models}."


def _ask(parent: QWidget, question: str, more: str, action: str) -> bool:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle("Your profile")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    do = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is do


def _text(said: str) -> QLabel:
    label = QLabel(said)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    return label


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
