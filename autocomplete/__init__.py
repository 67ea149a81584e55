"""Predictive writing with a streaming LSTM language model. Everything stays on this machine.

    completer = autocomplete.load("en")
    stream = completer.stream()
    stream.update("I am on my w")
    [suggestion.text for suggestion in stream.suggest(3)]
"""

from importlib import import_module
from typing import TYPE_CHECKING

from autocomplete.errors import (
    CorpusError,
    Error,
    ModelError,
    PassphraseError,
    ProfileError,
    ProfileInUseError,
    ProfileProtectedError,
    ProfileUnsealedError,
    StoppedError,
    TextError,
    TuningError,
)
from autocomplete.installed import character_models, languages
from autocomplete.loading import load

if TYPE_CHECKING:
    from autocomplete.explain.explanation import Explanation
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.correction import Correction
    from autocomplete.predict.stream import Stream
    from autocomplete.predict.suggestion import Suggestion
    from autocomplete.profile.profile import Profile

__all__ = [
    "Completer",
    "CorpusError",
    "Correction",
    "Error",
    "Explanation",
    "ModelError",
    "PassphraseError",
    "Profile",
    "ProfileError",
    "ProfileInUseError",
    "ProfileProtectedError",
    "ProfileUnsealedError",
    "StoppedError",
    "Stream",
    "Suggestion",
    "TextError",
    "TuningError",
    "character_models",
    "languages",
    "load",
]


_LAZY = {
    "Completer": "predict.completer",
    "Correction": "predict.correction",
    "Explanation": "explain.explanation",
    "Profile": "profile.profile",
    "Stream": "predict.stream",
    "Suggestion": "predict.suggestion",
}


def __getattr__(name: str) -> object:
    # The classes are imported when asked for: `import autocomplete` alone should cost nothing.
    if name in _LAZY:
        return getattr(import_module(f"autocomplete.{_LAZY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
