"""Follows the text of a window for the thread that keeps its recovery copy."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor, QTextDocument

from gui.editor.offsets import units
from gui.reasons import reason
from gui.recovery.journal import Change, Origin
from gui.recovery.writer import Writer

PATIENCE = 10.0  # seconds that closing a window waits for the disk
_AT_ONCE = 2.0  # seconds that a fault of the app waits for it
_MARKS = ("\ufeff", "\ufffe")  # what PySide takes for the order of bytes where a string begins


class Recovery(QObject):
    """Keeps a copy of `document` in `folder` while it is modified; `origin` says where it came from.

    `failed` says in one sentence why there can be no copy, once for each cause.
    """

    failed = Signal(str)
    _refused = Signal(object)  # from the thread
    _safe = Signal(int)

    def __init__(
        self, folder: Path, document: QTextDocument, origin: Callable[[], Origin], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._document = document
        self._origin = origin
        self._length = 0  # of the text that was handed on, in UTF-16 units
        self._causes: set[str] = set()
        self._waiting: dict[int, Callable[[], None]] = {}  # what to do once it is safe, by the number of the question
        self._asked = 0
        self._refused.connect(self._on_refused)
        self._safe.connect(self._let_go)
        self._writer = Writer(folder, self._refused.emit, self._safe.emit)
        self._writer.start()
        self._hand_on(0, 0, document.characterCount())
        document.contentsChange.connect(self._hand_on)
        document.modificationChanged.connect(self._on_modified)

    def when_safe(self, act: Callable[[], None]) -> None:
        """Call `act` once the modified text is on the disk and was read back, or is not needed any more."""
        self._asked += 1
        self._waiting[self._asked] = act
        self._writer.verify(self._asked)

    def refuse(self, error: Exception) -> None:
        """Say why there can be no copy, unless that was said."""
        cause = reason(error)
        if cause not in self._causes:
            self._causes.add(cause)
            self.failed.emit(
                f"Your unsaved text cannot be backed up in {self._folder}: {cause}. Please save your text."
            )

    def save(self) -> bool:
        """Write the copy now; whether it was. For faults: it waits for the disk, a moment at most."""
        return self._writer.write_now(_AT_ONCE)

    def forget(self) -> None:
        """The text is saved, or not wanted."""
        self._writer.forget()
        self._let_go()

    def close(self) -> None:
        """Leave nothing behind: the window closes in good order."""
        self._document.contentsChange.disconnect(self._hand_on)
        self._document.modificationChanged.disconnect(self._on_modified)
        self._let_go()
        self._writer.end(PATIENCE)

    def _hand_on(self, position: int, removed: int, added: int) -> None:
        """Qt counts the end of the last paragraph in now and then, and leaves a change out when all is replaced."""
        length = self._document.characterCount() - 1
        removed = min(removed, self._length - position)
        added = min(added, length - position)
        if min(removed, added) < 0 or self._length - removed + added != length:
            position, removed, added = 0, self._length, length
        self._length = length
        if removed or added:
            self._writer.change(Change(time.time(), position, removed, self._text(position, added), length))

    def _text(self, position: int, length: int) -> str:
        """What stands there, exactly `length` units."""
        first = self._document.characterAt(position) if length else ""
        if length == 1 and first.isalnum():
            return first  # nearly every key's
        if first in _MARKS:
            return first + self._text(position + 1, length - 1)
        cursor = QTextCursor(self._document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        text = cursor.selectedText().replace("\u2029", "\n")
        return text + "\ufffd" * (length - units(text))  # PySide drops half pairs of surrogates

    def _on_modified(self, modified: bool) -> None:
        if modified:
            self._writer.keep(self._origin())
        else:
            self.forget()

    def _let_go(self, question: int | None = None) -> None:
        """Do what waited for the answer to `question`, or for any."""
        for number in [number for number in self._waiting if question is None or number <= question]:
            self._waiting.pop(number)()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, OSError):  # a fault of ours: begin with the text as it is
            self._hand_on(0, self._length, self._length)
        self.refuse(error)
