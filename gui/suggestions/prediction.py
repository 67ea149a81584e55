"""Asks the engine for suggestions on one worker thread and brings the answers back.

A request goes into a mailbox with one slot, so requests that were overtaken are never computed;
every request has a number and an answer carries the number of its request, so a late answer is
known and dropped.

An explanation of the text has a mailbox of its own. It is worked out while there is nothing else to
do: a request for suggestions puts it off, a newer text makes it void. So is what the writer wrote taught to the
profile: behind the suggestions of any key, but nothing of it is ever dropped.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from autocomplete.errors import Error, StoppedError
from gui.profile.lesson import Lesson, Teach, teach_nobody
from gui.suggestions.engine import Completer, Load, Stream

SHOWN = 3


@dataclass(frozen=True)
class Request:
    """The text before the cursor, numbered."""

    number: int
    text: str


@dataclass(frozen=True)
class Answer:
    """The words for one request, best first, and how long the engine took for them."""

    number: int
    words: tuple[str, ...]
    milliseconds: float
    language: str  # the one most believed


@dataclass(frozen=True)
class Continuation:
    """What could be inserted at the cursor of one request; "" when the engine is not sure."""

    number: int
    text: str


class Worker(QObject):
    """Lives in the worker thread: owns the stream, touches nothing of the GUI."""

    loaded = Signal(object)
    failed = Signal(str)
    suggested = Signal(object)
    continued = Signal(object)
    explained = Signal(int, object)
    unexplained = Signal(str)
    unlearned = Signal(str)

    _again = Signal()
    _later = Signal()

    def __init__(
        self,
        load: Load,
        teach: Teach,
        mailbox: deque[Request],
        to_explain: deque[Request],
        to_learn: deque[Lesson | Callable[[], None]],
    ) -> None:
        super().__init__()
        self._load = load
        self._teach = teach
        self._mailbox = mailbox
        self._to_explain = to_explain
        self._to_learn = to_learn
        self._completer: Completer | None = None
        self._stream: Stream | None = None
        # Queued behind the suggestions that it makes way for.
        self._again.connect(self.explain, Qt.ConnectionType.QueuedConnection)
        self._later.connect(self.learn, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def load(self, languages: tuple[str, ...]) -> None:
        self._completer = self._stream = None
        try:
            self._completer = self._load(languages)
            self._stream = self._completer.stream()
        except Error as error:
            self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - a broken installation must not take the editor with it
            self.failed.emit(f"Suggestions are off: the engine could not be loaded ({error}).")
        else:
            self.loaded.emit(languages)

    @Slot()
    def begin_anew(self) -> None:
        if self._completer is not None and self._stream is not None:
            self._stream = self._completer.stream()

    @Slot()
    def answer(self) -> None:
        try:
            request = self._mailbox.popleft()
        except IndexError:  # taken by an earlier call, or forgotten meanwhile
            return
        if self._stream is None:
            return
        try:
            begin = time.perf_counter()
            self._stream.update(request.text)
            words = tuple(suggestion.text for suggestion in self._stream.suggest(SHOWN))
            milliseconds = (time.perf_counter() - begin) * 1000
            self.suggested.emit(Answer(request.number, words, milliseconds, self._stream.language()))
            if not self._mailbox:  # a newer text makes this one's continuation worthless
                self.continued.emit(Continuation(request.number, self._stream.phrase()))
        except Exception as error:  # noqa: BLE001 - writing goes on without suggestions
            self._stream = None
            self.failed.emit(
                f"Suggestions are off: the engine stopped ({error}). Choose the language again to restart it."
            )

    @Slot()
    def explain(self) -> None:
        """Work on the explanation that is wanted, which stays in its mailbox until it is ready."""
        requests = list(self._to_explain)
        if self._stream is None or not requests:
            return
        request = requests[0]
        try:
            self._stream.update(request.text)
            explanation = self._stream.explain(SHOWN, lambda: not self._mailbox and list(self._to_explain) == requests)
        except StoppedError:
            self._again.emit()
            return
        except Error as error:
            self.unexplained.emit(str(error))
        except Exception as error:  # noqa: BLE001 - suggestions go on without it
            self.unexplained.emit(f"The memory cannot be shown ({error}).")
        else:
            self.explained.emit(request.number, explanation)
        if list(self._to_explain) == requests:
            self._to_explain.clear()

    @Slot()
    def learn(self) -> None:
        """Teach the profile the lesson that has waited longest, unless suggestions are waited for."""
        if self._mailbox:
            self._later.emit()
            return
        try:
            lesson = self._to_learn.popleft()
        except IndexError:
            return
        try:
            if isinstance(lesson, Lesson):
                self._teach(lesson, self._language(lesson))
            else:
                lesson()
        except Error as error:
            self.unlearned.emit(str(error))
        except Exception as error:  # noqa: BLE001 - writing goes on
            self.unlearned.emit(f"What you wrote could not be learned ({error}).")

    def _language(self, lesson: Lesson) -> str:
        if self._stream is None or len(lesson.languages) == 1:
            return lesson.languages[0]
        return self._stream.language(lesson.before)


class Prediction(QObject):
    """The GUI thread's side: `use` a language, `request`, and hear answers to the newest request.

    With `threaded` false everything runs in the calling thread, which makes tests simple.
    """

    loaded = Signal()
    failed = Signal(str)
    suggested = Signal(Answer)
    continued = Signal(Continuation)
    explained = Signal(object)
    unexplained = Signal(str)
    unlearned = Signal(str)

    _load = Signal(object)
    _wake = Signal()
    _wonder = Signal()
    _study = Signal()
    _anew = Signal()

    def __init__(
        self, load: Load, threaded: bool = True, parent: QObject | None = None, teach: Teach = teach_nobody
    ) -> None:
        super().__init__(parent)
        self.ready = False
        self._languages: tuple[str, ...] = ()
        self._number = 0
        self._mailbox: deque[Request] = deque(maxlen=1)
        self._explanation = 0
        self._to_explain: deque[Request] = deque(maxlen=1)
        self._to_learn: deque[Lesson | Callable[[], None]] = deque()
        self._worker = Worker(load, teach, self._mailbox, self._to_explain, self._to_learn)
        self._thread = QThread(self) if threaded else None
        if self._thread is not None:
            self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._wake.connect(self._worker.answer)
        self._wonder.connect(self._worker.explain)
        self._anew.connect(self._worker.begin_anew)
        self._study.connect(self._worker.learn)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.failed.connect(self._on_failed)
        self._worker.suggested.connect(self._on_suggested)
        self._worker.continued.connect(self._on_continued)
        self._worker.explained.connect(self._on_explained)
        self._worker.unlearned.connect(self.unlearned)
        self._worker.unexplained.connect(self.unexplained)
        if self._thread is not None:
            self._thread.start()

    def use(self, languages: tuple[str, ...]) -> None:
        """Load the engine for `languages` in the background; `loaded` or `failed` follows."""
        self.ready = False
        self._languages = languages
        self.forget()
        self.forget_explanation()
        self._load.emit(languages)

    def request(self, text: str) -> int:
        """Ask what follows `text`; the number returned comes back in the answer."""
        self._number += 1
        self._mailbox.append(Request(self._number, text))
        self._wake.emit()
        return self._number

    def forget(self) -> None:
        """No answer to a request made so far is wanted any more."""
        self._number += 1
        self._mailbox.clear()

    def begin_anew(self) -> None:
        """Forget every text given so far."""
        self.forget()
        self.forget_explanation()
        self._anew.emit()

    def explain(self, text: str) -> None:
        """Ask what the model made of `text`; `explained` or `unexplained` follows, unless a newer text comes first."""
        self._explanation += 1
        self._to_explain.append(Request(self._explanation, text))
        self._wonder.emit()

    def forget_explanation(self) -> None:
        """No explanation asked for so far is wanted any more."""
        self._explanation += 1
        self._to_explain.clear()

    def learn(self, lesson: Lesson | Callable[[], None]) -> None:
        """Teach the profile `lesson`, or do what else has its turn behind the lessons so far, as soon as there is time.

        `unlearned` follows where that fails.
        """
        self._to_learn.append(lesson)
        self._study.emit()

    def close(self) -> None:
        """Stop the worker thread and wait until it has ended; the engine is not asked again. No lesson is lost."""
        self.forget()
        self.forget_explanation()
        if self._thread is not None and self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()
        while self._to_learn:
            self._worker.learn()

    @Slot(object)
    def _on_loaded(self, languages: tuple[str, ...]) -> None:
        if languages == self._languages:
            self.ready = True
            self.loaded.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.ready = False
        self.failed.emit(sentence)

    @Slot(object)
    def _on_suggested(self, answer: Answer) -> None:
        if answer.number == self._number:
            self.suggested.emit(answer)

    @Slot(object)
    def _on_continued(self, continuation: Continuation) -> None:
        if continuation.number == self._number:
            self.continued.emit(continuation)

    @Slot(int, object)
    def _on_explained(self, number: int, explanation: object) -> None:
        if number == self._explanation:
            self.explained.emit(explanation)
