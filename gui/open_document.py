"""One text that is open, with all that is its own: apart from the window, so that a window can hold several."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from autocomplete.typing import TypingOptions, TypingRules
from gui.editor.editor import Editor
from gui.editor.wordcount import WordCount
from gui.files.document import Document
from gui.keys import TypedKeys
from gui.languages import codes_of, name_of
from gui.profile.learning import Learning
from gui.profile.service import ProfileService
from gui.recovery import Recovery
from gui.settings import AUTO_SPACE, CONTINUATIONS, DOUBLE_SPACE, FONT, LEARN, STRIP, ZOOM, Setting, Settings
from gui.suggestions.prediction import Prediction
from gui.suggestions.strip import Strip
from gui.suggestions.suggesting import Suggesting


class OpenDocument(QObject):
    """A text in its editor, which has the session; its file, recovery copy, suggestions, learning and count of words.

    `strip` and `prediction` are the window's, which it shares with the other texts of the window. `language`: the
    choice of languages it is written in. It follows the settings, and the profile that `service` holds, by itself.
    """

    def __init__(
        self,
        settings: Settings,
        service: ProfileService,
        strip: Strip,
        prediction: Prediction,
        language: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._service = service
        self._incognito = False
        self.languages = codes_of(language)
        self.editor = Editor(TypingRules())
        self.file = Document(self.editor, settings, parent)
        text = self.editor.document()
        self.recovery = Recovery(settings.folder / "recovery", text, lambda: self.file.origin, self)
        self.suggesting = Suggesting(self.editor, strip, prediction, TypedKeys(settings, self), self)
        self.learning = Learning(self.editor, self.file, prediction, lambda: self.languages, service.rename, self)
        self.words = WordCount(text, self)
        self.editor.replaced.connect(self.recovery.forget)
        self._follow = {
            STRIP.key: self._show_strip,
            CONTINUATIONS.key: self._show_continuations,
            AUTO_SPACE.key: self._set_rules,
            DOUBLE_SPACE.key: self._set_rules,
            FONT.key: self._set_look,
            ZOOM.key: self._set_look,
            LEARN.key: self._set_learning,
        }
        for follow in dict.fromkeys(self._follow.values()):
            follow()
        settings.changed.connect(self._on_setting)
        service.settled.connect(self._set_learning)
        service.changed.connect(self.suggesting.refresh)

    @property
    def language(self) -> str:
        """The language of the text at the cursor, one of those written."""
        believed = self.editor.session.language
        return believed if believed in self.languages else self.languages[0]

    def use_language(self, choice: str) -> None:
        """Be written in the languages of `choice`, and load the engine for them in the background."""
        self.languages = codes_of(choice)
        self.suggesting.start(self.languages, name_of(choice))

    def set_incognito(self, on: bool) -> None:
        """Learn nothing of it until that is switched off; suggestions know nothing of the text so far."""
        self._incognito = on
        self._set_learning()
        self.suggesting.reset()

    def close(self) -> None:
        """The text is given up, or saved: nothing of it is left behind, and what was written is learned."""
        self.learning.finish()
        self.recovery.close()

    def _on_setting(self, setting: Setting[bool]) -> None:
        if setting.key in self._follow:
            self._follow[setting.key]()

    def _show_strip(self) -> None:
        self.suggesting.set_strip(self._settings.get(STRIP))

    def _show_continuations(self) -> None:
        self.suggesting.set_continuations(self._settings.get(CONTINUATIONS))

    def _set_rules(self) -> None:
        options = TypingOptions(self._settings.get(AUTO_SPACE), self._settings.get(DOUBLE_SPACE))
        self.editor.session.rules.options = options

    def _set_look(self) -> None:
        self.editor.set_look(self._settings.get(FONT), self._settings.get(ZOOM))

    def _set_learning(self) -> None:
        wanted = self._settings.get(LEARN) and not self._incognito
        self.learning.set_on(wanted and self._service.learns)
