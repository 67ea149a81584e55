"""What the app needs of the engine, as types, and the one way it is loaded.

The app's modules name these types instead of importing the engine, whose libraries take longer to
load than a window.
"""

import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from autocomplete import Explanation

# What "language" means in the settings: the languages that are loaded together.
LANGUAGES = {"en": ("en",), "de": ("de",), "both": ("en", "de")}
LANGUAGE_NAMES = {"en": "English", "de": "German", "both": "English and German"}


class Suggestion(Protocol):
    @property
    def text(self) -> str: ...


class Stream(Protocol):
    def update(self, text: str, /) -> None: ...
    def suggest(self, k: int = ..., /) -> Sequence[Suggestion]: ...
    def phrase(self) -> str: ...
    def explain(self, count: int, wanted: Callable[[], bool], /) -> "Explanation": ...


class Completer(Protocol):
    def stream(self) -> Stream: ...


Load = Callable[[tuple[str, ...]], Completer]

_loading = threading.Lock()


@cache
def _load_once(languages: tuple[str, ...]) -> Completer:
    import autocomplete

    completer: Completer = autocomplete.load(*languages)
    return completer


def load(languages: tuple[str, ...]) -> Completer:
    """Load the engine for `languages`; windows share it, each with a stream of its own.

    Raises `autocomplete.Error`.
    """
    with _loading:
        return _load_once(languages)
