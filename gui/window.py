"""The window: puts the parts in their places and connects them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QDateTime, QEvent, QLocale, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QFont, QResizeEvent
from PySide6.QtWidgets import QFontDialog, QMainWindow, QVBoxLayout, QWidget

from gui.editor.editor import Editor
from gui.editor.find import FindBar
from gui.editor.page import has_files
from gui.files.document import Document
from gui.finetuning.fine_tuning import FineTuning
from gui.inspector.explaining import Explaining
from gui.inspector.panel import InspectorPanel
from gui.languages import choices, codes_of, known, name_of
from gui.menus import Menus
from gui.open_document import OpenDocument
from gui.profile.controller import ProfileController
from gui.profile.service import ProfileService
from gui.reasons import reason
from gui.recovery import Found, Orphan, Recovery
from gui.settings import (
    FONT,
    GEOMETRY,
    INSPECTOR,
    LANGUAGE,
    OFFENSIVE,
    THEME,
    ZOOM,
    ZOOMS,
    Setting,
    Settings,
)
from gui.suggestions.engine import Load
from gui.suggestions.prediction import Prediction
from gui.suggestions.strip import Strip
from gui.suggestions.suggesting import Suggesting
from gui.widgets.banner import Banner
from gui.widgets.dialogs import about_dialog, shortcuts_dialog
from gui.widgets.status import StatusLine
from gui.widgets.theme import Theme


class Window(QMainWindow):
    """One text and everything around it.

    `load` gives the engine, `service` the profile, to which `fine_tuning` tunes models; `language` takes the
    place of that in the settings.
    """

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        load: Load,
        service: ProfileService,
        fine_tuning: FineTuning,
        language: str | None = None,
        threaded: bool = True,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._theme = theme
        self.language = known(language or settings.get(LANGUAGE))
        self._waiting: list[Orphan] = []
        self.strip = Strip(self)
        self.banner = Banner()
        self.status = StatusLine()
        self.prediction = Prediction(load, threaded, self, service.learn)
        self.text = OpenDocument(settings, self.strip, self.prediction, self)
        self.find_bar = FindBar(self.editor)
        self.inspector = InspectorPanel(self)
        self.explaining = Explaining(self.editor, self.inspector, self.prediction, self)
        self.profile = ProfileController(
            self.text,
            self.prediction,
            self.strip,
            self.status,
            self.banner,
            settings,
            service,
            fine_tuning,
            lambda: codes_of(self.language),
            self.start_engine,
            self,
        )
        self.menus = Menus(
            self, settings, self._actions(), choices(), self.use_language, lambda name: self.open_path(Path(name))
        )
        self.status.language.setMenu(self.menus.languages)
        self._arrange()
        self._connect()
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
        """What each command does."""
        editor, document = self.editor, self.document
        return {
            "file.new": document.new,
            "file.open": document.choose,
            "file.save": document.save,
            "file.save_as": document.save_as,
            "window.close": self.close,
            "edit.undo": editor.undo,
            "edit.redo": editor.redo,
            "edit.cut": editor.cut,
            "edit.copy": editor.copy,
            "edit.paste": editor.paste,
            "edit.select_all": editor.selectAll,
            "edit.find": self.find_bar.open_bar,
            "suggestions.accept_first": partial(self.suggesting.accept, 0),
            "suggestions.accept_second": partial(self.suggesting.accept, 1),
            "suggestions.accept_third": partial(self.suggesting.accept, 2),
            "profile.words": self.profile.show_words,
            "profile.fine_tune": self.profile.open_fine_tuning,
            "profile.incognito": lambda: self.profile.set_incognito(self.menus.incognito.isChecked()),
            "view.font": self.choose_font,
            "view.larger": partial(self.zoom, 1),
            "view.smaller": partial(self.zoom, -1),
            "view.usual_size": self.zoom_reset,
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

    def _connect(self) -> None:
        text = self.editor.document()
        text.modificationChanged.connect(self.setWindowModified)
        self.editor.zoomed.connect(self.zoom)
        self.editor.touched.connect(self._on_touched)
        self.document.renamed.connect(self._on_renamed)
        self.document.noted.connect(self.status.note)
        self.document.failed.connect(self.banner.say)
        self.document.asked.connect(lambda sentence, choices: self.banner.say(sentence, *choices))
        self.document.settled.connect(self.banner.take_back)
        self.recovery.failed.connect(self.banner.say)
        self.settings.failed.connect(self.banner.say)
        self.suggesting.answered.connect(self.status.show_time)
        self.inspector.closed.connect(self.menus.inspector.setChecked)
        self.text.words.counted.connect(self.status.show_words)
        self.settings.changed.connect(self._on_setting)
        self._theme.changed.connect(self.update)

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
        self.suggesting.start(codes_of(self.language), name_of(self.language))

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
        elif setting.key == THEME.key:
            self._theme.choose(self.settings.get(THEME))

    def _name_language(self) -> None:
        self.menus.check_language(self.language)
        self.status.show_language(name_of(self.language))

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by `steps` of a fixed ladder."""
        now = self.settings.get(ZOOM)
        place = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - now))
        self._zoom_to(ZOOMS[max(0, min(len(ZOOMS) - 1, place + steps))])

    def zoom_reset(self) -> None:
        self._zoom_to(100)

    def _zoom_to(self, percent: int) -> None:
        self.settings.set(ZOOM, percent)
        self.status.note(f"Text size {percent} %")

    def choose_font(self) -> None:
        before = QFont(self.editor.font())
        before.setPointSizeF(before.pointSizeF() * 100 / self.settings.get(ZOOM))
        chosen, font = QFontDialog.getFont(before, self, "Font of the text")
        if chosen:
            self.settings.set(FONT, font.toString())

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

    def recover(self, found: Found) -> None:
        """Offer what an earlier run left, and say what cannot be used."""
        if self.settings.problem:
            self.banner.say(self.settings.problem)
        if found.error is not None:
            self.recovery.refuse(found.error)
        if found.said:
            self.banner.say(found.said)
        self.offer(found.orphans)

    def offer(self, orphans: list[Orphan]) -> None:
        """Offer texts that an earlier run could not save, one after the other."""
        self._waiting = orphans
        if not orphans:
            return
        snapshot = orphans[0].snapshot
        name = Path(snapshot.path).name if snapshot.path else "a text without a name"
        when = QDateTime.fromSecsSinceEpoch(int(snapshot.time))
        day = QLocale().toString(when, QLocale.FormatType.ShortFormat)
        self.banner.say(
            f"Unsaved changes to {name} from {day} were found.",
            ("Restore", self._restore),
            ("Discard", self._discard),
        )

    def _restore(self) -> None:
        if not self.document.may_go():
            self.offer(self._waiting)
            return
        orphan = self._waiting.pop(0)
        self.document.restore(orphan.snapshot)
        self.recovery.when_safe(partial(self._drop, orphan))
        self.offer(self._waiting)

    def _discard(self) -> None:
        self._drop(self._waiting.pop(0))
        self.offer(self._waiting)

    def _drop(self, orphan: Orphan) -> None:
        try:
            orphan.discard()
        except OSError as error:
            self.banner.say(f"The recovery copy could not be deleted: {reason(error)}.")

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
        self.profile.learning.finish()
        self.prediction.close()
        self.text.close()
        event.accept()
