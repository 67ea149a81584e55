"""What the app has learned from one user: one folder, which can be encrypted, carried elsewhere, and deleted whole."""

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from autocomplete.adaptation.user_model import UserModel
from autocomplete.model.ngram import NGramModel
from autocomplete.profile import models
from autocomplete.profile.disk import is_plain
from autocomplete.profile.documents import find_document, note_document, rename_document
from autocomplete.profile.exporting import packed_files
from autocomplete.profile.folder import default_folder
from autocomplete.profile.forgetting import Forgetting
from autocomplete.profile.history import History
from autocomplete.profile.in_memory import InMemory
from autocomplete.profile.incoming import ready_to_learn
from autocomplete.profile.listing import (
    LearnedDocument,
    LearnedWord,
    Preview,
    learned_documents,
    learned_words,
    previewed,
)
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.models import TunedModel
from autocomplete.profile.open_profile import OpenProfile
from autocomplete.profile.scratch import Scratch
from autocomplete.profile.store import Store
from autocomplete.text.files import StrPath
from autocomplete.text.folding import fold
from autocomplete.text.line import Line, taught_words


class _Step(NamedTuple):
    """A change that can be undone; `languages`: those whose lines or added words it changes, filled while it runs."""

    store: Store
    languages: set[str]


class Profile:
    """What was learned, forgotten and tuned. All calls may come from any thread; each is done or not done, never half.

    folder: where it is. read_only: whether nothing can be changed.

    Every call may raise ProfileError: the disk is full, the database damaged, the profile closed or read-only.
    """

    def __init__(self, opened: OpenProfile) -> None:
        """Use `open`."""
        self.folder = opened.folder
        self.read_only = opened.read_only
        self._open = opened
        self._memory = InMemory()
        self._history = History()
        self._enter()

    @classmethod
    def open(
        cls,
        folder: StrPath | None = None,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        accept_unsealed: bool = False,
    ) -> Self:
        """Open the profile in a folder; where there is none, make one, sealed if a passphrase is given.

        Read-only, nothing is written: what the folder holds now is read, and may be written by others meanwhile.
        `accept_unsealed`: also one that isn't sealed where there was a sealed one before.
        Raises PassphraseError, ProfileInUseError, ProfileProtectedError, ProfileUnsealedError or another ProfileError.
        """
        place = default_folder() if folder is None else Path(folder).absolute()
        opened = OpenProfile.open(place, passphrase=passphrase, read_only=read_only, accept_unsealed=accept_unsealed)
        try:
            return cls(opened)
        except BaseException:
            opened.close()
            raise

    # -- the whole of it

    @property
    def sealed(self) -> bool:
        """Whether a passphrase is needed to open it."""
        return self._open.sealed

    def set_passphrase(self, new: str | None) -> None:
        """Seal everything anew with a passphrase, or with None unseal it; no step before can be undone then.

        Whatever fails, and whenever the process is killed, the profile opens with the old passphrase or the new one,
        and holds the same. A process that works in a scratch has to be stopped before.
        """
        with self._open.changing():
            self._open.set_passphrase(new)
            self._history.clear()
            self._enter()

    def delete(self) -> list[str]:
        """Delete the folder with all that was learned; the profile is closed then.

        Gives the names of what is no part of the profile, and is still there.
        """
        with self._open.changing():
            return self._open.delete()

    def strangers(self) -> list[str]:
        """List the names of what else is in the folder, and no part of the profile."""
        with self._open.reading():
            return self._open.strangers()

    def preview(self) -> Preview:
        """Tell how much is in it."""
        with self._open.reading() as store:
            files = (path for path in self.folder.rglob("*") if is_plain(path))
            manifest = self._open.manifest or Manifest.new(None)
            return previewed(manifest, store, sum(path.stat().st_size for path in files))

    def packed(self) -> dict[str, bytes]:
        """Give the files of an export by their names, sealed as the profile is; work in progress is not among them."""
        with self._open.reading() as store:
            return packed_files(self._open, store)

    def close(self) -> None:
        """Let other apps open it for writing. Closing twice is fine."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- what predictions ask

    def written(self, language: str) -> UserModel:
        """Give what was learned in a language, as predictions read it. Another object after something was forgotten."""
        found = self._memory.user_models.get(language)  # without the lock: asked at every word
        if found is not None:
            return found
        with self._open.reading() as store:
            return self._memory.user_model(store, language)

    def use_base(self, language: str, ngram: NGramModel) -> None:
        """Tell what a language's base model knows; without it, every word counts as new."""
        with self._open.lock:
            self._memory.use_base(language, ngram)

    def added(self, language: str) -> frozenset[str]:
        """Give the words that `add_word` was told."""
        return self._memory.added.get(language, frozenset())

    def never(self) -> frozenset[str]:
        """Give the words that are never offered, as they were given."""
        return self._memory.never

    def is_suppressed(self, word: str) -> bool:
        """Whether the word was forgotten, and a fine-tuned model may know it still."""
        suppressed = self._memory.suppressed
        return bool(suppressed) and self._open.store.digest(fold(word)) in suppressed

    def is_recently_forgotten(self, word: str) -> bool:
        """Whether the word was forgotten since the profile was opened, and not written again."""
        return fold(word) in self._memory.recently_forgotten

    # -- learning

    def learn(
        self, lines: Iterable[Line], document: str, title: str = "", *, known: Container[str] = frozenset()
    ) -> int:
        """Learn lines of a document, without what the filter takes for a secret; gives how many words that was.

        `document`: what stays the same when it is opened again, such as its path. Secrets in it, or in the title, are
        not kept either. `known`: texts of lines, as `lines` gives them, that are not to be learned again.
        """
        counted = [(line, words) for line, words in ready_to_learn(lines) if line.text not in known]
        if not counted:
            return 0
        with self._open.changing() as store:
            with store.transaction():
                store.add_lines(note_document(store, document, title), counted)
                if self._memory.suppressed:
                    self._forgetting.seen(line for line, _ in counted)
            for line, _ in counted:
                if line.language in self._memory.user_models:
                    self._memory.user_models[line.language].learn(line)
                if self._memory.recently_forgotten:
                    self._memory.recently_forgotten.difference_update(map(fold, taught_words(line)))
            if self._memory.suppressed:
                self._memory.refresh(store, set())
        return sum(words for _, words in counted)

    def words(self, language: str) -> list[LearnedWord]:
        """List every word learned or added in a language, and those never to be offered; most written first."""
        with self._open.reading():
            base = self._memory.bases.get(language)
            return learned_words(self.written(language), language, self.added(language), self.never(), base)

    def documents(self) -> list[LearnedDocument]:
        """List every document that something was learned from; the last one first."""
        with self._open.reading() as store:
            return learned_documents(store)

    def languages(self) -> list[str]:
        """List the languages that something is kept in."""
        with self._open.reading() as store:
            return store.languages()

    def lines(self, language: str) -> list[Line]:
        """List everything learned in a language, in the order it was."""
        with self._open.reading() as store:
            return [line for *_, line in store.lines("language = ?", (language,))]

    # -- changes by hand

    def add_word(self, word: str, language: str) -> None:
        """Add the user's own word, offered at once; one that was forgotten may be known again."""
        with self._step(f"added “{word}”") as step:
            self._forgetting.allow_again([word])
            self._memory.recently_forgotten.discard(fold(word))
            if word not in self.added(language):
                step.store.add("words", kind="added", language=language, content=word)
                step.languages.add(language)

    def never_offer(self, word: str) -> None:
        """Never offer a word again, whoever knows it."""
        with self._step(f"never offer “{word}”") as step:
            if word not in self.never():
                step.store.add("words", kind="never", language="", content=word)

    def allow(self, word: str) -> None:
        """Take `never_offer` back."""
        with self._step(f"offer “{word}” again") as step:
            for row_id, found in step.store.select("words", "id, content", "kind = 'never'"):
                if found == word:
                    step.store.remove("words", row_id)

    def edit_word(self, old: str, new: str, language: str) -> None:
        """Write a word another way wherever it was learned in this language."""
        with self._step(f"changed “{old}” to “{new}”", forgets=True) as step:
            step.languages.update(self._forgetting.edit(old, new, language))

    def forget_word(self, word: str, document: str | None = None) -> int:
        """Take a word out of everything learned, or of one document; case and accents don't matter.

        Gives the number of lines and lists it was in. No byte of it is left in the folder.
        """
        with self._step(f"forgot “{word}”", forgets=True) as step:
            count, touched = self._forgetting.word(word, document)
            step.languages.update(touched)
            if document is None and not any(self._memory.knows(word, language) for language in self._memory.bases):
                self._memory.recently_forgotten.add(fold(word))
            return count

    def forget_document(self, document: str) -> bool:
        """Take out everything learned from a document; False if nothing was."""
        with self._step("forgot a document", forgets=True) as step:
            found = find_document(step.store, document)
            if found is not None:
                step.languages.update(self._forgetting.document(found, self._memory.knows))
            return found is not None

    def rename_document(self, document: str, new: str, title: str) -> None:
        """Give what was learned of a document to another one, as when a text is first saved in a file.

        Nothing happens if nothing was learned of it.
        """
        with self._open.changing() as store:
            if rename_document(store, document, new, title):
                self._history.clear()  # a step taken back would bring lines of a document that is gone

    def undo(self) -> str | None:
        """Take back the last word or document added, edited, forgotten or never to be offered; says what it was.

        Only what was done since the profile was opened: nothing of what was forgotten is kept on disk.
        """
        with self._open.changing() as store:
            what = self._history.undo(store)
            if what is not None:
                self._memory.recently_forgotten.clear()
                self._memory.refresh(store, set(self._memory.user_models))
            return what

    # -- fine-tuned models

    def models(self, language: str) -> list[TunedModel]:
        """List the fine-tuned models of a language, oldest first."""
        with self._open.reading() as store:
            return models.tuned_models(store, language)

    def add_model(self, language: str, files: Mapping[str, bytes], report: Mapping[str, Any], *, active: bool) -> str:
        """Keep a fine-tuned model, which has learned from all lines there are; gives its id. `report`: plain JSON."""
        with self._open.changing() as store:
            stale = self.scratch(language).outdated
            return models.add(store, self._open.files, language, files, report, stale=stale, active=active)

    def use_model(self, language: str, name: str | None) -> None:
        """Make one model of a language the active one, or none."""
        with self._open.changing() as store, store.transaction():
            models.use(store, language, name)

    def remove_model(self, name: str) -> None:
        """Remove a model; what was forgotten since and no model knows any more need not be held back then."""
        with self._open.changing() as store:
            models.remove(store, self._open.files, name, self._forgetting.drop_digests)
            self._memory.refresh(store, set())

    def model_files(self, name: str) -> dict[str, bytes]:
        """Read the files of a model, by name."""
        with self._open.reading() as store:
            models.row_of(store, name)
            return self._open.files.read(name)

    def scratch(self, language: str) -> Scratch:
        """Give a place for work in progress on a model of this language."""
        return self._open.scratch(language)

    def _enter(self) -> None:
        """Read what is kept in memory; what the content took the place of may go then."""
        opened = self._open
        with opened.translating_errors():
            self._forgetting = Forgetting(opened.store, opened.scratch, opened.in_work)
            self._memory.refresh(opened.store, set())
            opened.settle()

    @contextmanager
    def _step(self, what: str, *, forgets: bool = False) -> Iterator[_Step]:
        """A change that can be undone, done whole or not at all."""
        with self._open.changing() as store:
            step = _Step(store, set())
            with store.transaction() as before:
                yield step
            self._history.note(what, before)
            self._memory.refresh(store, step.languages)
            if forgets:
                store.truncate_log()
