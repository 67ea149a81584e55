"""The one way the engine is loaded: when it is first asked for, since its libraries take longer than a window."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from autocomplete.protocols import Completer

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile


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
