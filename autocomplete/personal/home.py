"""A profile's folder: `profile.json` says in which folder beside it the content is, and how that is sealed.

    profile.json            format, id, when it was made, the content's folder, how the key is made from the passphrase
    lock                    held by whoever may write
    content-1f0c…/          profile.sqlite3, models/<id>/…, tuning/<language>/…

A passphrase, or an import, makes a whole new content beside the old one. It is called `….part` until `profile.json`
names it, which is one rename: a kill at any moment leaves the old or the new one.
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from autocomplete.atomic import PARTIAL, private_folder, write_whole
from autocomplete.errors import ProfileError, ProfileInUseError
from autocomplete.personal.disk import DAMAGED, remove_folder, said_of
from autocomplete.personal.sealing import Terms

FORMAT = 1
HEAD = "profile.json"
DATABASE = "profile.sqlite3"
_LOCK = "lock"
_CONTENT = "content-"
_PART = ".part"


@dataclass(frozen=True)
class Head:
    """What `profile.json` says. `created`: seconds since the epoch. `terms`: None where nothing is sealed."""

    id: str
    created: float
    content: str
    terms: Terms | None

    @classmethod
    def new(cls, terms: Terms | None, of: "Head | None" = None) -> "Head":
        """A head for a new content: of a new profile, or of one there is."""
        content = _CONTENT + uuid4().hex[:12]
        return cls(of.id if of else uuid4().hex, of.created if of else time.time(), content, terms)

    def as_bytes(self) -> bytes:
        """As `from_bytes` takes it."""
        terms = self.terms.as_json() if self.terms else None
        data = {"format": FORMAT, "id": self.id, "created": self.created, "content": self.content, "sealed": terms}
        return json.dumps(data, indent=2).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes, place: Path, damaged: str = DAMAGED) -> "Head":
        """`damaged`: the sentence of the ProfileError about a damaged one, with {place}."""
        try:
            data: Any = json.loads(content)
            if int(data["format"]) > FORMAT:
                raise ProfileError(f"{place} was made by a newer version of this app; update the app to open it.")
            terms = None if data["sealed"] is None else Terms.from_json(data["sealed"])
            name = data["content"]
            if not (isinstance(name, str) and name.startswith(_CONTENT) and name.removeprefix(_CONTENT).isalnum()):
                raise ValueError("no name of a content")
            return cls(str(data["id"]), float(data["created"]), name, terms)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise ProfileError(damaged.format(place=place)) from None


class Home:
    """The folder, and the lock on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Held by all threads of this process, and let go by the system when the process is killed.
        self._lock = FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)

    def head(self) -> Head | None:
        """What `profile.json` says; None where a profile may be made: no folder, or an empty one."""
        place = self.folder / HEAD
        with said_of(self.folder):
            if place.is_file():
                return Head.from_bytes(place.read_bytes(), place)
            others = [name for name in os.listdir(self.folder) if not _is_rest(name)] if self.folder.exists() else []
        if any(name.startswith(_CONTENT) for name in others):
            raise ProfileError(f"{place} is missing; put a backup in its place, or delete the folder to begin anew.")
        if others:
            raise ProfileError(f"{self.folder} holds other files and no profile; name an empty folder.")
        return None

    def holds_profile(self) -> bool:
        """Whether there is a profile here, be it a damaged one."""
        return (self.folder / HEAD).is_file() or any(self.folder.glob(f"{_CONTENT}*"))

    def acquire(self) -> None:
        """Makes the folder and takes the lock; ProfileInUseError if another has it."""
        with said_of(self.folder):
            private_folder(self.folder)
            try:
                self._lock.acquire()
            except Timeout:
                raise ProfileInUseError(
                    f"The profile in {self.folder} is in use by another app or window; close that one, "
                    "or open it read-only."
                ) from None

    def release(self) -> None:
        """Lets others write."""
        self._lock.release()

    def content(self, head: Head) -> Path:
        """The folder with the content; one whose rename a kill prevented has its old name still."""
        whole = self.folder / head.content
        part = whole.with_name(whole.name + _PART)
        return part if part.is_dir() and not whole.is_dir() else whole

    def database(self, head: Head) -> Path:
        """The database's file, which must be there."""
        path = self.content(head) / DATABASE
        if not path.is_file():
            raise ProfileError(f"{path} is missing; put a backup in its place, or delete the profile to begin anew.")
        return path

    def put(self, head: Head, fill: Callable[[Path], None], switched: Callable[[], None] = lambda: None) -> None:
        """Makes a new content and switches to it. Whatever fails, the old one stays as it was.

        `fill` writes into the folder it is given. `switched` is called before the old one is removed.
        """
        part = self.folder / (head.content + _PART)
        try:
            private_folder(part)
            fill(part)
            write_whole(self.folder / HEAD, head.as_bytes())
        except BaseException:
            remove_folder(part)
            raise
        switched()
        self.settle(head)

    def settle(self, head: Head | None) -> None:
        """Finishes what a kill prevented, and removes what is of no use."""
        if head is not None and self.content(head).name.endswith(_PART):
            os.rename(self.content(head), self.folder / head.content)
        for path in self.folder.iterdir():
            old = path.name.startswith(_CONTENT) and path.name != (head.content if head else "")
            if old and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)  # another app may read it; the next start removes it
            elif path.name.endswith(PARTIAL):
                path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Removes the folder and the lock. A kill on the way leaves a profile that opens, or none."""
        for path in self.folder.glob(f"{_CONTENT}*"):
            if not path.name.endswith(_PART):
                os.rename(path, path.with_name(path.name + _PART))
        (self.folder / HEAD).unlink(missing_ok=True)
        real = self.folder.resolve()
        for path in real.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != _LOCK:
                path.unlink()
        self._lock.release()
        (real / _LOCK).unlink(missing_ok=True)
        real.rmdir()
        if self.folder.is_symlink():
            self.folder.unlink()


def delete_profile(folder: Path) -> None:
    """Deletes a profile without opening it: its passphrase may be lost, or a file of it damaged."""
    home = Home(folder.absolute())
    with said_of(folder):
        if not home.holds_profile():
            raise ProfileError(f"There is no profile in {folder}.")
        home.acquire()
        try:
            home.remove()
        finally:
            home.release()


def _is_rest(name: str) -> bool:
    """Whether it is the lock, or what a kill left of a profile that never was."""
    return name == _LOCK or name.endswith(PARTIAL) or (name.startswith(_CONTENT) and name.endswith(_PART))
