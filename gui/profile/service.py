"""The one profile of this process: opened in the background, shared by all windows, closed at the end."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from autocomplete.errors import (
    Error,
    PassphraseError,
    ProfileInUseError,
    ProfileProtectedError,
    ProfileUnsealedError,
)
from autocomplete.text.line import Line
from gui.suggestions.paragraph import Paragraph
from gui.widgets.background import Task

if TYPE_CHECKING:
    from autocomplete.profile.profile import Profile

T = TypeVar("T")
Change = Callable[["Profile"], object]

NONE = "No profile is open."
ELSEWHERE = "Another window is using your profile; what you write here is not learned."

PROTECTED = "{folder} is read-only, so nothing is learned. Change its permissions and start the app again."
UNSEALED = (
    "Your profile was encrypted with a passphrase, and now it is not, or it is missing. "
    "Continue only if you did that; otherwise restore a backup."
)
READ_ONLY = "The profile is open read-only."


class Open(Protocol):
    def __call__(
        self, *, passphrase: str | None = None, read_only: bool = False, accept_unsealed: bool = False
    ) -> "Profile": ...


def open_profile(
    *, passphrase: str | None = None, read_only: bool = False, accept_unsealed: bool = False
) -> "Profile":
    """The profile at its usual place. Raises `ProfileError`."""
    from autocomplete.profile.profile import Profile

    return Profile.open(passphrase=passphrase, read_only=read_only, accept_unsealed=accept_unsealed)


class ProfileService(QObject):
    """Opens the profile and holds it; `profile` is None until then, and where it cannot be had.

    `settled` says that it is clear now whether there is one, or that it has other models than before: whoever reads it
    starts again. `sealed` that it wants a passphrase, with a sentence when the last one was wrong, `unsealed` that it
    wanted one until now, `refused` why there is none, or why nothing can be learned.
    """

    settled = Signal()
    sealed = Signal(str)
    unsealed = Signal()
    refused = Signal(str)
    learned = Signal()  # it knows more than before
    changed = Signal()  # the user changed what it knows

    def __init__(self, open_: Open = open_profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_
        self._passphrase: str | None = None
        self._accept_unsealed = False
        self.profile: Profile | None = None
        self.elsewhere = False  # another app writes to it: it is open for reading only
        self._protected = False  # its folder may not be written: the same

    @property
    def learns(self) -> bool:
        return self.profile is not None and not self.profile.read_only

    def open(self, passphrase: str | None = None, accept_unsealed: bool = False) -> None:
        """Open the profile in the background; `settled` or `sealed` follows.

        `accept_unsealed`: also if it wanted a passphrase until now, and does no more.
        """
        self._passphrase, self._accept_unsealed = passphrase, accept_unsealed
        self.elsewhere = self._protected = False
        self._begin(read_only=False)

    def go_without(self) -> None:
        """The user does not open the sealed profile now."""
        self.settled.emit()

    def learn(self, paragraph: Paragraph, language: str) -> None:
        """Learn `paragraph`; called in the worker threads. Raises `ProfileError`."""
        profile = self.profile
        if profile is not None and not profile.read_only:
            line = Line(paragraph.text, language, paragraph.time, paragraph.spans, paragraph.above)
            if profile.learn([line], paragraph.document, paragraph.title):
                self.learned.emit()

    def rename(self, document: str, new: str, title: str) -> None:
        """What was learned of a document belongs to another; called in the worker threads. Raises `ProfileError`."""
        profile = self.profile
        if profile is not None and not profile.read_only:
            profile.rename_document(document, new, title)

    def change(
        self,
        work: "Callable[[Profile], T]",
        done: Callable[[T], None],
        failed: Callable[[str], None],
        models: bool = False,
    ) -> None:
        """Do `work` with the profile in the background, then say that it `changed` and call `done` with the result.

        `models`: whether it may have other models then.
        """

        def finish(result: T) -> None:
            (self.settled if models else self.changed).emit()
            done(result)

        self.ask(work, finish, failed)

    def ask(self, question: "Callable[[Profile], T]", done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        """Ask the profile something in the background and call `done` with the answer."""
        profile = self.profile
        if profile is None:
            failed(NONE)
            return
        task = Task(lambda: question(profile))
        task.done.connect(done)
        task.failed.connect(failed)
        task.begin()

    def replace(self, swap: Change, passphrase: str | None, failed: Callable[[str], None]) -> None:
        """Let `swap` put another profile in the place of this one, which it closes, and open that with `passphrase`."""
        profile, self.profile = self.profile, None
        if profile is None:
            failed(NONE)
            return

        def go_back(sentence: str) -> None:
            failed(sentence)
            self.open()

        task = Task(lambda: swap(profile))
        task.done.connect(lambda _: self.open(passphrase))
        task.failed.connect(go_back)
        task.begin()

    def close(self) -> None:
        if self.profile is not None:
            with contextlib.suppress(Error):  # nobody is left to hear of it
                self.profile.close()
            self.profile = None

    def _begin(self, read_only: bool) -> None:
        passphrase, accept = self._passphrase, self._accept_unsealed
        task = Task(lambda: self._open(passphrase=passphrase, read_only=read_only, accept_unsealed=accept))
        task.done.connect(self._on_opened)
        task.failed.connect(lambda sentence: self._on_failed(sentence, task.error))
        task.begin()

    def _on_opened(self, profile: "Profile") -> None:
        self.profile = profile
        self._passphrase = None
        if self._protected:
            self.refused.emit(PROTECTED.format(folder=profile.folder))
        self.settled.emit()

    def _on_failed(self, sentence: str, error: Error | None) -> None:
        if isinstance(error, PassphraseError):
            self.sealed.emit(sentence if self._passphrase is not None else "")
        elif isinstance(error, ProfileInUseError | ProfileProtectedError) and not (self.elsewhere or self._protected):
            self.elsewhere = isinstance(error, ProfileInUseError)
            self._protected = not self.elsewhere
            self._begin(read_only=True)
        else:
            if isinstance(error, ProfileUnsealedError):
                self.unsealed.emit()
            else:
                self.refused.emit(sentence)
            self.settled.emit()
