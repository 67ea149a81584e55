"""A profile's folder: `profile.json` says in which folder beside it the content is, and how that is sealed.

    profile.json            format, id, when it was made, the content's folder, how the key is made from the passphrase
    lock                    held by whoever may write
    content-1f0c…/          origin.json, profile.sqlite3, models/<id>/…, tuning/<language>/…

A passphrase, or an import, makes a whole new content beside the old one. It is called `….part` until `profile.json`
names it, which is one rename: a kill at any moment leaves the old or the new one.

Nothing is removed because of its name alone. The content in use says which others it took the place of, and only once
it has been opened may these go, file by file; whatever else is in the folder stays.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import platformdirs
from filelock import FileLock, Timeout

from autocomplete.atomic import is_temporary, leftovers, private_folder, sync_folder, write_whole
from autocomplete.errors import NewerProfileError, ProfileError, ProfileInUseError
from autocomplete.profile.content_files import DATABASE, SIDES, holds_nothing, is_ours, remove_content
from autocomplete.profile.disk import is_folder, is_plain, translate_errors
from autocomplete.profile.encryption import Seal
from autocomplete.profile.manifest import PART, Manifest, Origin, is_content
from autocomplete.profile.store import Store

MANIFEST = "profile.json"
_LOCK = "lock"
# What `profile.json` is called while the profile is deleted.
_DELETED = "deleted.json"
# What one is called that could not be read when another profile was put into its place.
_SET_ASIDE = re.compile(r"profile-[0-9a-f]{8}\.json")


def default_folder() -> Path:
    """Where this user's profile is unless another folder is named."""
    return Path(platformdirs.user_data_dir("autocomplete-desktop", appauthor=False)) / "profile"


