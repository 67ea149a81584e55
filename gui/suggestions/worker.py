"""The worker thread: owns the engine's stream, and works on what it is asked, the most urgent subject first.

A question is a function of the stream. Of most subjects only the newest question counts: one that was overtaken is
never worked on, or its answer is dropped. Of others, as of what is to be learned, every one is worked on in turn.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from autocomplete.errors import Error, StoppedError
from autocomplete.protocols import Completer, Stream
from gui.suggestions.engine import Load

Wanted = Callable[[], bool]
Run = Callable[[Stream | None, Wanted], object]


class Subject:
    """One kind of questions.

    blame: the sentence about an unexpected error, with {error}. keeps_all: whether no question is ever overtaken.
    needs_engine: whether a question without a stream to ask is dropped. breaks_engine: whether an unexpected error
    means that the engine cannot be used any more.
    """

    def __init__(
        self, blame: str, *, keeps_all: bool = False, needs_engine: bool = True, breaks_engine: bool = False
    ) -> None:
        self.blame = blame
        self.keeps_all = keeps_all
        self.needs_engine = needs_engine
        self.breaks_engine = breaks_engine
        self.waiting: deque[Question] = deque(maxlen=None if keeps_all else 1)


@dataclass(frozen=True, eq=False)
class Question:
    """What to do with the stream.

    `run` learns from its second argument whether the answer is still wanted at once; if it is not, it may raise
    StoppedError, and is asked again when there is time, unless it was overtaken.
    """

    subject: Subject
    run: Run


class Worker(QObject):
    """Lives in the worker thread and touches nothing of the window. `subjects`: the most urgent first."""

    loaded = Signal(object)  # the languages
    failed = Signal(str)
    answered = Signal(object, object)  # a question and its answer
    refused = Signal(object, str)

    _again = Signal()

    def __init__(self, load: Load, subjects: tuple[Subject, ...]) -> None:
        super().__init__()
        self._load = load
        self._subjects = subjects
        self._completer: Completer | None = None
        self._stream: Stream | None = None
        # Queued, so that a question asked meanwhile is seen first.
        self._again.connect(self.work, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def load(self, languages: tuple[str, ...]) -> None:
        """Load the engine; `loaded` or `failed` follows."""
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
    def reset(self) -> None:
        """Go on with a stream that has read nothing."""
        if self._completer is not None and self._stream is not None:
            self._stream = self._completer.stream()

    @Slot()
    def work(self) -> None:
        """Work on the most urgent question."""
        question = self._next()
        if question is None:
            return
        subject = question.subject
        if subject.keeps_all:
            _take_out(question)  # whatever happens, it is worked on once
        if self._stream is not None or not subject.needs_engine:
            try:
                answer = question.run(self._stream, lambda: self._next() is question)
            except StoppedError:
                self._again.emit()
                return
            except Error as error:
                self.refused.emit(question, str(error))
            except Exception as error:  # noqa: BLE001 - writing goes on
                if subject.breaks_engine:
                    self._stream = None
                    self.failed.emit(subject.blame.format(error=error))
                else:
                    self.refused.emit(question, subject.blame.format(error=error))
            else:
                self.answered.emit(question, answer)
        _take_out(question)
        if self._next() is not None:
            self._again.emit()

    def _next(self) -> Question | None:
        for subject in self._subjects:
            try:
                return subject.waiting[0]
            except IndexError:  # nothing is asked, or was forgotten meanwhile
                continue
        return None


def _take_out(question: Question) -> None:
    """It waits no more; it may be overtaken already."""
    waiting = question.subject.waiting
    if question in waiting:
        try:
            waiting.remove(question)
        except (ValueError, IndexError):  # overtaken in this very moment
            return
