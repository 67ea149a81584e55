"""From a key press to suggestions and back: joins editor, prediction, strip and ghost text.

Whatever changes the text or the cursor makes the answer at hand void; once the events of that key
are through, the text before the cursor goes to the engine. Only an answer to exactly this text can
be taken.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from autocomplete.text.words import current_word
from gui.context import Context
from gui.editor.editor import Editor
from gui.editor.ghost import first_word, may_stand_before
from gui.editor.offsets import units
from gui.suggestions.prediction import Answer, Continuation, Prediction
from gui.suggestions.strip import Strip


class Suggesting(QObject):
    """Keeps the strip and the ghost true to the text, and puts what is taken into the editor."""

    answered = Signal(float)  # milliseconds the engine took

    def __init__(self, editor: Editor, strip: Strip, prediction: Prediction, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._strip = strip
        self._prediction = prediction
        self.context = Context(editor.document())
        self.language = ""  # the language most believed at the last answer
        self._asked: int | None = None  # the request made for the text as it is now
        self._words: tuple[str, ...] | None = None  # the answer to it, once it is here
        self._wanted: int | None = None  # the suggestion to take as soon as the answer is here
        self._or_tab = False  # and if there is none then, the Tab that asked for it is a Tab
        self._silent_at: int | None = None  # where the word begins for which suggestions were sent away
        self._ghost_on = True
        self._strip_on = True
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)
        editor.before_key = self._key
        editor.touched.connect(self._touched)
        strip.picked.connect(self.take)
        prediction.loaded.connect(self._loaded)
        prediction.failed.connect(self._failed)
        prediction.suggested.connect(self._suggested)
        prediction.continued.connect(self._continued)

    def start(self, languages: tuple[str, ...], name: str) -> None:
        """Load the engine for `languages` in the background; `name` is what people call them."""
        self._void()
        self._editor.ghost.clear()
        self._strip.show_message(f"Loading {name} …")
        self._prediction.use(languages)

    def set_strip(self, on: bool) -> None:
        """Whether the strip is on show; without it no suggestion can be taken."""
        self._strip_on = on
        self._strip.setVisible(on)
        self._touched()

    def set_ghost(self, on: bool) -> None:
        self._ghost_on = on
        self._editor.ghost.clear()
        self._touched()

    def begin_anew(self) -> None:
        """Suggest from now on as if the text so far had not been written, but for the word being typed."""
        self.context.begin_anew(self._word_start())
        self.refresh()

    def refresh(self) -> None:
        """What is suggested for this text may be something else now: ask again, of a stream that read nothing yet."""
        self._editor.ghost.clear()
        self._prediction.begin_anew()
        self._touched()

    @property
    def settled(self) -> bool:
        """Whether the strip shows the answer to the text as it is now."""
        return self._words is not None

    @property
    def asking(self) -> bool:
        """Whether the answer to the text as it is now is on its way."""
        sent = self._asked is not None and self._words is None
        return self._prediction.ready and (self._ask_soon.isActive() or sent)

    def take(self, index: int) -> bool:
        """Take suggestion `index` (0 is the best), or wait for it when its answer is on the way.

        False when there is none to take.
        """
        if self._words is None:
            self._wanted = index if self.asking and self._strip_on and self._welcome() else None
            self._or_tab = False
            return self._wanted is not None
        if not self._strip_on or index >= len(self._words):
            return False
        self._editor.pick(self._words[index])
        return True

    # -- keys

    def _key(self, event: QKeyEvent) -> bool:
        ghost = self._editor.ghost.text
        bare = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Tab and bare:
            if ghost:
                self._editor.insert_phrase(ghost)
                return True
            taken = self.take(0)
            self._or_tab = self._wanted is not None
            return taken
        if event.key() == Qt.Key.Key_Right and event.modifiers() == Qt.KeyboardModifier.ControlModifier and ghost:
            word = first_word(ghost)
            if word == ghost:
                self._editor.insert_phrase(ghost)
            else:
                self._editor.insert_plain(word)
                self._editor.ghost.show(ghost[len(word) :])
            return True
        if event.key() == Qt.Key.Key_Escape and bare:
            return self._silence()
        return False

    def _silence(self) -> bool:
        """Send the suggestions away until the next word begins."""
        if not (self._editor.ghost.clear() or self._strip.words()):
            return False
        self._silent_at = self._word_start()
        self._void()
        self._prediction.forget()
        self._strip.show_words(())
        return True

    def _silent(self) -> bool:
        if self._silent_at is not None and self._silent_at != self._word_start():
            self._silent_at = None
        return self._silent_at is not None

    def _word_start(self) -> int:
        """Where the word being typed begins in the document (UTF-16 units)."""
        return self._editor.textCursor().position() - units(current_word(self._editor.before_cursor()))

    # -- asking

    def _void(self) -> None:
        self._asked = self._words = self._wanted = None

    def _touched(self) -> None:
        self._void()
        if self._prediction.ready:
            self._strip.age()
            self._ask_soon.start()

    def _ask(self) -> None:
        if not self._prediction.ready:
            return
        if not self._welcome():
            self._prediction.forget()
            self._editor.ghost.clear()
            self._strip.show_words(())
            return
        self._asked = self._prediction.request(self.context.before(self._editor.textCursor().position()))

    def _welcome(self) -> bool:
        """Whether suggestions are wanted here and now."""
        return (
            (self._strip_on or self._ghost_on)
            and not self._editor.textCursor().hasSelection()
            and not self._editor.composing
            and not self._silent()
        )

    # -- answers

    def _loaded(self) -> None:
        self._strip.show_words(())
        self._touched()

    def _failed(self, sentence: str) -> None:
        self._void()
        self._editor.ghost.clear()
        self._strip.show_message(sentence)

    def _suggested(self, answer: Answer) -> None:
        if self._ask_soon.isActive():  # the text has changed since
            return
        self._words = answer.words
        self.language = answer.language
        self._strip.show_words(answer.words)
        self.answered.emit(answer.milliseconds)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not self.take(wanted) and self._or_tab:
                self._editor.type("\t")

    def _continued(self, continuation: Continuation) -> None:
        if self._ask_soon.isActive():
            return
        editor = self._editor
        fits = (
            self._ghost_on
            and editor.just_typed
            and editor.hasFocus()
            and not editor.composing
            and not editor.document().isEmpty()
            and may_stand_before(editor.after_cursor())
        )
        editor.ghost.show(continuation.text if fits else "")
