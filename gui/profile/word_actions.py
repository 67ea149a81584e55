"""What can be done with one word where one meets it: add it, forget it, never offer it; and take that back."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gui.profile.service import Change, ProfileService
from gui.widgets.status import StatusLine


class WordActions(QObject):
    """Fills context menus; each action is confirmed in the status line, with a way back.

    `language`: that of the text where the word stands.
    """

    def __init__(
        self,
        service: ProfileService,
        status: StatusLine,
        language: Callable[[], str],
        failed: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._status = status
        self._language = language
        self._failed = failed

    def for_suggestion(self, menu: QMenu, word: str) -> None:
        """What can be done with a word on the strip."""
        menu.addAction("&Add to my words").triggered.connect(lambda: self.add(word))
        menu.addAction(f"&Forget “{word}”").triggered.connect(lambda: self.forget(word))
        menu.addAction(f"&Never suggest “{word}”").triggered.connect(lambda: self.never(word))
        self._unless_it_learns(menu)

    def for_word(self, menu: QMenu, word: str) -> None:
        """What can be done with a word in the text."""
        menu.addSeparator()
        action = menu.addAction(f"Add “{word}” to my &words")
        action.triggered.connect(lambda: self.add(word))
        action.setEnabled(self._service.learns)

    def add(self, word: str) -> None:
        language = self._language()
        self._do(lambda profile: profile.add_word(word, language), f"“{word}” was added to your words.")

    def forget(self, word: str) -> None:
        self._do(lambda profile: profile.forget_word(word), f"“{word}” was forgotten.")

    def never(self, word: str) -> None:
        self._do(lambda profile: profile.never_offer(word), f"“{word}” will not be suggested again.")

    def undo(self) -> None:
        """Take the last of these back."""

        def say(undone: str | None) -> None:
            self._status.note(f"Undone: {undone}." if undone else "There is nothing to undo.")

        self._service.change(lambda profile: profile.undo(), say, self._failed)

    def _do(self, work: Change, sentence: str) -> None:
        self._service.change(work, lambda _: self._status.note(sentence, self.undo), self._failed)

    def _unless_it_learns(self, menu: QMenu) -> None:
        for action in menu.actions():
            action.setEnabled(self._service.learns)
