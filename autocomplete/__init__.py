"""Predictive writing with a streaming LSTM language model. Everything stays on this machine.

    completer = autocomplete.load("en")
    stream = completer.stream()
    stream.update("I am on my w")
    [suggestion.text for suggestion in stream.suggest(3)]
"""

TYPE_CHECKING = False  # typing itself takes time to import
if TYPE_CHECKING:
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
    from autocomplete.explain.explanation import Explanation
    from autocomplete.installed import character_models, languages
    from autocomplete.loading import load
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
    "character_models": "installed",
    "languages": "installed",
    "load": "loading",
}


def __getattr__(name: str) -> object:
    # All is imported when asked for: `import autocomplete` alone costs nothing, and Ctrl+C can hardly come meanwhile.
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"autocomplete.{_LAZY.get(name, 'errors')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
