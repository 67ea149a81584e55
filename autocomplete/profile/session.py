"""An open profile: its lock, its seal, its database, and what of it is kept in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from autocomplete.adaptation.user_model import UserModel
from autocomplete.errors import ProfileError
from autocomplete.model.ngram import NGramModel
from autocomplete.profile.content import default_folder, make_profile, reseal, unlock
from autocomplete.profile.disk import translate_errors
from autocomplete.profile.encryption import Seal, Terms
from autocomplete.profile.folder import ProfileFolder
from autocomplete.profile.forgetting import Forgetting
from autocomplete.profile.learned import knows
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.models import ModelFiles
from autocomplete.profile.remains import DATABASE, TUNING
from autocomplete.profile.remembered import refuse_unsealed, remember_seal
from autocomplete.profile.scratch import Scratch, safe_name
from autocomplete.profile.store import Before, Store
from autocomplete.text.files import StrPath
from autocomplete.text.folding import fold

# Steps that can be taken back.
_MAX_UNDO = 100
# Words of a language that predictions read, the newest: more would take seconds at each start, and what is older counts
# for little. Tuning reads all.
_IN_MEMORY = 200_000


class Session:
    """What every call of a profile stands on; all its attributes are read and changed under its lock."""

    def __init__(
        self, profile_folder: ProfileFolder, manifest: Manifest | None, seal: Seal, *, read_only: bool
    ) -> None:
        """Use `open`. `manifest` None: an empty one in memory."""
        self.folder = profile_folder.folder
        self.read_only = read_only
        self._bases: dict[str, NGramModel] = {}
        self._profile_folder = profile_folder
        self._manifest = manifest
        self._lock = RLock()
        self._closed = False
        self._undo: list[tuple[str, list[Before]]] = []
        self._written: dict[str, UserModel] = {}
        # Folded words forgotten since it was opened: the text they were learned from may still be on the screen.
        self._recently_forgotten: set[str] = set()
        self._identity: tuple[int, int] | None = None
        self._enter(manifest, seal)

    @classmethod
    def open(
        cls,
        folder: StrPath | None = None,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        accept_unsealed: bool = False,
    ) -> Self:
        """Opens the profile in a folder; where there is none, makes one, sealed if a passphrase is given.

        Read-only, nothing is written: what the folder holds now is read, and may be written by others meanwhile.
        `accept_unsealed`: also one that isn't sealed where there was a sealed one before.
        Raises PassphraseError, ProfileInUseError, ProfileProtectedError, ProfileUnsealedError or another ProfileError.
        """
        profile_folder = ProfileFolder(default_folder() if folder is None else Path(folder).absolute())
        manifest = profile_folder.manifest()
        while read_only:
            if not accept_unsealed:
                refuse_unsealed(profile_folder.folder, manifest, None)
            seal = Seal() if manifest is None else unlock(manifest.terms, passphrase, profile_folder.folder)
            try:
                return cls(profile_folder, manifest and profile_folder.found(manifest, seal), seal, read_only=True)
            except ProfileError:
                before, manifest = manifest, profile_folder.manifest()
                if manifest == before:
                    raise  # else the content was sealed anew while it was read
        if not accept_unsealed:
            refuse_unsealed(profile_folder.folder, manifest, passphrase)
        profile_folder.acquire()
        try:
            return cls(profile_folder, *cls._prepare(profile_folder, passphrase), read_only=False)
        except BaseException:
            profile_folder.release()
            raise

    @staticmethod
    def _prepare(profile_folder: ProfileFolder, passphrase: str | None) -> tuple[Manifest, Seal]:
        """The head of the profile in a folder whose lock is held, and its seal; a new one where there is none."""
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
        return self._manifest is not None and self._manifest.terms is not None

    def written(self, language: str) -> UserModel:
        """What was learned in a language, as predictions read it. Another object after something was forgotten."""
        found = self._written.get(language)  # without the lock: asked at every word
        if found is not None:
            return found
        with self._reading() as store:
            if language not in self._written:
                self._written[language] = self._read_written(store, language)
            return self._written[language]

    def use_base(self, language: str, ngram: NGramModel) -> None:
        """Tells what a language's base model knows; without it, every word counts as new."""
        with self._lock:
            if self._bases.get(language) is not ngram:
                self._bases[language] = ngram
                self._written.pop(language, None)

    def added(self, language: str) -> frozenset[str]:
        """The words that `add_word` was told."""
        return self._added.get(language, frozenset())

    def never(self) -> frozenset[str]:
        """The words that are never offered, as they were given."""
        return self._never

    def is_suppressed(self, word: str) -> bool:
        """Whether the word was forgotten, and a tuned model may know it still."""
        return bool(self._suppressed) and self._store.digest(fold(word)) in self._suppressed

    def is_put_away(self, word: str) -> bool:
        """Whether the word was forgotten since the profile was opened, and not written again."""
        return fold(word) in self._recently_forgotten

    def undo(self) -> str | None:
        """Takes back the last word or document added, edited, forgotten or never to be offered; says what it was.

        Only what was done since the profile was opened: nothing of what was forgotten is kept on disk.
        """
        with self._changing() as store:
            if not self._undo:
                return None
            what, before = self._undo[-1]
            with store.transaction():
                store.restore(before)
            self._undo.pop()
            self._recently_forgotten.clear()
            self._refresh(store, set(self._written))
            return what

    def scratch(self, language: str) -> Scratch:
        """A place for work in progress on a model of this language."""
        if self._content is None:
            raise ProfileError(f"There is no profile in {self.folder} yet; open it for writing first.")
        return Scratch(self._content / TUNING / safe_name(language), self._seal.key)

    def set_passphrase(self, new: str | None) -> None:
        """Seals everything anew with a passphrase, or with None unseals it; no step before can be undone then.

        Whatever fails, and whenever the process is killed, the profile opens with the old passphrase or the new one,
        and holds the same. A process that works in a scratch has to be stopped before.
        """
        with self._changing() as store:
            terms, seal = Terms.make(new) if new is not None else (None, Seal())
            content, manifest = self._content, Manifest.new(terms, self._manifest)
            assert content is not None
            if new is None:
                remember_seal(self.folder, sealed=False)  # before: a kill must not leave one that does not open
            self._profile_folder.put(manifest, lambda part: reseal(store, content, self._seal, part, seal), store.close)
            self._undo.clear()
            self._enter(manifest, seal)

    def delete(self) -> list[str]:
        """Deletes the folder with all that was learned; the profile is closed then.

        The names of what is no part of the profile, and is still there.
        """
        with self._changing() as store:
            store.close()
            self._closed = True
            remember_seal(self.folder, sealed=False)
            return self._profile_folder.remove()

    def strangers(self) -> list[str]:
        """The names of what else is in the folder, and no part of the profile."""
        with self._reading():
            return self._profile_folder.strangers(self._manifest)

    def close(self) -> None:
        """Lets other apps open it for writing. Closing twice is fine."""
        with self._lock:
            if not self._closed:
                self._closed = True
                with translate_errors(self.folder):
                    self._store.close()
                    self._profile_folder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _enter(self, manifest: Manifest | None, seal: Seal) -> None:
        """Opens the content that `profile.json` names."""
        self._manifest, self._seal = manifest, seal
        self._content = None if manifest is None else self._profile_folder.content(manifest)
        with self._translating_errors():
            if manifest is None:
                self._store = Store.create(None, seal)
            else:
                opened = Store.snapshot if self.read_only else Store.open
                database = self._profile_folder.database(manifest)
                self._store = opened(database, seal)
                self._identity = _identity(database)
            try:
                self._read_content(manifest, seal)
            except BaseException:
                self._store.close()
                raise

    def _read_content(self, manifest: Manifest | None, seal: Seal) -> None:
        assert self._store.secret, "a damaged database says so here"
        self._files = ModelFiles(self._content or self.folder, seal)
        self._forgetting = Forgetting(self._store, self.scratch, self._in_work)
        self._refresh(self._store, set())
        if not self.read_only and manifest is not None:
            self._files.settle({name for (name,) in self._store.select("models", "name")})
            self._profile_folder.settle(manifest)
            remember_seal(self.folder, sealed=self.sealed)

    def _in_work(self) -> list[str]:
        """Languages that something may be in the scratch of."""
        folder = None if self._content is None else self._content / TUNING
        return [unquote(path.name) for path in folder.iterdir()] if folder is not None and folder.is_dir() else []

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        database = None if self._content is None else self._content / DATABASE
        with translate_errors(self.folder, database):
            yield

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        with self._lock, self._translating_errors():
            if self._closed:
                raise ProfileError(f"The profile in {self.folder} was closed; open it again.")
            yield self._store

    @contextmanager
    def _changing(self) -> Iterator[Store]:
        if self.read_only:
            raise ProfileError(f"The profile in {self.folder} was opened read-only; open it for writing to change it.")
        with self._reading() as store:
            if self._content is not None and _identity(self._content / DATABASE) != self._identity:
                raise ProfileError(
                    f"The profile in {self.folder} was moved or deleted while it was open, so nothing more is learned; "
                    "put it back, or close the app and start it again."
                )
            yield store

    @contextmanager
    def _step(self, what: str, *, forgets: bool = False) -> Iterator[Store]:
        """A change that can be undone, done whole or not at all."""
        with self._changing() as store:
            self._changed: set[str] = set()
            with store.transaction() as before:
                yield store
            if before:
                self._undo = [*self._undo[-_MAX_UNDO + 1 :], (what, before)]
            self._refresh(store, self._changed)
            if forgets:
                store.truncate_log()

    def _refresh(self, store: Store, changed: set[str]) -> None:
        """Reads anew what is kept in memory; `changed`: languages whose lines are others now."""
        listed = store.select("words", "kind, language, content")
        self._never = frozenset(word for kind, _, word in listed if kind == "never")
        added = [(language, word) for kind, language, word in listed if kind == "added"]
        self._added = {of: frozenset(word for language, word in added if language == of) for of, _ in added}
        self._suppressed = frozenset(digest for (digest,) in store.select("suppressed", "digest"))
        for language in changed & set(self._written):
            self._written[language] = self._read_written(store, language)

    def _read_written(self, store: Store, language: str) -> UserModel:
        written = UserModel(self._bases.get(language))
        first = store.newest(language, _IN_MEMORY)
        for *_, line in store.lines("language = ? AND id >= ?", (language, first)):
            written.learn(line)
        for word in sorted(self.added(language)):
            written.add(word)
        return written

    def _known(self, word: str, language: str) -> bool:
        return knows(self._bases.get(language), word)


def _identity(database: Path) -> tuple[int, int] | None:
    """What tells the file from any other; None where there is none."""
    try:
        found = database.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
