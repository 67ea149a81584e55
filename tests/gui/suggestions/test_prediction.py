"""Requests, answers and the worker thread."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from autocomplete.errors import ModelError, ProfileError, StoppedError
from autocomplete.protocols import Completer
from gui.suggestions import prediction as prediction_module
from gui.suggestions.paragraph import Paragraph
from gui.suggestions.prediction import Answer, Prediction


class Word:
    def __init__(self, text: str) -> None:
        self.text = text


class SlowEngine:
    """Answers with the text itself, one text each time it is let go on."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.texts: list[str] = []
        self.continuations = 0
        self.wondered: list[str] = []

    def stream(self) -> "SlowEngine":
        return self

    def update(self, text: str) -> None:
        self.texts.append(text)

    def suggest(self, k: int = 3) -> list[Word]:
        self.begun.release()
        assert self.go_on.acquire(timeout=10)
        return [Word(self.texts[-1])]

    def language(self, text: str | None = None) -> str:
        return "de" if text and "ü" in text else "en"

    def continuation(self) -> str:
        self.continuations += 1
        return "more"

    def explain(self, count: int, wanted: Callable[[], bool]) -> str:
        """Takes as long as it is wanted, or until it is let go on."""
        self.wondered.append(text := self.texts[-1])
        self.begun.release()
        while not self.go_on.acquire(timeout=0.001):
            if not wanted():
                raise StoppedError("no longer wanted")
        return f"{text}, explained"


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> SlowEngine:
    monkeypatch.setattr(prediction_module, "explained", lambda stream, wanted: stream.explain(3, wanted))
    return SlowEngine()


def paragraph(text: str, *languages: str) -> Paragraph:
    return Paragraph(text, (), text, languages or ("en",), 0.0, "a", "a.txt")


@pytest.fixture
def taught() -> list[tuple[str, str]]:
    """The texts taught, each with its language."""
    return []


@pytest.fixture
def prediction(qtbot: QtBot, engine: SlowEngine, taught: list[tuple[str, str]]) -> Iterator[Prediction]:
    def learn(paragraph: Paragraph, language: str) -> None:
        if paragraph.text == "too much":
            raise ProfileError("The disk is full.")
        taught.append((paragraph.text, language))

    prediction = Prediction(lambda languages: engine, learn=learn)
    with qtbot.waitSignal(prediction.loaded):
        prediction.use(("en",))
    yield prediction
    for _ in range(10):
        engine.go_on.release()
    prediction.close()


def test_an_answer_comes_from_the_worker(qtbot: QtBot, prediction: Prediction, engine: SlowEngine) -> None:
    engine.go_on.release()
    with qtbot.waitSignal(prediction.suggested) as heard:
        prediction.request("hello")
    (answer,) = heard.args
    assert (answer.words, answer.language) == (("hello",), "en")


def test_the_continuation_comes_after_the_suggestions(qtbot: QtBot, prediction: Prediction, engine: SlowEngine) -> None:
    heard: list[Answer | str] = []
    prediction.suggested.connect(heard.append)
    prediction.continued.connect(heard.append)
    engine.go_on.release()
    with qtbot.waitSignal(prediction.continued):
        prediction.request("hello")
    assert [type(event) for event in heard] == [Answer, str]


def test_overtaken_requests_are_neither_computed_nor_answered(
    qtbot: QtBot, prediction: Prediction, engine: SlowEngine
) -> None:
    heard: list[Answer] = []
    prediction.suggested.connect(heard.append)
    prediction.request("h")
    assert engine.begun.acquire(timeout=10)
    for text in ("he", "hel", "hell"):
        prediction.request(text)
    engine.go_on.release()
    engine.go_on.release()
    with qtbot.waitSignal(prediction.continued):
        pass
    assert [*dict.fromkeys(engine.texts)] == ["h", "hell"]
    assert [answer.words for answer in heard] == [("hell",)]
    assert engine.continuations == 1


def test_an_answer_to_a_forgotten_request_is_dropped(qtbot: QtBot, prediction: Prediction, engine: SlowEngine) -> None:
    heard: list[Answer] = []
    prediction.suggested.connect(heard.append)
    prediction.request("old")
    assert engine.begun.acquire(timeout=10)
    prediction.forget()
    engine.go_on.release()
    engine.go_on.release()
    with qtbot.waitSignal(prediction.continued):
        prediction.request("new")
    assert [answer.words for answer in heard] == [("new",)]


def test_closing_while_the_engine_works_waits_for_it(qtbot: QtBot, engine: SlowEngine) -> None:
    prediction = Prediction(lambda languages: engine)
    with qtbot.waitSignal(prediction.loaded):
        prediction.use(("en",))
    prediction.request("hello")
    assert engine.begun.acquire(timeout=10)
    engine.go_on.release()
    prediction.close()
    assert not prediction.findChild(type(prediction._thread)).isRunning()


def test_a_model_error_is_passed_on_as_its_sentence(qtbot: QtBot) -> None:
    def load(languages: tuple[str, ...]) -> Completer:
        raise ModelError("models/en/step.onnx is missing; install the app again.")

    prediction = Prediction(load)
    with qtbot.waitSignal(prediction.failed) as heard:
        prediction.use(("en",))
    assert heard.args == ["models/en/step.onnx is missing; install the app again."]
    assert not prediction.ready
    prediction.close()


