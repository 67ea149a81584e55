"""The tuning of a model while it goes on: one for the app, whether its dialog is open or not."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

import autocomplete
from gui.profile.service import NONE, ProfileService
from gui.widgets.background import Task

if TYPE_CHECKING:
    from autocomplete.finetuning.events import End, Event
    from autocomplete.importers import Found
    from autocomplete.profile.models import TunedModel
    from autocomplete.profile.profile import Profile

_MOST_POINTS = 600  # of the curve of the loss; then every other is dropped


class Tuner(Protocol):
    def start(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self, keep: bool) -> None: ...


Make = Callable[["Profile", str, "Callable[[Event], None]"], Tuner]


def make_tuner(profile: "Profile", language: str, hear: "Callable[[Event], None]") -> Tuner:
    """The tuner of a shipped language."""
    from autocomplete.finetuning.tuner import Tuner
    from autocomplete.installed import model_folder

    return Tuner(profile, model_folder(language), hear=hear)


class FineTuning(QObject):
    """Tunes the model of one language at a time with what the profile of `service` holds.

    `moved` says that something about it is new, `ended` how it ended.
    """

    moved = Signal()
    ended = Signal(object)

    _heard = Signal(object)

    def __init__(self, service: ProfileService, make: Make = make_tuner) -> None:
        super().__init__()
        self._service = service
        self._make = make
        self._tuner: Tuner | None = None
        self._clear("")
        # It is heard in a thread of the tuner's.
        self._heard.connect(self._on_event, Qt.ConnectionType.QueuedConnection)

    def _clear(self, language: str) -> None:
        self.language = language
        self.working = bool(language)
        self.paused = False
        self.stage = "preparing"
        self.done = 0.0  # share, 0 to 1
        self.left: float | None = None  # seconds
        self.losses: list[float] = []  # nats a token, as time went on
        self.saved: list[tuple[float, float]] = []  # share done, share of keystrokes
        self.end: End | None = None

    def begin(self, language: str, found: "Sequence[Found]" = ()) -> None:
        """Take `found` into the profile, then tune the model of `language`; without, go on with what was broken off."""
        profile = self._service.profile
        if self.working:
            return
        self._clear(language)
        if profile is None:
            self._fail(NONE)
            return
        tuner = self._make(profile, language, self._hear)
        self._tuner = tuner

        def start() -> None:
            if found:
                from autocomplete.profile.importing import learn_found

                learn_found(profile, found)
                profile.scratch(language).clear()  # what was broken off did not begin with these
            tuner.start()

        task = Task(start)
        task.done.connect(lambda _: self._service.learned.emit())
        task.failed.connect(self._fail)
        task.begin()
        self.moved.emit()

    def pause(self) -> None:
        if self._tuner is not None and self.working:
            self.paused = True
            self._tuner.pause()
            self.moved.emit()

    def resume(self) -> None:
        if self._tuner is not None and self.working:
            self.paused = False
            self._tuner.resume()
            self.moved.emit()

    def stop(self, keep: bool) -> None:
        """End it; `keep`: with the best so far, if that helps."""
        if self._tuner is not None and self.working:
            if self.paused:
                self.resume()
            self._tuner.stop(keep)

    def close(self) -> None:
        """The app closes; the tuning process notices, and leaves what it has for the next time."""
        self._tuner = None
        self.working = False

    def unfinished(self) -> str | None:
        """A language whose tuning an earlier run of the app left unfinished."""
        profile = self._service.profile
        if profile is None or profile.read_only or self.working:
            return None
        return next((language for language in autocomplete.languages() if profile.scratch(language).names()), None)

    def drop(self, language: str, failed: Callable[[str], None]) -> None:
        """Give up what was left unfinished."""
        self._service.ask(lambda profile: profile.scratch(language).clear(), lambda _: None, failed)

    def _fail(self, sentence: str) -> None:
        from autocomplete.finetuning.events import Failed

        self._on_event(Failed(sentence))

    def _hear(self, event: "Event") -> None:
        if self._tuner is not None:
            self._heard.emit(event)

    def _on_event(self, event: "Event") -> None:
        from autocomplete.finetuning.events import Done, Evaluated, Progress, Stage  # not before the window

        if isinstance(event, Stage):
            self.stage = event.stage
        elif isinstance(event, Progress):
            self.done, self.left = event.done, event.left
            if event.loss is not None and [event.loss] != self.losses[-1:]:  # the same: it did not learn meanwhile
                self.losses.append(event.loss)
                if len(self.losses) > _MOST_POINTS:
                    del self.losses[1::2]
        elif isinstance(event, Evaluated):
            self.saved.append((self.done, event.point.ksr))
        else:
            self.working = False
            self.end = event
            self._tuner = None
            if isinstance(event, Done):
                self._service.settled.emit()  # the engine has another model to load
            self.ended.emit(event)
        self.moved.emit()


def tuned(profile: "Profile") -> "list[TunedModel]":
    """The tuned models of all languages, oldest first."""
    found = [model for language in autocomplete.languages() for model in profile.models(language)]
    return sorted(found, key=lambda model: model.created)


def stale_languages(profile: "Profile") -> list[str]:
    """The languages whose model in use learned from something that was forgotten since."""
    return [model.language for model in tuned(profile) if model.active and model.stale]
