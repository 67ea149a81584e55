"""A small engine that knows a few words, and windows around it whose folders are their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from autocomplete.explanation.explanation import Candidate, Explanation, Gate, Gates, Part, Piece, Unit
from autocomplete.finetuning.events import Event
from autocomplete.text.words import current_word
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from gui.settings import Settings
from gui.suggestions import prediction
from gui.suggestions.engine import Load
from gui.widgets.background import wait_for_all
from gui.widgets.theme import Theme
from gui.window import Window
from tests.gui.fake_profile import FakeProfile

WORDS = ("the", "this", "that", "hello", "help", "world", "way", "Himmel", "heaven", "there")
FIRST = ("the", "this", "that")


@dataclass(frozen=True)
class Word:
    text: str
    probability: float = 0.5


@dataclass
class FakeStream:
    """Completes from `WORDS`; remembers the texts it was given."""

    continuations: dict[str, str]
    explained: list[str]
    seen: list[str] = field(default_factory=list)

    def update(self, text: str) -> None:
        self.seen.append(text)

    def suggest(self, k: int = 3) -> list[Word]:
        prefix = current_word(self.seen[-1])
        words = [word for word in WORDS if word.lower().startswith(prefix.lower())] if prefix else FIRST
        return [Word(word) for word in words[:k]]

    def language(self, text: str | None = None) -> str:
        """German is what has an umlaut."""
        return "de" if set("äöüÄÖÜß") & set(self.seen[-1] if text is None else text) else "en"

    def continuation(self) -> str:
        return self.continuations.get(self.seen[-1], "")

    def explain(self, count: int, wanted: Callable[[], bool]) -> Explanation:
        text = self.seen[-1]
        self.explained.append(text)
        return explanation(*text.split()[:-1] if current_word(text) else text.split())


@dataclass
class FakeCompleter:
    continuations: dict[str, str] = field(default_factory=dict)
    streams: list[FakeStream] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)

    def stream(self) -> FakeStream:
        self.streams.append(FakeStream(self.continuations, self.explained))
        return self.streams[-1]


def explanation(*words: str, belief: float = 1.0) -> Explanation:
    """Of a text of these words, the first of which explains most; a word with a hyphen has two pieces."""
    gate = Gate(0.5, 0.1, 0.9, (Unit(7, 0.99), Unit(3, 0.9)))
    layers = (Gates(gate, gate, gate),)
    parts = [
        Part(
            word,
            True,
            tuple(Piece(piece, layers) for piece in word.split("-")),
            (1 / (len(words) - number),),
            (1.0, 0.0, -1.0),
            (0.75 if number == 0 else 0.25 / (len(words) - 1), 0.0, 0.0),
        )
        for number, word in enumerate(words)
    ]
    candidates = (Candidate("Himmel", 0.5, 0.25), Candidate("Ende", 0.125, 0.1), Candidate("besten", 0.01, 0.02))
    return Explanation("de", belief, "", tuple(parts), candidates)


@pytest.fixture
def completer(monkeypatch: pytest.MonkeyPatch) -> FakeCompleter:
    monkeypatch.setattr(prediction, "explained", lambda stream, wanted: stream.explain(prediction.SHOWN, wanted))
    return FakeCompleter()


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    given = qapp.palette()
    yield Theme(qapp)
    qapp.setPalette(given)
    qapp.setStyleSheet("")


@pytest.fixture
def profile() -> FakeProfile:
    return FakeProfile()


@pytest.fixture
def service(qtbot: QtBot, profile: FakeProfile) -> Iterator[ProfileService]:
    service = ProfileService(lambda **_: profile)
    with qtbot.waitSignal(service.settled):
        service.open()
    yield service
    wait_for_all()
    service.close()


@dataclass
class FakeTuner:
    """Does nothing but note what it is told; the test says how it goes by `hear`."""

    profile: object
    language: str
    hear: Callable[[Event], None]
    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.told.append("start")

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def stop(self, keep: bool) -> None:
        self.told.append("stop and keep" if keep else "stop")


@pytest.fixture
def tuners() -> list[FakeTuner]:
    """Those that were made, the newest last."""
    return []


@pytest.fixture
def fine_tuning(service: ProfileService, tuners: list[FakeTuner]) -> Iterator[FineTuning]:
    def make(profile: object, language: str, hear: Callable[[Event], None]) -> FakeTuner:
        tuners.append(FakeTuner(profile, language, hear))
        return tuners[-1]

    fine_tuning = FineTuning(service, make)
    yield fine_tuning
    fine_tuning.close()


@pytest.fixture
def load(completer: FakeCompleter) -> Load:
    """Gives the windows their engine."""
    return lambda languages: completer


@pytest.fixture
def open_window(
    qtbot: QtBot, settings: Settings, theme: Theme, load: Load, service: ProfileService, fine_tuning: FineTuning
) -> Iterator[Callable[[], Window]]:
    """Opens windows whose engine answers in the test's own thread, and closes them in the end."""
    windows = []

    def build() -> Window:
        window = Window(settings, load, service, fine_tuning, threaded=False)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        window.start_engine()
        settle(window)
        return window

    def settle(window: Window) -> None:
        qtbot.waitUntil(lambda: window.suggesting.settled)

    yield build
    for window in windows:
        window.editor.document().setModified(False)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[[], Window]) -> Window:
    return open_window()


@pytest.fixture
def press(qtbot: QtBot, window: Window) -> Callable[..., None]:
    """Presses keys in the text, each after the suggestions for the one before are there."""

    def press(*keys: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            for one in key if isinstance(key, str) else [key]:
                qtbot.keyClick(window.editor, one, modifier)
                while window.suggesting.asking:
                    QApplication.processEvents()

    return press