class ProfileFolder:
    """The folder, and the lock on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Held by all threads of this process, and let go by the system when the process is killed.
        self._lock = FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)

    def manifest(self) -> Manifest | None:
        """What `profile.json` says; None where a profile may be made: no folder, or an empty one."""
        place = self.folder / MANIFEST
        if os.path.lexists(place):
            return Manifest.read(place)
        with translate_errors(self.folder):
            names = sorted(os.listdir(self.folder)) if self.folder.exists() else []
        if self._deleted() is not None:
            return None
        others = [name for name in names if not self._is_rest(name)]
        contents = [name for name in others if (self.folder / name / DATABASE).is_file()]
        if contents:
            raise ProfileError(
                f"{place} is missing, and what was learned is still in {', '.join(contents)} beside it; "
                f"put a backup of {MANIFEST} in its place, or move {self.folder} away to start with an empty profile."
            )
        if others:
            raise ProfileError(
                f"{self.folder} holds other files and no profile; name an empty folder, "
                f"or move these away: {_listed(others)}."
            )
        return None

    def holds_profile(self) -> bool:
        """Whether there is a profile here, be it a damaged one. NewerProfileError for one that we do not know."""
        try:
            if os.path.lexists(self.folder / MANIFEST):
                Manifest.read(self.folder / MANIFEST)
                return True
        except NewerProfileError:
            raise
        except ProfileError:
            pass  # one that is not ours, or is damaged: the contents tell
        return self._deleted() is not None or any(map(is_ours, self._contents()))

    def acquire(self) -> None:
        """Make the folder and take the lock; ProfileInUseError if another has it."""
        with translate_errors(self.folder):
            private_folder(self.folder)
            lock = self.folder / _LOCK
            if os.path.lexists(lock) and not (is_plain(lock) and lock.stat().st_size == 0):
                raise ProfileError(f"{lock} is not the lock of a profile; move it away to open the profile.")
            try:
                self._lock.acquire()
            except Timeout:
                raise ProfileInUseError(
                    f"The profile in {self.folder} is in use by another app or window; close that one, "
                    "or open it read-only."
                ) from None

    def release(self) -> None:
        """Let others write."""
        self._lock.release()

    def content(self, manifest: Manifest) -> Path:
        """The folder with the content; one whose rename a kill prevented has its old name still."""
        whole = self.folder / manifest.content
        part = whole.with_name(whole.name + PART)
        return part if part.is_dir() and not whole.is_dir() else whole

    def database(self, manifest: Manifest) -> Path:
        """The database's file, which must be there."""
        path = self.content(manifest) / DATABASE
        for real in (path.parent, path):
            if real.is_symlink():  # what it names would stay when the profile is sealed, or deleted
                raise ProfileError(f"{real} is a link; put what it names in its place to open the profile.")
        for side in SIDES:
            beside = path.with_name(path.name + side)
            if os.path.lexists(beside) and not beside.is_file():
                raise ProfileError(f"{beside} is not an ordinary file; move it away to open the profile.")
        if not path.is_file():
            raise ProfileError(
                f"{path} is missing; move {self.folder} away, then put a backup of it there "
                "or start with an empty profile."
            )
        return path

    def found(self, manifest: Manifest, seal: Seal) -> Manifest:
        """The manifest, with another content's name where the one it names is missing and there is no doubt.

        A ProfileError names what is there instead where there is a doubt.
        """
        if self.content(manifest).is_dir():
            return manifest
        there = [path for path in self._contents() if (path / DATABASE).is_file()]
        known = [path for path in there if _belongs(path, manifest) and _opens(path, seal)]
        if len(known) == 1:
            return manifest.naming(known[0].name.removesuffix(PART))
        place = self.folder / MANIFEST
        if not there:
            raise ProfileError(
                f"{place} names {manifest.content}, which is missing; move {self.folder} away, "
                "then put a backup of it there or start with an empty profile."
            )
        names = " and ".join(path.name.removesuffix(PART) for path in there)
        raise ProfileError(
            f"{place} names {manifest.content}, which is missing, but there is {names}; "
            f'if that is yours, write its name behind "content" in {MANIFEST}, '
            f"or put a backup of {MANIFEST} in its place."
        )

    def begin(self) -> None:
        """Finish a deletion, and remove what is left of a profile that never came to be."""
        if self._deleted() is not None:
            self._erase()
        for path in self._contents():
            if path.name.endswith(PART) and holds_nothing(path):
                remove_content(path)
        self._remove_leftovers()

    def put(
        self, manifest: Manifest, fill: Callable[[Path], None], switched: Callable[[], None] = lambda: None
    ) -> None:
        """Make a new content and switch to it. Whatever fails, the old one stays as it was.

        `fill` writes into the folder it is given. `switched` is called afterwards. The old content is left to `settle`,
        once the new one has been opened.
        """
        part = self.folder / (manifest.content + PART)
        try:
            private_folder(part)
            Origin(manifest.id, self._replaced()).write(part)
            fill(part)
            sync_folder(part)
            sync_folder(self.folder)
            self._set_aside()
            self.write(manifest)
        except BaseException:
            remove_content(part)
            raise
        switched()
        self.finish(manifest)

    def write(self, manifest: Manifest) -> None:
        """Say it in `profile.json`."""
        write_whole(self.folder / MANIFEST, manifest.as_bytes())

    def finish(self, manifest: Manifest) -> None:
        """Finish a switch to this manifest's content that a kill may have prevented."""
        content = self.content(manifest)
        if content.name.endswith(PART):
            os.rename(content, self.folder / manifest.content)
            sync_folder(self.folder)

    def settle(self, manifest: Manifest) -> None:
        """What a manifest promises of a content that was opened is true from now on; what is of no more use is removed.

        That is what the content took the place of, and what was begun to take its place.
        """
        if Manifest.read(self.folder / MANIFEST) != manifest:
            self.write(manifest)
        content = self.folder / manifest.content
        origin = Origin.of(content) or Origin(manifest.id)
        with suppress(OSError):  # another app may read it, or the disk is full; the next start removes it
            for path in self._contents():
                unfinished = path.name.endswith(PART) and self._would_replace(path, manifest)
                if path != content and (unfinished or path.name.removesuffix(PART) in origin.replaces):
                    remove_content(path)
            left = tuple(name for name in origin.replaces if is_folder(self.folder / name))
            if (now := Origin(origin.profile, left)) != Origin.of(content):
                now.write(content)
            self._remove_leftovers()

    def strangers(self, manifest: Manifest | None) -> list[str]:
        """What else is in the folder: the names of what is no part of the profile."""
        ours = {MANIFEST, _LOCK, *([manifest.content, manifest.content + PART] if manifest else [])}
        names = os.listdir(self.folder) if self.folder.is_dir() else []
        return sorted(name for name in names if name not in ours and not is_temporary(name))

    def remove(self) -> list[str]:
        """Remove the profile and the lock. A kill on the way leaves a profile that opens, or none.

        The names of what is no part of a profile, and is still there.
        """
        if is_plain(self.folder / MANIFEST):
            os.replace(self.folder / MANIFEST, self.folder / _DELETED)
            sync_folder(self.folder)
        self._erase()
        real = self.folder.resolve()
        self._lock.release()
        with suppress(OSError):  # another app waits for it already
            (real / _LOCK).unlink(missing_ok=True)
        kept = sorted(os.listdir(real))
        if not kept:
            real.rmdir()
            if self.folder.is_symlink():
                self.folder.unlink()
        return kept

    def _erase(self) -> None:
        named = self._deleted()
        for path in self._contents():
            if is_ours(path) or (named is not None and path.name.removesuffix(PART) == named.content):
                remove_content(path)
        self._remove_leftovers()
        for path in self.folder.iterdir():
            if _SET_ASIDE.fullmatch(path.name) and is_plain(path):
                path.unlink()
        if is_plain(self.folder / _DELETED):
            (self.folder / _DELETED).unlink()

    def _contents(self) -> list[Path]:
        """All folders that are named as a content's."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(path for path in there if is_content(path.name) and is_folder(path))

    def _replaced(self) -> tuple[str, ...]:
        """The contents that a new one takes the place of: the one in use, and what that has not removed yet."""
        manifest = self._readable()
        if manifest is None:
            return ()
        origin = Origin.of(self.content(manifest))
        return (manifest.content, *(origin.replaces if origin else ()))

    def _readable(self) -> Manifest | None:
        """What `profile.json` says, if it can be read and its content is there."""
        with suppress(ProfileError):
            manifest = Manifest.read(self.folder / MANIFEST)
            return manifest if self.content(manifest).is_dir() else None
        return None

    def _set_aside(self) -> None:
        """Keep a `profile.json` that names nothing we know: what it belongs to may need it."""
        if os.path.lexists(self.folder / MANIFEST) and self._readable() is None:
            os.rename(self.folder / MANIFEST, self.folder / f"profile-{uuid4().hex[:8]}.json")

    def _would_replace(self, part: Path, manifest: Manifest) -> bool:
        origin = Origin.of(part)
        return manifest.content in origin.replaces if origin else holds_nothing(part)

    def _deleted(self) -> Manifest | None:
        """What `profile.json` said of a profile whose deletion was broken off."""
        with suppress(ProfileError):
            return Manifest.read(self.folder / _DELETED)
        return None

    def _is_rest(self, name: str) -> bool:
        """Whether it is the lock, or what a kill left of a profile that never was."""
        unused = is_content(name) and name.endswith(PART) and is_folder(self.folder / name)
        return name == _LOCK or is_temporary(name) or unused

    def _remove_leftovers(self) -> None:
        for path in leftovers(self.folder / MANIFEST):
            if is_plain(path):
                path.unlink()


def _belongs(content: Path, manifest: Manifest) -> bool:
    """Whether the content is this profile's; where it is sealed, that it opens says so, too."""
    origin = Origin.of(content)
    return manifest.terms is not None or (origin is not None and origin.profile == manifest.id)


def _opens(content: Path, seal: Seal) -> bool:
    try:
        with closing(Store.snapshot(content / DATABASE, seal)) as store:
            return bool(store.secret)
    except (ProfileError, sqlite3.Error, OSError):
        return False


def _listed(names: list[str]) -> str:
    """The first few."""
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
