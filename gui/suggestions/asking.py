"""The window's side of the worker: asks on one subject, and hears the answer to the newest question only."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.suggestions.worker import Question, Run, Subject, Worker


class Asking(QObject):
    """Questions on `subject`. `answered` brings the answer to the newest, `failed` the sentence why there is none."""

    answered = Signal(object)
    failed = Signal(str)

    _wake = Signal()

    def __init__(self, worker: Worker, subject: Subject, parent: QObject) -> None:
        super().__init__(parent)
        self._subject = subject
        self._newest: Question | None = None
        self._wake.connect(worker.work)
        worker.answered.connect(self._on_answered)
        worker.refused.connect(self._on_refused)

    def ask(self, run: Run) -> None:
        """Have `run` done with the stream as soon as nothing more urgent is asked."""
        self._newest = Question(self._subject, run)
        self._subject.waiting.append(self._newest)
        self._wake.emit()

    def forget(self) -> None:
        """No answer to what was asked so far is wanted any more."""
        self._newest = None
        self._subject.waiting.clear()

    @Slot(object, object)
    def _on_answered(self, question: Question, answer: object) -> None:
        if question is self._newest:
            self.answered.emit(answer)

    @Slot(object, str)
    def _on_refused(self, question: Question, sentence: str) -> None:
        if question is self._newest or (question.subject is self._subject and self._subject.keeps_all):
            self.failed.emit(sentence)
