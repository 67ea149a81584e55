"""Questions to the worker: only the newest on its subject is answered, however late the answer of another comes."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from autocomplete.errors import Error
from gui.suggestions.asking import Asking
from gui.suggestions.worker import Question, Run, Subject, Worker


class Stream:
    """Knows nothing: the questions of these tests answer by themselves."""


class Completer:
    def stream(self) -> Stream:
        return Stream()


@pytest.fixture
def subject() -> Subject:
    return Subject("It broke ({error}).")


@pytest.fixture
def worker(qtbot: QtBot, subject: Subject) -> Worker:
    worker = Worker(lambda languages: Completer(), (subject,))
    worker.load(("en",))
    return worker


@pytest.fixture
def asking(worker: Worker, subject: Subject) -> Asking:
    return Asking(worker, subject, worker)


def answering(word: str) -> Run:
    return lambda stream, wanted: word


def ask(asking: Asking, subject: Subject, run: Run) -> Question:
    """Ask, and take the question before the worker has: it works on it now, so to speak."""
    asking.blockSignals(True)
    asking.ask(run)
    asking.blockSignals(False)
    return subject.waiting[0]


def heard(asking: Asking) -> list[object]:
    said: list[object] = []
    asking.answered.connect(said.append)
    asking.failed.connect(said.append)
    return said


def test_a_question_is_answered(asking: Asking) -> None:
    said = heard(asking)
    asking.ask(answering("yes"))
    assert said == ["yes"]


def test_an_answer_that_a_newer_question_overtook_is_dropped(
    asking: Asking, worker: Worker, subject: Subject
) -> None:
    said = heard(asking)
    old = ask(asking, subject, answering("old"))
    new = ask(asking, subject, answering("new"))
    worker.answered.emit(old, "old")
    assert said == []
    worker.answered.emit(new, "new")
    assert said == ["new"]


def test_an_answer_that_is_wanted_no_more_is_dropped(asking: Asking, worker: Worker, subject: Subject) -> None:
    said = heard(asking)
    question = ask(asking, subject, answering("late"))
    asking.forget()
    worker.answered.emit(question, "late")
    worker.refused.emit(question, "It broke.")
    assert said == []


def test_an_answer_to_another_asker_of_the_subject_is_not_heard(
    asking: Asking, worker: Worker, subject: Subject
) -> None:
    other = Asking(worker, subject, QObject(worker))
    said = heard(other)
    asking.ask(answering("not yours"))
    assert said == []


def test_where_every_question_counts_a_failure_of_an_older_one_is_told(worker: Worker) -> None:
    subject = Subject("It broke ({error}).", keeps_all=True)
    asking = Asking(worker, subject, worker)
    said = heard(asking)
    old = ask(asking, subject, answering("old"))
    ask(asking, subject, answering("new"))
    worker.refused.emit(old, "It broke.")
    assert said == ["It broke."]


@pytest.mark.parametrize(("error", "sentence"), [(Error("No."), "No."), (ValueError("odd"), "It broke (odd).")])
def test_a_failure_is_a_sentence(asking: Asking, error: Exception, sentence: str) -> None:
    def fail(stream: object, wanted: object) -> object:
        raise error

    said = heard(asking)
    asking.ask(fail)
    assert said == [sentence]
