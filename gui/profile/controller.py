"""Joins one window to the profile: learning, incognito, what can be done with a word, and the dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from autocomplete.finetuning.events import Done, End
from autocomplete.text.words import WORD
from gui.editor.offsets import points
from gui.finetuning.training import Training, stale_languages
from gui.profile.learning import Learning
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ELSEWHERE, UNSEALED, Keeper
from gui.profile.word_actions import WordActions
from gui.settings import LEARN
from gui.suggestions.engine import LANGUAGE_NAMES, LANGUAGES

if TYPE_CHECKING:
    from gui.finetuning.dialog import TeachDialog
    from gui.profile.words_dialog import WordsDialog
    from gui.window import Window


class Personal(QObject):
    """The window's side of the profile that `keeper` holds, and of the `training` of its models."""

    def __init__(self, window: Window, keeper: Keeper, training: Training) -> None:
        super().__init__(window)
        self._window = window
        self.keeper = keeper
        self.training = training
        self.incognito = False
        self._words_dialog: WordsDialog | None = None
        self._teach_dialog: TeachDialog | None = None
        self._said: set[str] = set()  # what the banner has said once
        self._stale: set[str] = set()  # languages of which it has said that they want to be trained anew
        self.learning = Learning(
            window.editor, window.document, window.prediction, self.languages, keeper.rename, self
        )
        self.words = WordActions(keeper, window.status, self.language, window.banner.say, self)
        window.strip.menu_wanted.connect(self._suggestion_menu)
        window.editor.menu_wanted.connect(self._text_menu)
        window.prediction.unlearned.connect(self._say_once)
        keeper.settled.connect(self._settled)
        keeper.refused.connect(self._say_once)
        keeper.changed.connect(self._changed)
        training.moved.connect(self._show_training)
        training.ended.connect(self._tell_end)
        window.status.training.clicked.connect(self.show_teaching)
        self.refresh()

    def languages(self) -> tuple[str, ...]:
        """The languages of this window."""
        return LANGUAGES[self._window.language]

    def language(self) -> str:
        """The language of the text at the cursor."""
        believed = self._window.editor.session.language
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
        self._window.suggesting.reset()
        self._window.strip.set_private(on)
        self._window.status.show_incognito(on)

    def _settled(self) -> None:
        self.refresh()
        if self.keeper.elsewhere:
            self._window.status.note(ELSEWHERE)
        self._window.start_engine()

    def _changed(self) -> None:
        self._window.suggesting.refresh()
        if self.keeper.profile is not None and not self.training.working:
            self.keeper.ask(stale_languages, self._offer_training_anew, self._say_once)

    def _say_once(self, sentence: str) -> None:
        """A failure that may come again at each paragraph is told once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._window.banner.say(sentence)

    # -- training

    def offer_training(self) -> None:
        """Offer to go on with a training that an earlier run of the app left unfinished."""
        language = self.training.unfinished()
        if language is not None:
            self._window.banner.say(
                f"Learning your writing in {LANGUAGE_NAMES[language]} was not finished.",
                ("Continue", lambda: self.training.begin(language)),
                ("Give up", lambda: self.training.drop(language, self._say_once)),
            )

    def _offer_training_anew(self, languages: list[str]) -> None:
        """What was forgotten is still in a model that learned from it."""
        untold = [language for language in languages if language not in self._stale]
        if untold:
            language = untold[0]
            self._stale.add(language)
            self._window.banner.say(
                f"The model tuned to your {LANGUAGE_NAMES[language]} learned from what you made it forget.",
                ("Re-train without it", lambda: self.training.begin(language)),
                ("Later", lambda: None),
            )

    def _show_training(self) -> None:
        training = self.training
        share = "paused" if training.paused else f"{training.done:.0%}"
        self._window.status.show_training(f"Learning your writing · {share}" if training.working else "")

    def _tell_end(self, end: End) -> None:
        if self._teach_dialog is None or not self._teach_dialog.isVisible():
            reason = end.report.reason if isinstance(end, Done) else end.reason
            self._window.banner.say(reason, ("Show", self.show_teaching), ("Close", lambda: None))
        self._stale.discard(self.training.language)

    # -- passphrase

    def ask_passphrase(self, problem: str) -> None:
        """Ask for what opens the sealed profile; Cancel goes on without it."""
        dialog = PassphraseDialog(self._window, problem)
        dialog.given.connect(self.keeper.open)
        dialog.rejected.connect(self.keeper.go_without)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_unsealed(self) -> None:
        """Ask whether a profile is to be used that had a passphrase and has none any more."""
        self._window.banner.say(
            UNSEALED,
            ("Go on without a passphrase", lambda: self.keeper.open(accept_unsealed=True)),
            ("Learn nothing", lambda: None),
        )

    # -- dialogs

    def show_words(self) -> None:
        """Open what was learned, or bring it to the front."""
        from gui.profile.words_dialog import WordsDialog  # with what it needs of the engine: not before the window

        if self._words_dialog is None:
            self._words_dialog = WordsDialog(self._window, self.keeper, self.language(), lambda: self.training.working)
        self._words_dialog.show()
        self._words_dialog.activateWindow()

    def show_teaching(self) -> None:
        """Open what teaches the model, at the page that fits."""
        from gui.finetuning.dialog import TeachDialog

        if self._teach_dialog is None:
            self._teach_dialog = TeachDialog(self._window, self.keeper, self.training)
        self._teach_dialog.show()
        self._teach_dialog.activateWindow()

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
