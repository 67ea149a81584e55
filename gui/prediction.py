"""Asks the engine for suggestions on one worker thread and brings the answers back.

A request goes into a mailbox with one slot, so requests that were overtaken are never computed;
every request has a number and an answer carries the number of its request, so a late answer is
known and dropped.
"""

import time
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from autocomplete.errors import Error
from gui.engine import Load, Stream

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

    def __init__(self, load: Load, mailbox: deque[Request]) -> None:
        super().__init__()
        self._load = load
        self._mailbox = mailbox
        self._stream: Stream | None = None

    @Slot(object)
    def load(self, languages: tuple[str, ...]) -> None:
        self._stream = None
        try:
            self._stream = self._load(languages).stream()
        except Error as error:
            self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - a broken installation must not take the editor with it
            self.failed.emit(f"Suggestions are off: the engine could not be loaded ({error}).")
        else:
            self.loaded.emit(languages)

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
            self.suggested.emit(Answer(request.number, words, milliseconds))
            if not self._mailbox:  # a newer text makes this one's continuation worthless
                self.continued.emit(Continuation(request.number, self._stream.phrase()))
        except Exception as error:  # noqa: BLE001 - writing goes on without suggestions
            self._stream = None
            self.failed.emit(
                f"Suggestions are off: the engine stopped ({error}). Choose the language again to restart it."
            )


class Prediction(QObject):
    """The GUI thread's side: `use` a language, `request`, and hear answers to the newest request.

    With `threaded` false everything runs in the calling thread, which makes tests simple.
    """

    loaded = Signal()
    failed = Signal(str)
    suggested = Signal(Answer)
    continued = Signal(Continuation)

    _load = Signal(object)
    _wake = Signal()

    def __init__(self, load: Load, threaded: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ready = False
        self._languages: tuple[str, ...] = ()
        self._number = 0
        self._mailbox: deque[Request] = deque(maxlen=1)
        self._worker = Worker(load, self._mailbox)
        self._thread = QThread(self) if threaded else None
        if self._thread is not None:
            self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._wake.connect(self._worker.answer)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.failed.connect(self._on_failed)
        self._worker.suggested.connect(self._on_suggested)
        self._worker.continued.connect(self._on_continued)
        if self._thread is not None:
            self._thread.start()

    def use(self, languages: tuple[str, ...]) -> None:
        """Load the engine for `languages` in the background; `loaded` or `failed` follows."""
        self.ready = False
        self._languages = languages
        self.forget()
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

    def close(self) -> None:
        """Stop the worker thread and wait until it has ended; the engine is not asked again."""
        self.forget()
        if self._thread is not None and self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()

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
