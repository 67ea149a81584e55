"""What a window asks the engine, on one worker thread: suggestions, the continuation, an explanation, and to learn.

Suggestions come first and are never waited for: one that a newer key overtook is not computed, a late answer is
dropped. An explanation is worked out while there is nothing else to do. What the user wrote is learned behind the
suggestions of any key, but nothing of it is ever dropped.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QThread, Signal, Slot

from autocomplete.protocols import Stream
from gui.suggestions.asking import Asking
from gui.suggestions.engine import Load
from gui.suggestions.paragraph import Learn, Paragraph, learn_nothing
from gui.suggestions.worker import Subject, Wanted, Worker

if TYPE_CHECKING:
    import autocomplete

SHOWN = 3


@dataclass(frozen=True)
class Answer:
    """The words for one text, best first, and how long the engine took for them."""

    words: tuple[str, ...]
    milliseconds: float
    language: str  # the one most believed


class Prediction(QObject):
    """`use` a language, `request`, and hear what answers the newest request.

    With `threaded` false everything runs in the calling thread, which makes tests simple.
    """

    loaded = Signal()
    failed = Signal(str)
    suggested = Signal(object)  # an Answer
    continued = Signal(object)  # what could be inserted at the cursor; "" when the engine is not sure
    explained = Signal(object)
    unexplained = Signal(str)
    unlearned = Signal(str)

    _load = Signal(object)
    _reset = Signal()

    def __init__(
        self, load: Load, threaded: bool = True, parent: QObject | None = None, learn: Learn = learn_nothing
    ) -> None:
        super().__init__(parent)
        self.ready = False
        self._languages: tuple[str, ...] = ()
        self._learn = learn
        stopped = "Suggestions are off: the engine stopped ({error}). Choose the language again to restart it."
        suggestions = Subject(stopped, breaks_engine=True)
        continuations = Subject(stopped, breaks_engine=True)
        explanations = Subject("The memory cannot be shown ({error}).")
        self._paragraphs = Subject("What you wrote could not be learned ({error}).", keeps_all=True, needs_engine=False)
        self._worker = Worker(load, (suggestions, continuations, self._paragraphs, explanations))
        self._thread = QThread(self) if threaded else None
        if self._thread is not None:
            self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._reset.connect(self._worker.reset)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.failed.connect(self._on_failed)
        self._suggestions = Asking(self._worker, suggestions, self)
        self._continuations = Asking(self._worker, continuations, self)
        self._explanations = Asking(self._worker, explanations, self)
        self._learning = Asking(self._worker, self._paragraphs, self)
        self._suggestions.answered.connect(self.suggested)
        self._suggestions.failed.connect(self.failed)
        self._continuations.answered.connect(self.continued)
        self._explanations.answered.connect(self.explained)
        self._explanations.failed.connect(self.unexplained)
        self._learning.failed.connect(self.unlearned)
        if self._thread is not None:
            self._thread.start()

    def use(self, languages: tuple[str, ...]) -> None:
        """Load the engine for `languages` in the background; `loaded` or `failed` follows."""
        self.ready = False
        self._languages = languages
        self.forget()
        self.forget_explanation()
        self._load.emit(languages)

    def request(self, text: str) -> None:
        """Ask what follows `text`; `suggested` and `continued` follow, unless a newer text comes first."""

        def suggest(stream: Stream | None, _wanted: Wanted) -> Answer:
            assert stream is not None
            begin = time.perf_counter()
            stream.update(text)
            words = tuple(suggestion.text for suggestion in stream.suggest(SHOWN))
            return Answer(words, (time.perf_counter() - begin) * 1000, stream.language())

        def continue_(stream: Stream | None, _wanted: Wanted) -> str:
            assert stream is not None
            stream.update(text)
            return stream.continuation()

        self._suggestions.ask(suggest)
        self._continuations.ask(continue_)

    def forget(self) -> None:
        """No answer to a request made so far is wanted any more."""
        self._suggestions.forget()
        self._continuations.forget()

    def reset(self) -> None:
        """Forget every text given so far."""
        self.forget()
        self.forget_explanation()
        self._reset.emit()

    def explain(self, text: str) -> None:
        """Ask what the model made of `text`; `explained` or `unexplained` follows, unless a newer text comes first."""

        def explain(stream: Stream | None, wanted: Wanted) -> object:
            assert stream is not None
            stream.update(text)
            return explained(stream, wanted)

        self._explanations.ask(explain)

    def forget_explanation(self) -> None:
        """No explanation asked for so far is wanted any more."""
        self._explanations.forget()

    def learn(self, paragraph: Paragraph | Callable[[], None]) -> None:
        """Have the profile learn `paragraph`, or do what has its turn behind those so far, as soon as there is time.

        `unlearned` follows where that fails.
        """

        def learn(stream: Stream | None, _wanted: Wanted) -> None:
            if isinstance(paragraph, Paragraph):
                self._learn(paragraph, _language(paragraph, stream))
            else:
                paragraph()

        self._learning.ask(learn)

    def close(self) -> None:
        """Stop the worker thread and wait until it has ended; the engine is not asked again. No paragraph is lost."""
        self.forget()
        self.forget_explanation()
        if self._thread is not None and self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()
        while self._paragraphs.waiting:
            self._worker.work()

    @Slot(object)
    def _on_loaded(self, languages: tuple[str, ...]) -> None:
        if languages == self._languages:
            self.ready = True
            self.loaded.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.ready = False
        self.failed.emit(sentence)


def explained(stream: Stream, wanted: Wanted) -> object:
    """The explanation of what `stream` read last."""
    from autocomplete.explanation.explainer import explain  # with what it needs of the engine: not before the window

    return explain(cast("autocomplete.Stream", stream), SHOWN, wanted)


def _language(paragraph: Paragraph, stream: Stream | None) -> str:
    """The one of the languages written that the paragraph is most likely in."""
    if stream is None or len(paragraph.languages) == 1:
        return paragraph.languages[0]
    return stream.language(paragraph.before)
