"""Predictive writing with a streaming LSTM language model. Everything stays on this machine.

    completer = autocomplete.load("en")
    stream = completer.stream()
    stream.update("I am on my w")
    [suggestion.text for suggestion in stream.suggest(3)]

What `__all__` names is public and described in docs/api.md; everything else may change at any time.
"""

TYPE_CHECKING = False  # typing itself takes time to import
if TYPE_CHECKING:
    from autocomplete.errors import (
        CorpusError,
        Error,
        ImportFileError,
        MissingCorpusError,
        MissingImportError,
        MissingModelError,
        MissingProfileError,
        ModelError,
        NewerProfileError,
        NoDisplayError,
        NotInstalledError,
        NotThereError,
        OutputError,
        PassphraseError,
        ProfileError,
        ProfileInUseError,
        ProfileProtectedError,
        ProfileUnsealedError,
        StoppedError,
        TextError,
        TrainingOptionError,
        TuningError,
        UsageError,
    )
    from autocomplete.explanation.explainer import explain
    from autocomplete.explanation.explanation import Candidate, Explanation, Gate, Gates, Part, Piece, Unit
    from autocomplete.finetuning.events import Done, End, Evaluated, Event, Failed, Progress, Stage, Stopped
    from autocomplete.finetuning.options import TuningOptions
    from autocomplete.finetuning.report import Example, Measures, Point, Report
    from autocomplete.finetuning.tuner import Tuner
    from autocomplete.importers import gather, sum_up, total_size
    from autocomplete.importers.found import Found
    from autocomplete.importers.source import Options
    from autocomplete.installed import character_models, languages, model_folder
    from autocomplete.loading import load
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.correction import Correction
    from autocomplete.predict.stream import Stream
    from autocomplete.predict.suggestion import Suggestion
    from autocomplete.profile.archive import export_profile, import_profile
    from autocomplete.profile.importing import learn_found
    from autocomplete.profile.listing import LearnedDocument, LearnedWord, Preview
    from autocomplete.profile.models import TunedModel
    from autocomplete.profile.profile import Profile
    from autocomplete.session.provenance import Origin, Passage, Provenance
    from autocomplete.session.session import Question, TypingSession
    from autocomplete.session.tally import Tally
    from autocomplete.session.text import Change, PlainText, Position, Text
    from autocomplete.text.line import Line, Span
    from autocomplete.typing.edit import Edit
    from autocomplete.typing.rules import TypingOptions, TypingRules

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Change",
    "Completer",
    "CorpusError",
    "Correction",
    "Done",
    "Edit",
    "End",
    "Error",
    "Evaluated",
    "Event",
    "Example",
    "Explanation",
    "Failed",
    "Found",
    "Gate",
    "Gates",
    "ImportFileError",
    "LearnedDocument",
    "LearnedWord",
    "Line",
    "Measures",
    "MissingCorpusError",
    "MissingImportError",
    "MissingModelError",
    "MissingProfileError",
    "ModelError",
    "NewerProfileError",
    "NoDisplayError",
    "NotInstalledError",
    "NotThereError",
    "Options",
    "Origin",
    "OutputError",
    "Part",
    "Passage",
    "PassphraseError",
    "Piece",
    "PlainText",
    "Point",
    "Position",
    "Preview",
    "Profile",
    "ProfileError",
    "ProfileInUseError",
    "ProfileProtectedError",
    "ProfileUnsealedError",
    "Progress",
    "Provenance",
    "Question",
    "Report",
    "Span",
    "Stage",
    "Stopped",
    "StoppedError",
    "Stream",
    "Suggestion",
    "Tally",
    "Text",
    "TextError",
    "TrainingOptionError",
    "TunedModel",
    "Tuner",
    "TuningError",
    "TuningOptions",
    "TypingOptions",
    "TypingRules",
    "TypingSession",
    "Unit",
    "UsageError",
    "__version__",
    "character_models",
    "explain",
    "export_profile",
    "gather",
    "import_profile",
    "languages",
    "learn_found",
    "load",
    "model_folder",
    "sum_up",
    "total_size",
]

# All is imported when it is asked for: `import autocomplete` alone costs nothing, and Ctrl+C can hardly come meanwhile.
# What is not named here is in errors.py.
_LAZY = {
    "Candidate": "explanation.explanation",
    "Change": "session.text",
    "Completer": "predict.completer",
    "Correction": "predict.correction",
    "Done": "finetuning.events",
    "Edit": "typing.edit",
    "End": "finetuning.events",
    "Evaluated": "finetuning.events",
    "Event": "finetuning.events",
    "Example": "finetuning.report",
    "Explanation": "explanation.explanation",
    "Failed": "finetuning.events",
    "Found": "importers.found",
    "Gate": "explanation.explanation",
    "Gates": "explanation.explanation",
    "LearnedDocument": "profile.listing",
    "LearnedWord": "profile.listing",
    "Line": "text.line",
    "Measures": "finetuning.report",
    "Options": "importers.source",
    "Origin": "session.provenance",
    "Part": "explanation.explanation",
    "Passage": "session.provenance",
    "Piece": "explanation.explanation",
    "PlainText": "session.text",
    "Point": "finetuning.report",
    "Position": "session.text",
    "Preview": "profile.listing",
    "Profile": "profile.profile",
    "Progress": "finetuning.events",
    "Provenance": "session.provenance",
    "Question": "session.session",
    "Report": "finetuning.report",
    "Span": "text.line",
    "Stage": "finetuning.events",
    "Stopped": "finetuning.events",
    "Stream": "predict.stream",
    "Suggestion": "predict.suggestion",
    "Tally": "session.tally",
    "Text": "session.text",
    "TunedModel": "profile.models",
    "Tuner": "finetuning.tuner",
    "TuningOptions": "finetuning.options",
    "TypingOptions": "typing.rules",
    "TypingRules": "typing.rules",
    "TypingSession": "session.session",
    "Unit": "explanation.explanation",
    "character_models": "installed",
    "explain": "explanation.explainer",
    "export_profile": "profile.archive",
    "gather": "importers",
    "import_profile": "profile.archive",
    "languages": "installed",
    "learn_found": "profile.importing",
    "load": "loading",
    "model_folder": "installed",
    "sum_up": "importers",
    "total_size": "importers",
}


if not TYPE_CHECKING:  # a type checker, which knows the names from above, would take any other for one of these

    def __getattr__(name: str) -> object:
        if name in __all__:
            from importlib import import_module

            return getattr(import_module(f"autocomplete.{_LAZY.get(name, 'errors')}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
