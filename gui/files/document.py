"""The file behind the text: opening, saving, and the question before unsaved text would be lost."""

import os
import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from autocomplete.errors import TextError
from gui.editor.editor import Editor
from gui.editor.stand_ins import written
from gui.files import text_file as files
from gui.files.formats import Format
from gui.files.stamp import Change, Stamp
from gui.files.unfinished import Unfinished
from gui.recovery import Origin, Snapshot
from gui.settings import FOLDER, RECENT, Settings
from gui.widgets.dialogs import Unsaved, ask_unsaved

RECENT_KEPT = 10
SAVING = "saving"  # the folder, beside the settings, of what is being saved
_KINDS = "Text files (*.txt *.md *.markdown *.rst *.org *.tex *.log);;All files (*)"


Choice = tuple[str, Callable[[], object]]  # an answer, and what it does


class Document(QObject):
    """What is being written, as a file. Failures, notes and questions go out as sentences.

    A file that another program changed is never overwritten without being asked about.
    """

    renamed = Signal()
    filed = Signal(str)  # it got its first file; what its identity was before
    noted = Signal(str)
    failed = Signal(str)
    asked = Signal(str, object)  # a question, and a tuple of choices
    settled = Signal(str)  # a question that needs no answer any more

    def __init__(self, editor: Editor, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._settings = settings
        self._window = window
        self._form = Format()
        self._stamp: Stamp | None = None  # of the file, as it was when text and file were one
        self._gone = False
        self._question = ""  # what was asked about the file last
        self._failure = ""  # why it could not be saved last
        self._unfinished = Unfinished(settings.folder / SAVING)
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

    @property
    def origin(self) -> Origin:
        """What the text was made from, for its recovery copy."""
        return Origin(str(self.path or ""), self._stamp.digest.hex() if self._stamp is not None else "")

    # -- what people ask for

    def new(self) -> None:
        """Begin an empty text."""
        if self.may_go():
            self._become(None, "", Format(), None)

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
        self._become(path.absolute(), file.text, file.form, file.stamp)
        self._remember(path.absolute())
        if file.note:
            self.noted.emit(file.note)
        return True

    def save(self) -> bool:
        """Save where the text came from, or ask where; false when it was not saved."""
        return self._write(self.path, self._stamp) if self.path else self.save_as()

    def save_as(self) -> bool:
        """Ask where to save; that a file there is replaced, the dialog asks."""
        start = self.path or Path(self._folder()) / "Untitled.txt"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", str(start), _KINDS)
        if not name:
            return False
        path = Path(name).absolute()
        return self._write(path, self._stamp if self._is_own(path) else None)

    def may_go(self) -> bool:
        """Whether the text may be given up: it is saved, or was just saved, or is not wanted."""
        if not self.modified:
            return True
        answer = ask_unsaved(self._window, self.name)
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    # -- changes by others

    def look(self) -> None:
        """See whether another program changed the file, and show the new text or ask what to do.

        The window calls this when it gets the focus. It looks at the content only if the file's size or time differ.
        """
        if self.path is None or self._stamp is None:
            return
        change, now = self._stamp.compare(self.path, read=False)
        if change is Change.NONE:
            self._stamp, self._gone = now, False
            self._settle()
        elif change is Change.GONE:
            self._say_gone()
        elif self.modified:
            self._ask_whose(self._keep)
        else:
            self.load_theirs()

    def load_theirs(self) -> bool:
        """Show what the file holds now; undo brings the text before back."""
        self._settle()
        if self.path is None:
            return False
        try:
            file = files.read(self.path)
        except TextError as error:
            self.failed.emit(str(error))
            return False
        self._editor.change_text(file.text)
        self._form, self._stamp, self._gone = file.form, file.stamp, False
        self._editor.document().setModified(False)
        self.noted.emit(f"{self.path.name} was changed by another program; this is its new text.")
        return True

    def _ask_whose(self, keep: Callable[[], object]) -> None:
        self._ask(
            f"{self.name} was changed by another program or window.",
            ("&Keep mine", keep),
            ("&Load theirs", self.load_theirs),
            ("Save &as …", self.save_as),
        )

    def _keep(self) -> None:
        """The next save may replace what the file holds now."""
        self._settle()
        if self.path is not None and self._stamp is not None:
            _, self._stamp = self._stamp.compare(self.path, read=True)
            self.noted.emit(f"Your text is kept; saving replaces what {self.path.name} holds now.")

    def _keep_and_save(self) -> None:
        self._keep()
        self.save()

    def _say_gone(self) -> None:
        if not self._gone:
            self._gone = True
            self._editor.document().setModified(True)
            self._ask(
                f"{self.name} was deleted or moved. Its text is still here.",
                ("Save a&gain", self.save),
                ("Save &as …", self.save_as),
                ("Close", self._settle),
            )

    def _ask(self, sentence: str, *choices: Choice) -> None:
        if self._question != sentence:
            self._settle()
        self._question = sentence
        self.asked.emit(sentence, choices)

    def _settle(self) -> None:
        """What was asked about the file needs no answer any more."""
        if self._question:
            question, self._question = self._question, ""
            self.settled.emit(question)

    def _forget_failure(self) -> None:
        if self._failure:
            failure, self._failure = self._failure, ""
            self.settled.emit(failure)

    # -- recovery

    def restore(self, snapshot: Snapshot) -> None:
        """Take up a text that was never saved; it counts as modified."""
        path = Path(snapshot.origin.path) if snapshot.origin.path else None
        text = written(snapshot.text)  # which was taken from the editor's document
        form, stamp = Format(), None
        if path is not None:
            try:
                file = files.read(path)
                form, stamp = file.form, file.stamp
                if file.text != text and _is_changed(stamp, snapshot):
                    stamp = stamp.outdated(snapshot.origin.digest)  # saving asks
            except TextError:
                path = None  # its file has gone: saving asks where
        self._become(path, text, form, stamp)
        self._editor.document().setModified(True)

    # -- inside

    def _become(self, path: Path | None, text: str, form: Format, stamp: Stamp | None) -> None:
        self._editor.set_text(text)  # first: who learns from the text before wants to know which it was
        self._settle()
        self._forget_failure()
        self.path = path
        self._form, self._stamp, self._gone = form, stamp, False
        self._mark = uuid.uuid4().hex
        self.renamed.emit()

    def _write(self, path: Path, replaces: Stamp | None) -> bool:
        try:
            saved = files.write(path, self._editor.text(), self._form, self._unfinished, replaces)
        except files.ChangedError:
            self._ask_whose(self._keep_and_save)
            return False
        except TextError as error:
            self._failure = str(error)
            self.failed.emit(self._failure)
            self.asked.emit(self._failure, (("Save &as …", self.save_as), ("Close", bool)))  # what to do about it
            return False
        self._settle()
        self._forget_failure()
        if saved.form.encoding == self._form.encoding:
            self.noted.emit(f"Saved {path.name}.")
        else:
            self.noted.emit(
                f"Saved {path.name} as {saved.form.name}, "
                f"because {self._form.name} does not have all of its characters."
            )
        before, first = self.identity, self.path is None
        self.path, self._form, self._stamp, self._gone = path, saved.form, saved.stamp, False
        self._editor.document().setModified(False)
        self._remember(path)
        if first:
            self.filed.emit(before)
        self.renamed.emit()
        return True

    def _is_own(self, path: Path) -> bool:
        """Whether `path` is the file of this text, by whatever name."""
        try:
            return self.path is not None and (path == self.path or os.path.samefile(path, self.path))
        except OSError:
            return False

    def _folder(self) -> str:
        return str(self.path.parent) if self.path else self._settings.get(FOLDER) or str(Path.home())

    def _remember(self, path: Path) -> None:
        others = [name for name in self._settings.get(RECENT) if name != str(path)]
        self._settings.set(RECENT, [str(path), *others][:RECENT_KEPT])
        self._settings.set(FOLDER, str(path.parent))


def _is_changed(stamp: Stamp, snapshot: Snapshot) -> bool:
    """Whether the file no longer holds what the text of `snapshot` was made from."""
    if snapshot.origin.digest:
        return stamp.digest.hex() != snapshot.origin.digest
    return max(stamp.modified, stamp.changed) > snapshot.time * 1e9  # an older copy doesn't say what that was
