"""Joins a window to the fine-tuning: what is offered and told of it, and its dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.finetuning.fine_tuning import FineTuning, stale_languages
from gui.languages import name_of
from gui.profile.service import ProfileService
from gui.widgets.banner import Banner
from gui.widgets.status import StatusLine

if TYPE_CHECKING:
    from autocomplete.finetuning.events import End
    from gui.finetuning.dialog import FineTuningDialog


class FineTuningController(QObject):
    """What a window shows of `fine_tuning`, which works in the profile of `service`.

    window: for what is opened above it.
    """

    def __init__(
        self,
        service: ProfileService,
        fine_tuning: FineTuning,
        status: StatusLine,
        banner: Banner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._service = service
        self.fine_tuning = fine_tuning
        self._status = status
        self._banner = banner
        self._window = window
        self._dialog: FineTuningDialog | None = None
        self._stale: set[str] = set()  # languages of which it was said that they want to be fine-tuned anew
        service.changed.connect(self._on_changed)
        fine_tuning.moved.connect(self._show_progress)
        fine_tuning.ended.connect(self._tell_end)
        status.fine_tuning.clicked.connect(self.open)

    def open(self) -> None:
        """Open the dialog at the page that fits, or bring it to the front."""
        from gui.finetuning.dialog import FineTuningDialog  # with what it needs of the engine: not before the window

        if self._dialog is None:
            self._dialog = FineTuningDialog(self._window, self._service, self.fine_tuning)
        self._dialog.show()
        self._dialog.activateWindow()

    def offer_to_resume(self) -> None:
        """Offer to go on with a fine-tuning that an earlier run of the app left unfinished."""
        language = self.fine_tuning.unfinished()
        if language is not None:
            self._banner.say(
                f"Fine-tuning on your {name_of(language)} writing was not finished.",
                ("Continue", lambda: self.fine_tuning.begin(language)),
                ("Discard", lambda: self.fine_tuning.drop(language, self._banner.say_once)),
            )

    def _on_changed(self) -> None:
        if self._service.profile is not None and not self.fine_tuning.working:
            self._service.ask(stale_languages, self._offer_anew, self._banner.say_once)

    def _offer_anew(self, languages: list[str]) -> None:
        """What was forgotten is still in a model that learned from it."""
        untold = [language for language in languages if language not in self._stale]
        if untold:
            language = untold[0]
            self._stale.add(language)
            self._banner.say(
                f"Your fine-tuned {name_of(language)} model still contains text that you deleted.",
                ("Fine-tune without it", lambda: self.fine_tuning.begin(language)),
                ("Later", lambda: None),
            )

    def _show_progress(self) -> None:
        fine_tuning = self.fine_tuning
        share = "paused" if fine_tuning.paused else f"{fine_tuning.done:.0%}"
        self._status.show_fine_tuning(f"Fine-tuning · {share}" if fine_tuning.working else "")

    def _tell_end(self, end: End) -> None:
        from autocomplete.finetuning.events import Done  # not before the window

        if self._dialog is None or not self._dialog.isVisible():
            reason = end.report.reason if isinstance(end, Done) else end.reason
            self._banner.say(reason, ("Show", self.open), ("Close", lambda: None))
        self._stale.discard(self.fine_tuning.language)
