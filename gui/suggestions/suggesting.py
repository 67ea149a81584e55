"""From a key press to suggestions and back: joins the editor's session, the prediction, the strip and the ghost text.

Whatever changes the text or the cursor makes the answer at hand void; once the events of that key are through, the
session's question goes to the engine. What is accepted, and which answers are dropped, the session decides.
"""

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from autocomplete.session import Question
from gui.commands import ACCEPT, ACCEPT_WORD, DISMISS
from gui.editor.editor import Editor
from gui.editor.typed import typed_text
from gui.keys import TypedKeys
from gui.suggestions.prediction import Answer, Prediction
from gui.suggestions.strip import Strip


class Suggesting(QObject):
    """Keeps the strip and the ghost text true to the text, and puts what is accepted into the editor.

    keys: which keys accept and dismiss.
    """

    answered = Signal(float)  # milliseconds the engine took

    def __init__(
        self, editor: Editor, strip: Strip, prediction: Prediction, keys: TypedKeys, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._session = editor.session
        self._strip = strip
        self._prediction = prediction
        self._keys = keys
        self._question: Question | None = None  # what the engine was asked last
        self._session.ready = False
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)
        editor.before_key = self._key
        editor.touched.connect(self._touched)
        strip.picked.connect(self.accept)
        prediction.loaded.connect(self._loaded)
        prediction.failed.connect(self._failed)
        prediction.suggested.connect(self._suggested)
        prediction.continued.connect(self._continued)

    def start(self, languages: tuple[str, ...], name: str) -> None:
        """Load the engine for `languages` in the background; `name` is what people call them."""
        self._session.ready = False
        self._session.refresh()
        self._editor.ghost.clear()
        self._strip.show_message(f"Loading {name} …")
        self._prediction.use(languages)

    def set_strip(self, on: bool) -> None:
        """Show the strip or not; without it no suggestion can be accepted."""
        self._session.suggesting = on
        self._strip.setVisible(on)
        self._refresh()

    def set_continuations(self, on: bool) -> None:
        """Show continuations or not."""
        self._session.continuing = on
        self._refresh()

    def reset(self) -> None:
        """Suggest from now on as if the text so far had not been written, but for the word being typed."""
        self._session.reset()
        self.refresh()

    def refresh(self) -> None:
        """What is suggested for this text may be something else now: ask again, of a stream that read nothing yet."""
        self._prediction.reset()
        self._refresh()

    @property
    def settled(self) -> bool:
        """Whether the strip shows the answer to the text as it is now."""
        return self._session.suggestions is not None

    @property
    def asking(self) -> bool:
        """Whether the answer to the text as it is now is on its way."""
        return self._session.ready and not self.settled

    def accept(self, index: int, otherwise: str = "") -> bool:
        """Accept suggestion `index` (0 is the best), or wait for it when its answer is on the way.

        False when there is none. If none comes, `otherwise` is typed.
        """
        edit = self._session.accept(index, otherwise)
        if edit is not None:
            self._editor.accept(edit)
        return edit is not None or self._session.pending

    # -- keys

    def _key(self, event: QKeyEvent) -> bool:
        command = self._keys.command(event)
        if command is ACCEPT and self._session.continuation:
            self._editor.accept(self._session.accept_continuation())
            return True
        if command is ACCEPT:
            return self.accept(0, otherwise=typed_text(event))
        if command is ACCEPT_WORD and self._session.continuation:
            self._editor.accept(self._session.accept_word())
            self._editor.ghost.show(self._session.continuation)
            return True
        return command is DISMISS and self._dismiss()

    def _dismiss(self) -> bool:
        """Send the suggestions away until the next word begins."""
        if not self._session.dismiss():
            return False
        self._prediction.forget()
        self._editor.ghost.clear()
        self._strip.show_words(())
        return True

    # -- asking

    def _refresh(self) -> None:
        self._session.refresh()
        self._editor.ghost.clear()
        self._touched()

    def _touched(self) -> None:
        if self._session.ready:
            self._strip.age()
            self._ask_soon.start()

    def _ask(self) -> None:
        self._question = self._session.question()
        if self._question is not None:
            self._prediction.request(self._question.text)
        elif self._session.ready:
            self._prediction.forget()
            self._editor.ghost.clear()
            self._strip.show_words(())

    # -- answers

    def _loaded(self) -> None:
        self._session.ready = True
        self._strip.show_words(())
        self._refresh()

    def _failed(self, sentence: str) -> None:
        self._session.ready = False
        self._session.refresh()
        self._editor.ghost.clear()
        self._strip.show_message(sentence)

    def _suggested(self, answer: Answer) -> None:
        question = self._question
        if question is None or not self._session.answer(question.number, answer.words, answer.language):
            return
        self._strip.show_words(answer.words)
        self.answered.emit(answer.milliseconds)
        edit = self._session.due(time.monotonic())
        if edit is not None:
            self._editor.accept(edit)

    def _continued(self, continuation: str) -> None:
        question = self._question
        if question is not None and self._editor.hasFocus():
            self._session.continue_with(question.number, continuation)
            self._editor.ghost.show(self._session.continuation)
