"""Joins a window to the profile: what can be done with a word, what is asked about the profile, and its dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from autocomplete.text.words import WORD
from gui.editor.offsets import points
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ELSEWHERE, UNSEALED, ProfileService
from gui.profile.word_actions import WordActions
from gui.widgets.banner import Banner
from gui.widgets.status import StatusLine

if TYPE_CHECKING:
    from gui.profile.words_dialog import WordsDialog


class ProfileController(QObject):
    """What a window shows of the profile that `service` holds.

    language: that of the text at the cursor. busy: whether a fine-tuning is at work in the profile. window: for what is
    opened above it.
    """

    def __init__(
        self,
        service: ProfileService,
        status: StatusLine,
        banner: Banner,
        language: Callable[[], str],
        busy: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._service = service
        self._status = status
        self._banner = banner
        self._language = language
        self._busy = busy
        self._window = window
        self._words_dialog: WordsDialog | None = None
        self._words = WordActions(service, status, language, banner.say, self)
        service.settled.connect(self._settled)
        service.refused.connect(banner.say_once)

    def _settled(self) -> None:
        if self._service.elsewhere:
            self._status.note(ELSEWHERE)

    # -- passphrase

    def ask_passphrase(self, problem: str) -> None:
        """Ask for what opens the sealed profile; Cancel goes on without it."""
        dialog = PassphraseDialog(self._window, problem)
        dialog.given.connect(self._service.open)
        dialog.rejected.connect(self._service.go_without)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_unsealed(self) -> None:
        """Ask whether a profile is to be used that had a passphrase and has none any more."""
        self._banner.say(
            UNSEALED,
            ("Continue without a passphrase", lambda: self._service.open(accept_unsealed=True)),
            ("Learn nothing", lambda: None),
        )

    # -- words

    def open_words(self) -> None:
        """Open what was learned, or bring it to the front."""
        from gui.profile.words_dialog import WordsDialog  # with what it needs of the engine: not before the window

        if self._words_dialog is None:
            self._words_dialog = WordsDialog(self._window, self._service, self._language(), self._busy)
        self._words_dialog.show()
        self._words_dialog.activateWindow()

    def open_suggestion_menu(self, word: str, place: QPoint) -> None:
        """Open the menu of a word on the strip at `place` of the screen."""
        menu = QMenu(self._window)
        self._words.for_suggestion(menu, word)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def extend_text_menu(self, menu: QMenu, cursor: QTextCursor) -> None:
        """Add what can be done with the word at `cursor` to the text's own menu."""
        text = cursor.block().text()
        offset = points(text, cursor.positionInBlock())
        for match in WORD.finditer(text):
            if match.start() <= offset <= match.end():
                self._words.for_word(menu, match.group())
                return
