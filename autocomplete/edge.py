"""The outermost edge of both programs: whatever goes wrong leaves them as one sentence on stderr and an exit code.

Nothing is imported here that takes time: Ctrl+C may come before the program has begun. docs/command-line.md lists the
codes for users.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NoReturn, TextIO, cast

from autocomplete.errors import (
    Error,
    NoDisplayError,
    NotInstalledError,
    NotThereError,
    OutputError,
    PassphraseError,
    ProfileInUseError,
    ProfileProtectedError,
    UsageError,
)

DEBUG = "AUTOCOMPLETE_DEBUG"  # the environment variable that shows where an error came from
_LONGEST_SENTENCE = 1000  # characters; what was typed may be quoted in it, and of any length


class ExitCode(IntEnum):
    """What a program leaves with: the codes of sysexits.h, and those that a shell gives for a signal."""

    DONE = 0
    USAGE = 64
    DATA = 65
    NO_INPUT = 66
    UNAVAILABLE = 69
    SOFTWARE = 70
    SYSTEM = 71
    CANNOT_CREATE = 73
    IO = 74
    TRY_LATER = 75
    NO_PERMISSION = 77
    INTERRUPTED = 130
    OUTPUT_CLOSED = 141


_BY_KIND = (
    (UsageError, ExitCode.USAGE),
    (NotInstalledError, ExitCode.UNAVAILABLE),
    (NoDisplayError, ExitCode.UNAVAILABLE),
    (NotThereError, ExitCode.NO_INPUT),
    (OutputError, ExitCode.IO),
    (ProfileInUseError, ExitCode.TRY_LATER),
    (PassphraseError, ExitCode.NO_PERMISSION),
    (ProfileProtectedError, ExitCode.NO_PERMISSION),
)
_BY_NUMBER = {
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG), ExitCode.NO_INPUT),
    **dict.fromkeys((errno.EACCES, errno.EPERM), ExitCode.NO_PERMISSION),
    **dict.fromkeys((errno.EEXIST, errno.EROFS), ExitCode.CANNOT_CREATE),
    errno.ENOMEM: ExitCode.SYSTEM,
}


def run(program: str, work: Callable[[], int | None]) -> NoReturn:
    """Do the work of a whole process and leave with its exit code; `program` begins each sentence on stderr."""

    def with_streams() -> int | None:
        prepare()
        if sys.stdout is None:
            raise OutputError("Standard output is closed; send it somewhere, if only to /dev/null.")
        # What can't be encoded, such as a file's name in another encoding, is printed as JSON escapes it.
        if reconfigure := getattr(sys.stdout, "reconfigure", None):
            reconfigure(errors="backslashreplace")
        whole, sys.stdout = sys.stdout, cast(TextIO, _Output(sys.stdout))
        try:
            code = work()
            sys.stdout.flush()
        finally:
            sys.stdout = whole
        return code

    code = answer(program, with_streams)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # what is left is Python's own leaving
    if code in (ExitCode.IO, ExitCode.OUTPUT_CLOSED):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python would try again, and complain
    raise SystemExit(code)


def prepare() -> None:
    """Give a process what libraries take for granted: three open streams, and a working directory (or an OSError)."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    os.getcwd()


def answer(program: str, work: Callable[[], int | None]) -> int:
    """Do some work; whatever it raises becomes a sentence on stderr and the exit code that this gives back."""
    try:
        return work() or ExitCode.DONE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else ExitCode.DONE if stop.code is None else ExitCode.SOFTWARE
    except BaseException as error:  # noqa: BLE001 - behind this is nobody
        if os.environ.get(DEBUG):
            import traceback

            traceback.print_exception(error)
        code, sentence = _told(error)
        if sentence:
            say(program, sentence)
        return code


def say(program: str, sentence: str) -> None:
    """Write one line on stderr, if there is anybody to read it."""
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = f"{sentence[: _LONGEST_SENTENCE // 2]} … {sentence[-_LONGEST_SENTENCE // 4 :]}"
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in sentence)
    try:
        sys.stderr.write(f"{program}: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass  # it is closed or full


def exit_code(error: Error) -> ExitCode:
    """The code for an error that its sentence explains: what it is, else what the system said, else its data."""
    for kind, code in _BY_KIND:
        if isinstance(error, kind):
            return code
    behind = next((cause for cause in _chain(error) if isinstance(cause, OSError) and cause.errno), None)
    if behind is not None:
        return _BY_NUMBER.get(behind.errno or 0, ExitCode.IO)
    return ExitCode.DATA


def _told(error: BaseException) -> tuple[int, str]:
    """The exit code, and the sentence, "" where nothing is to be said."""
    if any(isinstance(cause, KeyboardInterrupt) for cause in _chain(error)):
        return ExitCode.INTERRUPTED, ""  # a module written in C may make an ImportError of it
    if isinstance(error, OutputError) and isinstance(error.__cause__, BrokenPipeError):
        return ExitCode.OUTPUT_CLOSED, ""  # who read has seen enough
    if isinstance(error, Error):
        return exit_code(error), str(error)
    if isinstance(error, MemoryError):
        return ExitCode.SYSTEM, "There is not enough memory for this; close other programs, or use less text at a time."
    if isinstance(error, RecursionError):
        return ExitCode.DATA, "The input is nested too deeply."
    if isinstance(error, OSError) and error.errno:
        return _refused(error)
    if isinstance(error, UnicodeEncodeError) and any(not _is_utf8(argument) for argument in sys.argv):
        return ExitCode.USAGE, "An argument is not UTF-8; in your terminal's settings, choose UTF-8."
    kind = f"{type(error).__name__}: {error}".removesuffix(": ")
    sentence = f"This is a bug in the program, not your mistake ({kind}); {DEBUG}=1 shows where it happened."
    return ExitCode.SOFTWARE, sentence


def _refused(error: OSError) -> tuple[int, str]:
    """The same for what the system refused."""
    try:
        os.getcwd()
    except OSError:
        return ExitCode.NO_INPUT, "The current folder no longer exists; change to another one."
    about = f"{error.filename}: " if error.filename else ""
    return _BY_NUMBER.get(error.errno or 0, ExitCode.IO), f"{about}{error.strerror or error}."


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it came of."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Output:
    """Standard output; what the system refuses is an `OutputError`, unlike what it refuses elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            raise _unwritten(error) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise _unwritten(error) from error


def _unwritten(error: OSError) -> OutputError:
    return OutputError(f"The output could not be written: {error.strerror or error}.")
