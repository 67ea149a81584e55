"""An open profile: its lock, its encryption, and the database and files that these guard."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Self
from urllib.parse import unquote

from autocomplete.errors import ProfileError
from autocomplete.profile.content_files import DATABASE, TUNING
from autocomplete.profile.copying import make_profile, reseal
from autocomplete.profile.disk import translate_errors
from autocomplete.profile.downgrade import refuse_unsealed, remember_seal
from autocomplete.profile.encryption import Seal, Terms, unlock
from autocomplete.profile.folder import ProfileFolder
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.model_files import ModelFiles
from autocomplete.profile.scratch import Scratch, safe_name
from autocomplete.profile.store import Store


class OpenProfile:
    """Lock, encryption, database and files of an open profile. Attributes are read and changed under its lock.

    Whoever opens one, or gives it another passphrase, reads what they need of the database and then calls `settle`:
    only then is what the content takes the place of removed.
    """

    def __init__(
        self, profile_folder: ProfileFolder, manifest: Manifest | None, seal: Seal, *, read_only: bool
    ) -> None:
        """Use `open`. `manifest` None: an empty one in memory."""
        self.folder = profile_folder.folder
        self.read_only = read_only
        self.lock = RLock()
        self._profile_folder = profile_folder
        self._closed = False
        self._identity: tuple[int, int] | None = None
        self._enter(manifest, seal)

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None, read_only: bool, accept_unsealed: bool) -> Self:
        """Open the profile in a folder, or make one there; the arguments are those of `Profile.open`."""
        profile_folder = ProfileFolder(folder)
        manifest = profile_folder.manifest()
        while read_only:
            if not accept_unsealed:
                refuse_unsealed(folder, manifest, None)
            seal = Seal() if manifest is None else unlock(manifest.terms, passphrase, folder)
            try:
                return cls(profile_folder, manifest and profile_folder.found(manifest, seal), seal, read_only=True)
            except ProfileError:
                before, manifest = manifest, profile_folder.manifest()
                if manifest == before:
                    raise  # else the content was sealed anew while it was read
        if not accept_unsealed:
            refuse_unsealed(folder, manifest, passphrase)
        profile_folder.acquire()
        try:
            return cls(profile_folder, *cls._prepare(profile_folder, passphrase), read_only=False)
        except BaseException:
            profile_folder.release()
            raise

    @staticmethod
    def _prepare(profile_folder: ProfileFolder, passphrase: str | None) -> tuple[Manifest, Seal]:
        """The manifest of the profile in a folder whose lock is held, and its seal; a new one where there is none."""
        with translate_errors(profile_folder.folder):
            manifest = profile_folder.manifest()
            if manifest is None:
                profile_folder.begin()
                return make_profile(profile_folder, passphrase)
            seal = unlock(manifest.terms, passphrase, profile_folder.folder)
            found = profile_folder.found(manifest, seal)
            profile_folder.finish(found)
            return found, seal

    @property
    def sealed(self) -> bool:
        """Whether a passphrase is needed to open it."""
        return self.manifest is not None and self.manifest.terms is not None

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Hold the lock, for a call that changes nothing. Raises ProfileError if the profile was closed."""
        with self.lock, self.translating_errors():
            if self._closed:
                raise ProfileError(f"The profile in {self.folder} was closed; open it again.")
            yield self.store

    @contextmanager
    def changing(self) -> Iterator[Store]:
        """Hold the lock, for a call that writes. Raises ProfileError if that must not, or can no longer, be."""
        if self.read_only:
            raise ProfileError(f"The profile in {self.folder} was opened read-only; open it for writing to change it.")
        with self.reading() as store:
            if self.content is not None and _identity(self.content / DATABASE) != self._identity:
                raise ProfileError(
                    f"The profile in {self.folder} was moved or deleted while it was open, so nothing more is learned; "
                    "put it back, or close the app and start it again."
                )
            yield store

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turn what the disk or the database refuses into a ProfileError about this profile."""
        database = None if self.content is None else self.content / DATABASE
        with translate_errors(self.folder, database):
            yield

    def settle(self) -> None:
        """Finish what a kill prevented, and remove what the content took the place of: it was read, and is whole."""
        if not self.read_only and self.manifest is not None:
            self.files.settle({name for (name,) in self.store.select("models", "name")})
            self._profile_folder.settle(self.manifest)
            remember_seal(self.folder, sealed=self.sealed)

    def scratch(self, language: str) -> Scratch:
        """A place for work in progress on a model of this language."""
        if self.content is None:
            raise ProfileError(f"There is no profile in {self.folder} yet; open it for writing first.")
        return Scratch(self.content / TUNING / safe_name(language), self._seal.key)

    def in_work(self) -> list[str]:
        """Languages that something may be in the scratch of."""
        folder = None if self.content is None else self.content / TUNING
        return [unquote(path.name) for path in folder.iterdir()] if folder is not None and folder.is_dir() else []

    def empty_copy(self) -> Store:
        """An empty database in memory, with this profile's key and secret."""
        return Store.create(None, self._seal, self.store.secret)

    def set_passphrase(self, new: str | None) -> None:
        """Write everything again with another passphrase or none, and go on with that."""
        terms, seal = Terms.make(new) if new is not None else (None, Seal())
        store, content, manifest = self.store, self.content, Manifest.new(terms, self.manifest)
        assert content is not None
        if new is None:
            remember_seal(self.folder, sealed=False)  # before: a kill must not leave one that does not open
        self._profile_folder.put(manifest, lambda part: reseal(store, content, self._seal, part, seal), store.close)
        self._enter(manifest, seal)

    def delete(self) -> list[str]:
        """Delete the profile and close it; gives the names of what else is in the folder, and is still there."""
        self.store.close()
        self._closed = True
        remember_seal(self.folder, sealed=False)
        return self._profile_folder.remove()

    def strangers(self) -> list[str]:
        """The names of what else is in the folder, and no part of the profile."""
        return self._profile_folder.strangers(self.manifest)

    def close(self) -> None:
        """Let others open it for writing. Closing twice is fine."""
        with self.lock:
            if not self._closed:
                self._closed = True
                with translate_errors(self.folder):
                    self.store.close()
                    self._profile_folder.release()

    def _enter(self, manifest: Manifest | None, seal: Seal) -> None:
        """Open the content that `profile.json` names."""
        self.manifest, self._seal = manifest, seal
        self.content = None if manifest is None else self._profile_folder.content(manifest)
        with self.translating_errors():
            if manifest is None:
                self.store = Store.create(None, seal)
            else:
                opened = Store.snapshot if self.read_only else Store.open
                database = self._profile_folder.database(manifest)
                self.store = opened(database, seal)
                self._identity = _identity(database)
            try:
                assert self.store.secret, "a damaged database says so here"
                self.files = ModelFiles(self.content or self.folder, seal)
            except BaseException:
                self.store.close()
                raise


def _identity(database: Path) -> tuple[int, int] | None:
    """What tells the file from any other; None where there is none."""
    try:
        found = database.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
