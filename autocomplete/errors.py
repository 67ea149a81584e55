"""What can go wrong, as sentences for the person at the keyboard.

Every error a user may meet is an `Error` whose message is one sentence that names the thing and the way out.
"""


class Error(Exception):
    """Base of all errors this package raises on purpose; its message is meant for the user."""


class ModelError(Error):
    """A model folder is missing, damaged, foreign or of a newer version; the message names the file."""


class StoppedError(Error):
    """Work was given up because the caller wants it no more."""


class TextError(Error):
    """A text file cannot be read or is not text; the message names the file."""


class CorpusError(Error):
    """The training text cannot be used; the message names the file or the flag."""


class ProfileError(Error):
    """A profile cannot be opened, read or written; the message names the folder."""


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


class TuningError(Error):
    """A model cannot be tuned to a person; the message says why."""
