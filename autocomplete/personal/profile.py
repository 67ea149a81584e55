"""What the app has learned from one user: one folder, which can be sealed, carried elsewhere, and deleted whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any

from autocomplete.errors import ProfileError
from autocomplete.personal import models
from autocomplete.personal.content import TUNING, default_folder, make_profile, reseal, sealed_files, unlock
from autocomplete.personal.disk import said_of
from autocomplete.personal.forgetting import Forgetting
from autocomplete.personal.home import DATABASE, HEAD, Head, Home
from autocomplete.personal.learned import (
    LearnedDocument,
    LearnedWord,
    Preview,
    learned_documents,
    learned_words,
    previewed,
)
from autocomplete.personal.leaving_out import composed, taught_words
from autocomplete.personal.line import Line
from autocomplete.personal.models import MODELS, ModelFiles, TunedModel
from autocomplete.personal.scratch import Scratch, safe_name
from autocomplete.personal.sealing import Seal, Terms
from autocomplete.personal.secrets import redact_line
from autocomplete.personal.store import Before, Store
from autocomplete.personal.written import Written
from autocomplete.text.files import StrPath
from autocomplete.text.folding import fold

# Steps that can be taken back.
_MAX_UNDO = 100


class Profile:
    """What was learned, forgotten and tuned. All calls may come from any thread; each is done or not done, never half.

    Every call may raise ProfileError: the disk is full, the database damaged, the profile closed or read-only.
    `known(word, language)` says whether a base model knows a word; until it is set, every word counts as new.
    """

    def __init__(self, home: Home, head: Head | None, seal: Seal, *, read_only: bool) -> None:
        """Use `open`. `head` None: an empty one in memory."""
        self.folder = home.folder
        self.read_only = read_only
        self.known: Callable[[str, str], bool] = _nothing_known
        self._home = home
        self._head = head
        self._lock = RLock()
        self._closed = False
        self._undo: list[tuple[str, list[Before]]] = []
        self._written: dict[str, Written] = {}
        self._enter(head, seal)

    @classmethod
    def open(
        cls, folder: StrPath | None = None, *, passphrase: str | None = None, read_only: bool = False
    ) -> "Profile":
        """Opens the profile in a folder; where there is none, makes one, sealed if a passphrase is given.

        Read-only, nothing is written: what the folder holds now is read, and may be written by others meanwhile.
        Raises PassphraseError, ProfileInUseError or another ProfileError.
        """
        home = Home(default_folder() if folder is None else Path(folder).absolute())
        head = home.head()
        if read_only:
            seal = Seal() if head is None else unlock(head.terms, passphrase, home.folder)
            return cls(home, head, seal, read_only=True)
        home.acquire()
        try:
            with said_of(home.folder):
                head = home.head()
                if head is None:
                    home.settle(None)
                    head, seal = make_profile(home, passphrase)
                else:
                    seal = unlock(head.terms, passphrase, home.folder)
                    home.settle(head)
            return cls(home, head, seal, read_only=False)
        except BaseException:
            home.release()
            raise

    @property
    def sealed(self) -> bool:
        """Whether a passphrase is needed to open it."""
        return self._head is not None and self._head.terms is not None

    def learn(self, lines: Iterable[Line], document: str, title: str = "") -> int:
        """Learns lines of a document, without what the filter takes for a secret; gives how many words that was.

        `document`: what stays the same when it is opened again, such as its path.
        """
        ready = [kept for line in lines if (kept := redact_line(composed(line))) is not None]
        counted = [(line, len(taught_words(line))) for line in ready]
        counted = [(line, words) for line, words in counted if words]
        if not counted:
            return 0
        with self._changing() as store:
            with store.transaction():
                store.add_lines(self._document(store, document, title), counted)
                if self._suppressed:
                    self._forgetting.seen(line for line, _ in counted)
            for line, _ in counted:
                if line.language in self._written:
                    self._written[line.language].learn(line)
            if self._suppressed:
                self._refresh(store, set())
        return sum(words for _, words in counted)

    def written(self, language: str) -> Written:
        """What was learned in a language, as predictions read it. Another object after something was forgotten."""
        found = self._written.get(language)  # without the lock: asked at every word
        if found is not None:
            return found
        with self._reading() as store:
            if language not in self._written:
                self._written[language] = _read_written(store, language)
            return self._written[language]

    def words(self, language: str) -> list[LearnedWord]:
        """Every word learned or added in a language, and those never to be offered; most written first."""
        with self._reading():
            return learned_words(self.written(language), language, self.added(language), self.never(), self.known)

    def documents(self) -> list[LearnedDocument]:
        """Every document that something was learned from; the last one first."""
        with self._reading() as store:
            return learned_documents(store)

    def languages(self) -> list[str]:
        """The languages that something is kept in."""
        with self._reading() as store:
            return store.languages()

    def lines(self, language: str) -> list[Line]:
        """Everything learned in a language, in the order it was."""
        with self._reading() as store:
            return [line for *_, line in store.lines("language = ?", (language,))]

    def add_word(self, word: str, language: str) -> None:
        """The user's own word, offered at once; one that was forgotten may be known again."""
        with self._step(f"added “{word}”") as store:
            self._forgetting.allow_again([word])
            if word not in self.added(language):
                store.add("words", kind="added", language=language, content=word)

    def never_offer(self, word: str) -> None:
        """A word that is never offered, whoever knows it."""
        with self._step(f"never offer “{word}”") as store:
            if word not in self.never():
                store.add("words", kind="never", language="", content=word)

    def allow(self, word: str) -> None:
        """The opposite of `never_offer`."""
        with self._step(f"offer “{word}” again") as store:
            for row_id, found in store.select("words", "id, content", "kind = 'never'"):
                if found == word:
                    store.remove("words", row_id)

    def edit_word(self, old: str, new: str, language: str) -> None:
        """Writes a word another way wherever it was learned in this language."""
        with self._step(f"changed “{old}” to “{new}”", forgets=True):
            self._changed |= set(self._forgetting.edit(old, new, language))

    def forget_word(self, word: str, document: str | None = None) -> int:
        """Takes a word out of everything learned, or of one document; case and accents don't matter.

        Gives the number of lines and lists it was in. No byte of it is left in the folder.
        """
        with self._step(f"forgot “{word}”", forgets=True):
            count, touched = self._forgetting.word(word, document)
            self._changed |= set(touched)
            return count

    def forget_document(self, document: str) -> bool:
        """Takes out everything learned from a document; False if nothing was."""
        with self._step("forgot a document", forgets=True):
            found = self._forgetting.find_document(document)
            if found is not None:
                self._changed |= set(self._forgetting.document(found, self.known))
            return found is not None

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
            self._refresh(store, set(self._written))
            return what

    def added(self, language: str) -> frozenset[str]:
        """The words that `add_word` was told."""
        return self._added.get(language, frozenset())

    def never(self) -> frozenset[str]:
        """The words that are never offered, as they were given."""
        return self._never

    def is_suppressed(self, word: str) -> bool:
        """Whether the word was forgotten, and a tuned model may know it still."""
        return bool(self._suppressed) and self._store.digest(fold(word)) in self._suppressed

    def models(self, language: str) -> list[TunedModel]:
        """The tuned models of a language, oldest first."""
        with self._reading() as store:
            return models.tuned_models(store, language)

    def add_model(self, language: str, files: Mapping[str, bytes], report: Mapping[str, Any], *, active: bool) -> str:
        """Keeps a tuned model, which has learned from all lines there are; gives its id. `report`: as JSON holds it."""
        with self._changing() as store:
            name = models.new_name()
            self._files.write(name, files)
            with store.transaction():
                models.add_row(store, name, language, report, stale=self.scratch(language).outdated)
                if active:
                    models.use(store, language, name)
            return name

    def use_model(self, language: str, name: str | None) -> None:
        """Makes one model of a language the active one, or none."""
        with self._changing() as store, store.transaction():
            models.use(store, language, name)

    def remove_model(self, name: str) -> None:
        """Removes a model; what was forgotten since and no model knows any more need not be held back then."""
        with self._changing() as store:
            with store.transaction():
                models.remove_row(store, name)
                self._forgetting.drop_digests()
            self._files.remove(name)
            self._refresh(store, set())

    def model_files(self, name: str) -> dict[str, bytes]:
        """The files of a model by name."""
        with self._reading() as store:
            models.row_of(store, name)
            return self._files.read(name)

    def scratch(self, language: str) -> Scratch:
        """A place for work in progress on a model of this language."""
        if self._content is None:
            raise ProfileError(f"There is no profile in {self.folder} yet; open it for writing first.")
        return Scratch(self._content / TUNING / safe_name(language), self._seal.key)

    def preview(self) -> Preview:
        """How much is in it."""
        with self._reading() as store:
            files = (path for path in self.folder.rglob("*") if path.is_file())
            return previewed(self._head or Head.new(None), store, sum(path.stat().st_size for path in files))

    def packed(self) -> dict[str, bytes]:
        """The files of an export by their names, sealed as the profile is; work in progress is not among them."""
        with self._reading() as store:
            if self._head is None or self._content is None:
                raise ProfileError(f"There is no profile in {self.folder}.")
            with closing(Store.create(None, self._seal, store.secret)) as copy:
                store.copy_into(copy)
                files = {HEAD: self._head.as_bytes(), DATABASE: copy.as_bytes()}
            return files | dict(sealed_files(self._content, MODELS))

    def set_passphrase(self, new: str | None) -> None:
        """Seals everything anew with a passphrase, or with None unseals it; no step before can be undone then.

        Whatever fails, and whenever the process is killed, the profile opens with the old passphrase or the new one,
        and holds the same. A process that works in a scratch has to be stopped before.
        """
        with self._changing() as store:
            terms, seal = Terms.make(new) if new is not None else (None, Seal())
            content, head = self._content, Head.new(terms, self._head)
            assert content is not None
            self._home.put(head, lambda part: reseal(store, content, self._seal, part, seal), store.close)
            self._undo.clear()
            self._enter(head, seal)

    def delete(self) -> None:
        """Deletes the folder with everything in it; the profile is closed then."""
        with self._changing() as store:
            store.close()
            self._closed = True
            self._home.remove()

    def close(self) -> None:
        """Lets other apps open it for writing. Closing twice is fine."""
        with self._lock:
            if not self._closed:
                self._closed = True
                with said_of(self.folder):
                    self._store.close()
                    self._home.release()

    def __enter__(self) -> "Profile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _enter(self, head: Head | None, seal: Seal) -> None:
        """Opens the content that `profile.json` names."""
        self._head, self._seal = head, seal
        self._content = None if head is None else self._home.content(head)
        with self._troubles():
            if head is None:
                self._store = Store.create(None, seal)
            else:
                opened = Store.snapshot if self.read_only else Store.open
                self._store = opened(self._home.database(head), seal)
            assert self._store.secret, "a damaged database says so here"
            self._files = ModelFiles(self._content or self.folder, seal)
            self._forgetting = Forgetting(self._store, self.scratch, self._in_work)
            self._refresh(self._store, set())
            if not self.read_only:
                self._files.keep_only({name for (name,) in self._store.select("models", "name")})

    def _in_work(self) -> list[str]:
        """Languages that something may be in the scratch of."""
        languages = [] if self._content is None else self._store.languages()
        return [language for language in languages if self.scratch(language).folder.is_dir()]

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        database = None if self._content is None else self._content / DATABASE
        with said_of(self.folder, database):
            yield

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        with self._lock, self._troubles():
            if self._closed:
                raise ProfileError(f"The profile in {self.folder} was closed; open it again.")
            yield self._store

    @contextmanager
    def _changing(self) -> Iterator[Store]:
        if self.read_only:
            raise ProfileError(f"The profile in {self.folder} was opened read-only; open it for writing to change it.")
        with self._reading() as store:
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
            self._written[language] = _read_written(store, language)

    def _document(self, store: Store, document: str, title: str) -> int:
        """The number of a document, new or with the title it has now."""
        found = self._forgetting.find_document(document)
        if found is None:
            return store.add("documents", digest=store.digest(document), content=[document, title])
        if title:
            (((name, before),),) = store.select("documents", "content", "id = ?", (found,))
            if title != before:
                store.change("documents", found, content=[name, title])
        return found


def _nothing_known(_word: str, _language: str) -> bool:
    return False


def _read_written(store: Store, language: str) -> Written:
    written = Written()
    for *_, line in store.lines("language = ?", (language,)):
        written.learn(line)
    return written
