"""What the app needs of the engine, as types, and the one way it is loaded.

The app's modules name these types instead of importing the engine, whose libraries take longer to
load than a window.
"""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile


class Suggestion(Protocol):
    @property
    def text(self) -> str: ...


class Stream(Protocol):
    def update(self, text: str, /) -> None: ...
    def suggest(self, k: int = ..., /) -> Sequence[Suggestion]: ...
    def phrase(self) -> str: ...
    def language(self, text: str | None = ..., /) -> str: ...


class Completer(Protocol):
    def stream(self) -> Stream: ...


Load = Callable[[tuple[str, ...]], Completer]


class Engine:
    """Loads completers that read what `profile` holds, one for each choice of languages; windows share them.

    `offensive`: whether they offer offensive words.
    """

    def __init__(self, profile: Callable[[], "Profile | None"], offensive: Callable[[], bool] = lambda: False) -> None:
        self._profile = profile
        self._offensive = offensive
        self._with_offensive = False  # those that are loaded
        self._loading = threading.Lock()
        self._loaded: dict[tuple[str, ...], Completer] = {}

    def load(self, languages: tuple[str, ...]) -> Completer:
        """The completer for `languages`, for a stream of one's own. Raises `autocomplete.Error`."""
        with self._loading:
            if self._with_offensive != self._offensive():
                self._loaded.clear()
                self._with_offensive = self._offensive()
            if languages not in self._loaded:
                import autocomplete

                self._loaded[languages] = autocomplete.load(
                    *languages, profile=self._profile(), offensive=self._with_offensive
                )
            return self._loaded[languages]

    def renew(self) -> None:
        """The profile, or one of its models, is another one: what is asked for next is loaded anew."""
        with self._loading:
            self._loaded.clear()
