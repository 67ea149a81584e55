"""The file behind the text: opening, saving, and the question before unsaved text would be lost."""

import uuid
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from autocomplete.errors import TextError
from gui import files
from gui.dialogs import Unsaved, ask_unsaved
from gui.editor import Editor
from gui.recovery import Snapshot
from gui.settings import FOLDER, RECENT, Settings

RECENT_KEPT = 10
_KINDS = "Text files (*.txt *.md *.markdown *.rst *.org *.tex *.log);;All files (*)"


class Document(QObject):
    """What is being written, as a file. Failures and notes go out as sentences."""

    renamed = Signal()
    filed = Signal(str)  # it got its first file; what its identity was before
    noted = Signal(str)
    failed = Signal(str)

    def __init__(self, editor: Editor, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._settings = settings
        self._window = window
        self._form = files.Format()
        self._mark = uuid.uuid4().hex
        self.path: Path | None = None

    @property
    def identity(self) -> str:
        """Tells this text from others: where its file is, or a mark of its own while it has none."""
        return str(self.path) if self.path else self._mark

    @property
    def name(self) -> str:
        return self.path.name if self.path else "Untitled"

    @property
    def modified(self) -> bool:
        return self._editor.document().isModified()

    # -- what people ask for

    def new(self) -> None:
        """Begin an empty text."""
        if self.may_go():
            self._become(None, "", files.Format())

    def choose(self) -> None:
        """Ask for a file and open it."""
        if not self.may_go():
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), _KINDS)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Show the file at `path` in place of the text; the caller has asked `may_go`."""
        try:
            file = files.read(path)
        except TextError as error:
            self.failed.emit(str(error))
            return False
        self._become(path.absolute(), file.text, file.form)
        self._remember(path.absolute())
        if file.note:
            self.noted.emit(file.note)
        return True

    def save(self) -> bool:
        """Save where the text came from, or ask where; false when it was not saved."""
        return self._write(self.path) if self.path else self.save_as()

    def save_as(self) -> bool:
        start = self.path or Path(self._folder()) / "Untitled.txt"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", str(start), _KINDS)
        return self._write(Path(name).absolute()) if name else False

    def may_go(self) -> bool:
        """Whether the text may be given up: it is saved, or was just saved, or is not wanted."""
        if not self.modified:
            return True
        answer = ask_unsaved(self._window, self.name)
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    # -- recovery

    def restore(self, snapshot: Snapshot) -> None:
        """Take up a text that was never saved; it counts as modified."""
        path = Path(snapshot.path) if snapshot.path else None
        form = files.Format()
        if path is not None:
            try:
                form = files.read(path).form
            except TextError:
                path = None  # its file has gone: saving asks where
        self._become(path, snapshot.text, form)
        self._editor.document().setModified(True)

    # -- inside

    def _become(self, path: Path | None, text: str, form: files.Format) -> None:
        self._editor.set_text(text)  # first: who learns from the text before wants to know which it was
        self.path = path
        self._form = form
        self._mark = uuid.uuid4().hex
        self.renamed.emit()

    def _write(self, path: Path) -> bool:
        try:
            used = files.write(path, self._editor.text(), self._form)
        except TextError as error:
            self.failed.emit(str(error))
            return False
        if used.encoding == self._form.encoding:
            self.noted.emit(f"Saved {path.name}.")
        else:
            self.noted.emit(
                f"Saved {path.name} as {used.name}, because {self._form.name} cannot write all of its letters."
            )
        before, first = self.identity, self.path is None
        self.path, self._form = path, used
        self._editor.document().setModified(False)
        self._remember(path)
        if first:
            self.filed.emit(before)
        self.renamed.emit()
        return True

    def _folder(self) -> str:
        return str(self.path.parent) if self.path else self._settings.get(FOLDER) or str(Path.home())

    def _remember(self, path: Path) -> None:
        others = [name for name in self._settings.get(RECENT) if name != str(path)]
        self._settings.set(RECENT, [str(path), *others][:RECENT_KEPT])
        self._settings.set(FOLDER, str(path.parent))
