"""Joins one window to the profile: learning, incognito, what can be done with a word, and the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from autocomplete.finetuning.events import Done, End
from autocomplete.text.words import WORD
from gui.editor.offsets import points
from gui.finetuning.fine_tuning import FineTuning, stale_languages
from gui.languages import name_of
from gui.open_document import OpenDocument
from gui.profile.learning import Learning
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ELSEWHERE, UNSEALED, ProfileService
from gui.profile.word_actions import WordActions
from gui.settings import LEARN, Setting, Settings
from gui.suggestions.prediction import Prediction
from gui.suggestions.strip import Strip
from gui.widgets.banner import Banner
from gui.widgets.status import StatusLine

if TYPE_CHECKING:
    from gui.finetuning.dialog import FineTuningDialog
    from gui.profile.words_dialog import WordsDialog


class ProfileController(QObject):
    """The side of one text, and of the window it is in, of the profile that `service` holds and of its `fine_tuning`.

    languages: those written. restart: loads the engine anew. parent: the window, for what is opened above it.
    """

    def __init__(
        self,
        text: OpenDocument,
        prediction: Prediction,
        strip: Strip,
        status: StatusLine,
        banner: Banner,
        settings: Settings,
        service: ProfileService,
        fine_tuning: FineTuning,
        languages: Callable[[], tuple[str, ...]],
        restart: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._strip = strip
        self._status = status
        self._banner = banner
        self._settings = settings
        self._restart = restart
        self._window = parent
        self.languages = languages
        self.service = service
        self.fine_tuning = fine_tuning
        self.incognito = False
        self._words_dialog: WordsDialog | None = None
        self._fine_tuning_dialog: FineTuningDialog | None = None
        self._said: set[str] = set()  # what the banner has said once
        self._stale: set[str] = set()  # languages of which it has said that they want to be fine-tuned anew
        self.learning = Learning(text.editor, text.file, prediction, languages, service.rename, self)
        self.words = WordActions(service, status, self.language, banner.say, self)
        strip.menu_wanted.connect(self._suggestion_menu)
        text.editor.menu_wanted.connect(self._text_menu)
        prediction.unlearned.connect(self._say_once)
        service.settled.connect(self._settled)
        service.refused.connect(self._say_once)
        service.changed.connect(self._changed)
        fine_tuning.moved.connect(self._show_progress)
        fine_tuning.ended.connect(self._tell_end)
        status.fine_tuning.clicked.connect(self.open_fine_tuning)
        settings.changed.connect(self._on_setting)
        self.refresh()

    def language(self) -> str:
        """The language of the text at the cursor."""
        believed = self._text.editor.session.language
        return believed if believed in self.languages() else self.languages()[0]

    # -- learning

    def refresh(self) -> None:
        """Learn or not, as the switch, incognito and the profile say."""
        wanted = self._settings.get(LEARN) and not self.incognito
        self.learning.set_on(wanted and self.service.learns)

    def _on_setting(self, setting: Setting[bool]) -> None:
        if setting.key == LEARN.key:
            self.refresh()

    def set_incognito(self, on: bool) -> None:
        """Learn nothing in this window until it is switched off; suggestions know nothing of the text so far."""
        self.incognito = on
        self.refresh()
        self._text.suggesting.reset()
        self._strip.set_private(on)
        self._status.show_incognito(on)

    def _settled(self) -> None:
        self.refresh()
        if self.service.elsewhere:
            self._status.note(ELSEWHERE)
        self._restart()

    def _changed(self) -> None:
        self._text.suggesting.refresh()
        if self.service.profile is not None and not self.fine_tuning.working:
            self.service.ask(stale_languages, self._offer_anew, self._say_once)

    def _say_once(self, sentence: str) -> None:
        """A failure that may come again at each paragraph is told once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._banner.say(sentence)

    # -- fine_tuning

    def offer_to_resume(self) -> None:
        """Offer to go on with a fine_tuning that an earlier run of the app left unfinished."""
        language = self.fine_tuning.unfinished()
        if language is not None:
            self._banner.say(
                f"Learning your writing in {name_of(language)} was not finished.",
                ("Continue", lambda: self.fine_tuning.begin(language)),
                ("Give up", lambda: self.fine_tuning.drop(language, self._say_once)),
            )

    def _offer_anew(self, languages: list[str]) -> None:
        """What was forgotten is still in a model that learned from it."""
        untold = [language for language in languages if language not in self._stale]
        if untold:
            language = untold[0]
            self._stale.add(language)
            self._banner.say(
                f"The model tuned to your {name_of(language)} learned from what you made it forget.",
                ("Re-train without it", lambda: self.fine_tuning.begin(language)),
                ("Later", lambda: None),
            )

    def _show_progress(self) -> None:
        fine_tuning = self.fine_tuning
        share = "paused" if fine_tuning.paused else f"{fine_tuning.done:.0%}"
        self._status.show_fine_tuning(f"Learning your writing · {share}" if fine_tuning.working else "")

    def _tell_end(self, end: End) -> None:
        if self._fine_tuning_dialog is None or not self._fine_tuning_dialog.isVisible():
            reason = end.report.reason if isinstance(end, Done) else end.reason
            self._banner.say(reason, ("Show", self.open_fine_tuning), ("Close", lambda: None))
        self._stale.discard(self.fine_tuning.language)

    # -- passphrase

    def ask_passphrase(self, problem: str) -> None:
        """Ask for what opens the sealed profile; Cancel goes on without it."""
        dialog = PassphraseDialog(self._window, problem)
        dialog.given.connect(self.service.open)
        dialog.rejected.connect(self.service.go_without)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_unsealed(self) -> None:
        """Ask whether a profile is to be used that had a passphrase and has none any more."""
        self._banner.say(
            UNSEALED,
            ("Go on without a passphrase", lambda: self.service.open(accept_unsealed=True)),
            ("Learn nothing", lambda: None),
        )

    # -- dialogs

    def show_words(self) -> None:
        """Open what was learned, or bring it to the front."""
        from gui.profile.words_dialog import WordsDialog  # with what it needs of the engine: not before the window

        if self._words_dialog is None:
            busy = lambda: self.fine_tuning.working  # noqa: E731
            self._words_dialog = WordsDialog(self._window, self.service, self.language(), busy)
        self._words_dialog.show()
        self._words_dialog.activateWindow()

    def open_fine_tuning(self) -> None:
        """Open what teaches the model, at the page that fits."""
        from gui.finetuning.dialog import FineTuningDialog

        if self._fine_tuning_dialog is None:
            self._fine_tuning_dialog = FineTuningDialog(self._window, self.service, self.fine_tuning)
        self._fine_tuning_dialog.show()
        self._fine_tuning_dialog.activateWindow()

    # -- menus

    def _suggestion_menu(self, word: str, place: QPoint) -> None:
        menu = QMenu(self._window)
        self.words.for_suggestion(menu, word)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _text_menu(self, menu: QMenu, cursor: QTextCursor) -> None:
        text = cursor.block().text()
        offset = points(text, cursor.positionInBlock())
        for match in WORD.finditer(text):
            if match.start() <= offset <= match.end():
                self.words.for_word(menu, match.group())
                return
