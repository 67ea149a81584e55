"""Joins one window to the profile: learning, incognito, what can be done with a word, and the dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from autocomplete.text.words import WORD
from gui.engine import LANGUAGES
from gui.learning import Learning
from gui.offsets import points
from gui.personal.keeper import ELSEWHERE, Keeper
from gui.personal.passphrase import PassphraseDialog
from gui.personal.word_actions import WordActions
from gui.personal.words_dialog import WordsDialog
from gui.settings import LEARN

if TYPE_CHECKING:
    from gui.window import Window


class Personal(QObject):
    """The window's side of the profile that `keeper` holds."""

    def __init__(self, window: Window, keeper: Keeper) -> None:
        super().__init__(window)
        self._window = window
        self.keeper = keeper
        self.incognito = False
        self._words_dialog: WordsDialog | None = None
        self._said: set[str] = set()  # what the banner has said once
        self.learning = Learning(window.editor, window.document, window.prediction, self.languages, self)
        self.words = WordActions(keeper, window.status, self.language, window.banner.say, self)
        window.strip.menu_wanted.connect(self._suggestion_menu)
        window.editor.menu_wanted.connect(self._text_menu)
        window.prediction.unlearned.connect(self._say_once)
        keeper.settled.connect(self._settled)
        keeper.refused.connect(self._say_once)
        keeper.changed.connect(self._changed)
        self.refresh()

    def languages(self) -> tuple[str, ...]:
        """The languages of this window."""
        return LANGUAGES[self._window.language]

    def language(self) -> str:
        """The language of the text at the cursor."""
        believed = self._window.suggesting.language
        return believed if believed in self.languages() else self.languages()[0]

    # -- learning

    def refresh(self) -> None:
        """Learn or not, as the switch, incognito and the profile say."""
        wanted = self._window.settings.get(LEARN) and not self.incognito
        self.learning.set_on(wanted and self.keeper.learns)

    def set_incognito(self, on: bool) -> None:
        """Learn nothing in this window until it is switched off; suggestions know nothing of the text so far."""
        self.incognito = on
        self.refresh()
        self._window.suggesting.begin_anew()
        self._window.strip.set_private(on)
        self._window.status.show_incognito(on)

    def _settled(self) -> None:
        self.refresh()
        if self.keeper.elsewhere:
            self._window.status.note(ELSEWHERE)
        self._window.start_engine()

    def _changed(self) -> None:
        self._window.suggesting.refresh()

    def _say_once(self, sentence: str) -> None:
        """A failure that may come again at each paragraph is told once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._window.banner.say(sentence)

    # -- passphrase

    def ask_passphrase(self, problem: str) -> None:
        """Ask for what opens the sealed profile; Cancel goes on without it."""
        dialog = PassphraseDialog(self._window, problem)
        dialog.given.connect(self.keeper.open)
        dialog.rejected.connect(self.keeper.go_without)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- dialogs

    def show_words(self) -> None:
        """Open what was learned, or bring it to the front."""
        if self._words_dialog is None:
            self._words_dialog = WordsDialog(self._window, self.keeper, self.language())
        self._words_dialog.show()
        self._words_dialog.activateWindow()

    def show_teaching(self) -> None:
        pass

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
