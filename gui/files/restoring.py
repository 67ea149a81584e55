"""Offers the texts that an earlier run of the app could not save."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject

from autocomplete.errors import brief
from gui.files.document import Document
from gui.reasons import reason
from gui.recovery import Found, Orphan, Recovery
from gui.widgets.banner import Banner


class Restoring(QObject):
    """Asks on `banner` about one text after the other; one that is restored takes the place of the text in `file`."""

    def __init__(self, file: Document, recovery: Recovery, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._file = file
        self._recovery = recovery
        self._banner = banner
        self._waiting: list[Orphan] = []

    def show_found(self, found: Found) -> None:
        """Offer what an earlier run left, and say what cannot be used."""
        if found.error is not None:
            self._recovery.refuse(found.error)
        if found.said:
            self._banner.say(found.said)
        self._waiting = list(found.orphans)
        self._ask()

    def _ask(self) -> None:
        if not self._waiting:
            return
        snapshot = self._waiting[0].snapshot
        name = brief(Path(snapshot.origin.path).name) if snapshot.origin.path else "an unnamed text"
        when = QDateTime.fromSecsSinceEpoch(int(snapshot.time))
        day = QLocale().toString(when, QLocale.FormatType.ShortFormat)
        self._banner.say(
            f"Unsaved changes to {name} from {day} were found.",
            ("Restore", self._restore),
            ("Discard", self._discard),
        )

    def _restore(self) -> None:
        if self._file.may_go():
            orphan = self._waiting.pop(0)
            self._file.restore(orphan.snapshot)
            self._recovery.when_safe(partial(self._drop, orphan))
        self._ask()

    def _discard(self) -> None:
        self._drop(self._waiting.pop(0))
        self._ask()

    def _drop(self, orphan: Orphan) -> None:
        try:
            orphan.discard()
        except OSError as error:
            self._banner.say(f"The recovery copy could not be deleted: {reason(error)}.")
