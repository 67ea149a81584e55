"""What can go wrong, as sentences for the person at the keyboard.

Every error a user may meet is an `Error` whose message is one sentence that names the thing and the way out.
"""

_LONGEST = 80  # characters of a stranger's text in a sentence


def brief(text: object) -> str:
    """What a file says, as a sentence of ours can quote it: on one line, printable, and cut where it goes on and on."""
    line = " ".join(str(text)[: 4 * _LONGEST].split())
    shown = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


class Error(Exception):
    """Base of all errors this package raises on purpose; its message is meant for the user."""


class ModelError(Error):
    """A model folder is missing, damaged, foreign or of a newer version; the message names the file."""


class NotThereError(Error):
    """What was to be read is not there; the message names it."""


class MissingModelError(ModelError, NotThereError):
    """There is no such language and no such model folder."""


class StoppedError(Error):
    """Work was given up because the caller wants it no more."""


class TextError(Error):
    """A text file cannot be read or is not text; the message names the file."""


class CorpusError(Error):
    """The training text cannot be used; the message names the file or the flag."""


class MissingCorpusError(CorpusError, NotThereError):
    """There is no such file of training text."""


class ProfileError(Error):
    """A profile cannot be opened, read or written; the message names the folder."""


class MissingProfileError(ProfileError, NotThereError):
    """There is no such profile."""


class NewerProfileError(ProfileError):
    """The profile was made by a newer version, which alone knows what is in it."""


class PassphraseError(ProfileError):
    """The profile is sealed, and the passphrase is missing or wrong, or to be none; nothing was changed."""


class ProfileUnsealedError(ProfileError):
    """The profile was sealed when it was last used here, and isn't now; it can still be opened if that is accepted."""


class ProfileInUseError(ProfileError):
    """Another app has the profile open for writing; it can still be opened read-only."""


class ProfileProtectedError(ProfileError):
    """The profile may not be written by this user; it can still be opened read-only."""


class ImportFileError(TextError):
    """A file of the user's own writing cannot be read; the message names it and what to do."""


class MissingImportError(ImportFileError, NotThereError):
    """None of the files to learn from is there."""


class TuningError(Error):
    """A model cannot be fine-tuned to a person; the message says why."""


class NotInstalledError(CorpusError, TuningError):
    """Training or fine-tuning needs a package that is not installed; the message says how to install it."""


class UsageError(Error):
    """A command was called with arguments that it does not take; the message names them."""


class NoDisplayError(Error):
    """There is no display to open a window on."""


class TrainingOptionError(CorpusError, UsageError):
    """A training cannot be run with these options; the message names the flag."""


class OutputError(Error):
    """What was to be printed could not be: nobody reads it, or there is no room."""
