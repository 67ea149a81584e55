"""“Fine-tune on my writing …”: choose, watch, see what came of it, and go back to an earlier version."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from autocomplete.finetuning.events import Done, End
from autocomplete.importers import Found
from gui.finetuning.fine_tuning import FineTuning
from gui.finetuning.found_page import FoundPage
from gui.finetuning.gathering import Gather, Gathering, gather_files
from gui.finetuning.progress_page import ProgressPage
from gui.finetuning.result_page import ResultPage
from gui.finetuning.versions_page import VersionsPage
from gui.profile.service import ProfileService

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile


class FineTuningDialog(QDialog):
    """Shows the page that fits what `fine_tuning` is doing; closing it stops nothing."""

    def __init__(
        self, parent: QWidget, service: ProfileService, fine_tuning: FineTuning, gather: Gather = gather_files
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fine-tune on my writing")
        self._service = service
        self._fine_tuning = fine_tuning
        self.gathering = Gathering(self, gather)
        self.choose = FoundPage(self.gathering)
        self.progress = ProgressPage(fine_tuning)
        self.outcome = ResultPage()
        self.versions = VersionsPage(service)
        self.pages = QStackedWidget()
        for page in (self.choose, self.progress, self.outcome):
            self.pages.addWidget(page)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.pages, "Teach")
        self.tabs.addTab(self.versions, "Versions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.tabs)
        self.resize(880, 620)
        self.choose.started.connect(self._start)
        self.progress.closed.connect(self.reject)
        self.outcome.kept.connect(self._keep)
        self.outcome.discarded.connect(self._discard)
        fine_tuning.moved.connect(self._on_moved)
        fine_tuning.ended.connect(self._on_ended)
        service.learned.connect(self._count)
        service.settled.connect(self._count)
        if fine_tuning.end is not None:
            self._on_ended(fine_tuning.end)
        self._on_moved()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def _count(self) -> None:
        """Tell how much the profile holds already."""
        if self.isVisible() and self._service.profile is not None:
            self._service.ask(lambda profile: profile.preview().words, self.choose.know, self.choose.total.setText)

    def _start(self, language: str, found: list[Found]) -> None:
        self._fine_tuning.begin(language, found)

    def _on_moved(self) -> None:
        if self._fine_tuning.working:
            self.pages.setCurrentWidget(self.progress)

    def _on_ended(self, end: End) -> None:
        self.outcome.show_end(end)
        self.pages.setCurrentWidget(self.outcome)
        self.choose.clear()

    def _keep(self) -> None:
        self._fine_tuning.end = None
        self.pages.setCurrentWidget(self.choose)
        self.reject()

    def _discard(self) -> None:
        """The model that was made is deleted, and the one before is used again."""
        end, language = self._fine_tuning.end, self._fine_tuning.language
        if isinstance(end, Done):
            self._service.change(
                lambda profile: go_back(profile, language), lambda _: None, self.versions.said.setText, models=True
            )
        self._fine_tuning.end = None
        self.pages.setCurrentWidget(self.choose)


def go_back(profile: "Profile", language: str) -> None:
    """Delete the newest model of `language`, and use the one before it that helped, if there is one."""
    *earlier, newest = profile.models(language)
    helped = [model for model in earlier if model.report.get("helped") and not model.stale]
    profile.use_model(language, helped[-1].id if helped else None)
    profile.remove_model(newest.id)
