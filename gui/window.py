"""The window: puts the parts in their places and connects them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.editor.editor import Editor
from gui.editor.find import FindBar
from gui.editor.look import Look
from gui.editor.page import has_files
from gui.files.document import Document
from gui.files.restoring import Restoring
from gui.finetuning.controller import FineTuningController
from gui.finetuning.fine_tuning import FineTuning
from gui.inspector.explaining import Explaining
from gui.inspector.panel import InspectorPanel
from gui.languages import choices, known, name_of
from gui.menus import Menus
from gui.open_document import OpenDocument
from gui.profile.controller import ProfileController
from gui.profile.service import ProfileService
from gui.recovery import Recovery
from gui.settings import GEOMETRY, INSPECTOR, LANGUAGE, OFFENSIVE, Setting, Settings
from gui.suggestions.engine import Load
from gui.suggestions.prediction import Prediction
from gui.suggestions.strip import Strip
from gui.suggestions.suggesting import Suggesting
from gui.widgets.banner import Banner
from gui.widgets.dialogs import about_dialog, shortcuts_dialog
from gui.widgets.status import StatusLine


class Window(QMainWindow):
    """One text and everything around it.

    `load` gives the engine, `service` the profile, to which `fine_tuning` tunes models; `language` takes the
    place of that in the settings.
    """

    def __init__(
        self,
        settings: Settings,
        load: Load,
        service: ProfileService,
        fine_tuning: FineTuning,
        language: str | None = None,
        threaded: bool = True,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.language = known(language or settings.get(LANGUAGE))
        self.strip = Strip(self)
        self.banner = Banner()
        self.status = StatusLine()
        self.prediction = Prediction(load, threaded, self, service.learn)
        self.text = OpenDocument(settings, service, self.strip, self.prediction, self.language, self)
        self.find_bar = FindBar(self.editor)
        self.inspector = InspectorPanel(self)
        self.explaining = Explaining(self.editor, self.inspector, self.prediction, self)
        self.look = Look(settings, self)
        self.restoring = Restoring(self.document, self.recovery, self.banner, self)
        self.profile = ProfileController(
            service, self.status, self.banner, lambda: self.text.language, lambda: fine_tuning.working, self
        )
        self.fine_tuning = FineTuningController(service, fine_tuning, self.status, self.banner, self)
        self.menus = Menus(
            self, settings, self._actions(), choices(), self.use_language, lambda name: self.open_path(Path(name))
        )
        self.status.language.setMenu(self.menus.languages)
        self._arrange()
        self._connect(service)
        self._as_it_was()

    @property
    def editor(self) -> Editor:
        """Where the text is written."""
        return self.text.editor

    @property
    def document(self) -> Document:
        """The file behind the text."""
        return self.text.file

    @property
    def suggesting(self) -> Suggesting:
        """What keeps the strip true to the text."""
        return self.text.suggesting

    @property
    def recovery(self) -> Recovery:
        """What keeps a copy of the text while it is not saved."""
        return self.text.recovery

    def _actions(self) -> dict[str, Callable[[], object]]:
        """What each command does, by its id."""
        return {
            "file.new": lambda: self.document.new(),
            "file.open": lambda: self.document.choose(),
            "file.save": lambda: self.document.save(),
            "file.save_as": lambda: self.document.save_as(),
            "window.close": self.close,
            "edit.undo": lambda: self.editor.undo(),
            "edit.redo": lambda: self.editor.redo(),
            "edit.cut": lambda: self.editor.cut(),
            "edit.copy": lambda: self.editor.copy(),
            "edit.paste": lambda: self.editor.paste(),
            "edit.select_all": lambda: self.editor.selectAll(),
            "edit.find": self.find_bar.open_bar,
            "suggestions.accept_first": lambda: self.suggesting.accept(0),
            "suggestions.accept_second": lambda: self.suggesting.accept(1),
            "suggestions.accept_third": lambda: self.suggesting.accept(2),
            "profile.words": self.profile.open_words,
            "profile.fine_tune": self.fine_tuning.open,
            "profile.incognito": lambda: self.set_incognito(self.menus.incognito.isChecked()),
            "view.font": self.look.choose_font,
            "view.larger": partial(self.look.zoom, 1),
            "view.smaller": partial(self.look.zoom, -1),
            "view.usual_size": self.look.zoom_reset,
            "view.full_screen": self.full_screen,
            "help.keys": self.show_keys,
            "help.about": self.show_about,
        }

    # -- putting together

    def _arrange(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.find_bar)
        column.addWidget(self.editor, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(page)
        self.setStatusBar(self.status)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.inspector)
        self.setAcceptDrops(True)
        self.setMinimumSize(360, 260)
        self.editor.setFocus()

    def _connect(self, service: ProfileService) -> None:
        self._connect_text(self.text)
        self.strip.menu_wanted.connect(self.profile.open_suggestion_menu)
        self.prediction.unlearned.connect(self.banner.say_once)
        self.look.noted.connect(self.status.note)
        self.inspector.closed.connect(self.menus.inspector.setChecked)
        self.settings.failed.connect(self.banner.say)
        self.settings.changed.connect(self._on_setting)
        service.settled.connect(self.start_engine)

    def _connect_text(self, text: OpenDocument) -> None:
        banner, status = self.banner, self.status
        text.editor.document().modificationChanged.connect(self.setWindowModified)
        text.editor.zoomed.connect(self.look.zoom)
        text.editor.touched.connect(self._on_touched)
        text.editor.menu_wanted.connect(self.profile.extend_text_menu)
        text.file.renamed.connect(self._on_renamed)
        text.file.noted.connect(status.note)
        text.file.failed.connect(banner.say)
        text.file.asked.connect(lambda sentence, choices: banner.say(sentence, *choices))
        text.file.settled.connect(banner.take_back)
        text.recovery.failed.connect(banner.say)
        text.suggesting.answered.connect(status.show_time)
        text.words.counted.connect(status.show_words)

    def _as_it_was(self) -> None:
        settings = self.settings
        room = self.screen().availableSize()
        self.resize(min(900, room.width()), min(640, room.height() - 40))  # less its title
        self.restoreGeometry(QByteArray.fromBase64(settings.get(GEOMETRY).encode("ascii", "replace")))
        self.explaining.set_on(settings.get(INSPECTOR))
        self._name_language()
        self._on_renamed()

    def start_engine(self) -> None:
        """Load the engine in the background; called once the window can be seen."""
        self.text.use_language(self.language)

    # -- settings

    def use_language(self, language: str) -> None:
        self.language = known(language)
        self.settings.set(LANGUAGE, self.language)
        self._name_language()
        self.status.show_time(None)
        self.start_engine()

    def _on_setting(self, setting: Setting[bool]) -> None:
        """What this window, another one or a dialog changed."""
        if setting.key == INSPECTOR.key:
            self.explaining.set_on(self.settings.get(INSPECTOR))
        elif setting.key == OFFENSIVE.key:
            self.start_engine()

    def _name_language(self) -> None:
        self.menus.check_language(self.language)
        self.status.show_language(name_of(self.language))

    def set_incognito(self, on: bool) -> None:
        """Learn nothing in this window until that is switched off; suggestions know nothing of the text so far."""
        self.text.set_incognito(on)
        self.strip.set_private(on)
        self.status.show_incognito(on)

    def full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- suggestions, help

    def show_keys(self) -> None:
        shortcuts_dialog(self, self.menus.keys()).open()

    def show_about(self) -> None:
        about_dialog(self).open()

    # -- files

    def open_path(self, path: Path) -> None:
        """Open the file at `path`, after the question about the text it takes the place of."""
        if self.document.may_go():
            self.document.open(path)

    # -- what happens

    def _on_renamed(self) -> None:
        self.setWindowTitle(f"{self.document.name}[*] – Autocomplete")
        self.setWindowModified(self.document.modified)
        self.status.show_tally(self.editor.session.tally)

    def _on_touched(self) -> None:
        self.status.show_tally(self.editor.session.tally)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.document.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.inspector.setMaximumWidth(self.width() * 2 // 5)  # the text has most of the room

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_path(Path(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.document.may_go():
            event.ignore()
            return
        self.settings.set(GEOMETRY, self.saveGeometry().toBase64().toStdString())
        self.settings.sync()
        self.text.close()
        self.prediction.close()
        event.accept()