def test_an_engine_that_breaks_is_a_sentence_too(qtbot: QtBot) -> None:
    class Broken(SlowEngine):
        def update(self, text: str) -> None:
            raise RuntimeError("no luck")

    prediction = Prediction(lambda languages: Broken())
    with qtbot.waitSignal(prediction.loaded):
        prediction.use(("en",))
    with qtbot.waitSignal(prediction.failed) as heard:
        prediction.request("hello")
    assert "no luck" in heard.args[0]
    prediction.close()


def test_an_explanation_comes_from_the_worker(qtbot: QtBot, prediction: Prediction, engine: SlowEngine) -> None:
    engine.go_on.release()
    with qtbot.waitSignal(prediction.explained) as heard:
        prediction.explain("hello ")
    assert heard.args == ["hello , explained"]


def test_an_explanation_makes_way_for_suggestions_and_is_taken_up_again(
    qtbot: QtBot, prediction: Prediction, engine: SlowEngine
) -> None:
    prediction.explain("hello ")
    assert engine.begun.acquire(timeout=10)
    with qtbot.waitSignal(prediction.suggested):
        prediction.request("hello w")
        assert engine.begun.acquire(timeout=10)
        engine.go_on.release()
    assert engine.begun.acquire(timeout=10)
    with qtbot.waitSignal(prediction.explained) as heard:
        engine.go_on.release()
    assert heard.args == ["hello , explained"]
    assert engine.wondered == ["hello ", "hello "]


def test_an_explanation_of_an_older_text_is_given_up(qtbot: QtBot, prediction: Prediction, engine: SlowEngine) -> None:
    heard: list[object] = []
    prediction.explained.connect(heard.append)
    prediction.explain("old ")
    assert engine.begun.acquire(timeout=10)
    prediction.forget_explanation()
    with qtbot.waitSignal(prediction.explained):
        prediction.explain("new ")
        assert engine.begun.acquire(timeout=10)
        engine.go_on.release()
    assert heard == ["new , explained"]


def test_closing_gives_an_explanation_up(prediction: Prediction, engine: SlowEngine) -> None:
    prediction.explain("hello ")
    assert engine.begun.acquire(timeout=10)
    prediction.close()
    assert not prediction.findChild(type(prediction._thread)).isRunning()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [(ModelError("weights are missing."), "weights are missing."), (ValueError("odd"), "cannot be shown (odd)")],
)
def test_an_explanation_that_fails_is_a_sentence_and_suggestions_go_on(
    qtbot: QtBot,
    prediction: Prediction,
    engine: SlowEngine,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    sentence: str,
) -> None:
    def explain(count: int, wanted: Callable[[], bool]) -> None:
        raise fault

    monkeypatch.setattr(engine, "explain", explain)
    with qtbot.waitSignal(prediction.unexplained) as heard:
        prediction.explain("hello ")
    assert sentence in heard.args[0]
    engine.go_on.release()
    with qtbot.waitSignal(prediction.suggested):
        prediction.request("hello")


def test_a_paragraph_waits_for_the_suggestions_asked_for_after_it(
    qtbot: QtBot, prediction: Prediction, engine: SlowEngine, taught: list[tuple[str, str]]
) -> None:
    prediction.request("first")
    assert engine.begun.acquire(timeout=10)
    prediction.learn(paragraph("a line"))
    prediction.request("second")
    engine.go_on.release()
    assert engine.begun.acquire(timeout=10)
    assert taught == [], "the key's suggestions had to wait for the paragraph"
    engine.go_on.release()
    qtbot.waitUntil(lambda: taught == [("a line", "en")])


def test_no_paragraph_is_dropped(qtbot: QtBot, prediction: Prediction, taught: list[tuple[str, str]]) -> None:
    for number in range(20):
        prediction.learn(paragraph(f"line {number}"))
    prediction.close()
    assert [text for text, _ in taught] == [f"line {number}" for number in range(20)]


def test_the_language_of_a_paragraph_is_the_one_believed(
    qtbot: QtBot, prediction: Prediction, taught: list[tuple[str, str]]
) -> None:
    prediction.learn(paragraph("für mich", "en", "de"))
    prediction.learn(paragraph("for me", "en", "de"))
    prediction.close()
    assert taught == [("für mich", "de"), ("for me", "en")]


def test_a_paragraph_that_fails_is_a_sentence_and_the_next_is_learned(
    qtbot: QtBot, prediction: Prediction, taught: list[tuple[str, str]]
) -> None:
    with qtbot.waitSignal(prediction.unlearned) as heard:
        prediction.learn(paragraph("too much"))
        prediction.learn(paragraph("enough"))
    assert heard.args == ["The disk is full."]
    prediction.close()
    assert taught == [("enough", "en")]


def test_a_stream_begun_anew_has_read_nothing(qtbot: QtBot) -> None:
    streams: list[SlowEngine] = []

    class Fresh:
        def stream(self) -> SlowEngine:
            streams.append(SlowEngine())
            streams[-1].go_on.release()
            return streams[-1]

    prediction = Prediction(lambda languages: Fresh(), threaded=False)
    prediction.use(("en",))
    prediction.request("private")
    prediction.reset()
    prediction.request("public")
    assert [set(stream.texts) for stream in streams] == [{"private"}, {"public"}]
