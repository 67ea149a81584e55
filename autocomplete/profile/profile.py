"""What the app has learned from one user: one folder, which can be sealed, carried elsewhere, and deleted whole."""

import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

from autocomplete.errors import ProfileError
from autocomplete.privacy import Redactor, redact_title
from autocomplete.profile import models
from autocomplete.profile.disk import is_plain
from autocomplete.profile.folder import MANIFEST
from autocomplete.profile.learned import (
    LearnedDocument,
    LearnedWord,
    Preview,
    learned_documents,
    learned_words,
    previewed,
)
from autocomplete.profile.leaving_out import composed, taught_words
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.models import TunedModel
from autocomplete.profile.remains import DATABASE
from autocomplete.profile.session import Session
from autocomplete.profile.store import Store
from autocomplete.profile.times import is_plausible
from autocomplete.text.folding import fold
from autocomplete.text.line import Line


class Profile(Session):
    """What was learned, forgotten and tuned. All calls may come from any thread; each is done or not done, never half.

    Every call may raise ProfileError: the disk is full, the database damaged, the profile closed or read-only.
    """

    def learn(self, lines: Iterable[Line], document: str, title: str = "") -> int:
        """Learns lines of a document, without what the filter takes for a secret; gives how many words that was.

        `document`: what stays the same when it is opened again, such as its path. Secrets in it, or in the title, are
        not kept either.
        """
        redactor = Redactor()
        ready = [kept for line in lines if (kept := redactor.redact_line(composed(_dated(line)))) is not None]
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
                if self._recently_forgotten:
                    self._recently_forgotten.difference_update(map(fold, taught_words(line)))
            if self._suppressed:
                self._refresh(store, set())
        return sum(words for _, words in counted)

    def words(self, language: str) -> list[LearnedWord]:
        """Every word learned or added in a language, and those never to be offered; most written first."""
        with self._reading():
            return learned_words(
                self.written(language), language, self.added(language), self.never(), self._bases.get(language)
            )

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
            self._recently_forgotten.discard(fold(word))
            if word not in self.added(language):
                store.add("words", kind="added", language=language, content=word)
                self._changed.add(language)

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
            if document is None and not any(self._known(word, language) for language in self._bases):
                self._recently_forgotten.add(fold(word))
            return count

    def forget_document(self, document: str) -> bool:
        """Takes out everything learned from a document; False if nothing was."""
        with self._step("forgot a document", forgets=True):
            found = self._forgetting.find_document(document)
            if found is not None:
                self._changed |= set(self._forgetting.document(found, self._known))
            return found is not None

    def rename_document(self, document: str, new: str, title: str) -> None:
        """What was learned of a document belongs to another one from now on, as when a text is first saved in a file.

        Nothing happens if nothing was learned of it.
        """
        with self._changing() as store:
            found = self._forgetting.find_document(document)
            if found is None:
                return
            there = self._forgetting.find_document(new)
            if there is None:
                with store.transaction():
                    store.change("documents", found, digest=store.digest(new), content=_named(new, title))
            elif there != found:
                with store.transaction():
                    for (row_id,) in store.select("lines", "id", "document = ?", (found,)):
                        store.change("lines", row_id, document=there)
                    store.remove("documents", found)
                self._undo.clear()  # a step taken back would bring lines of a document that is gone

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
            self._files.keep(name)
            return name

    def use_model(self, language: str, name: str | None) -> None:
        """Makes one model of a language the active one, or none."""
        with self._changing() as store, store.transaction():
            models.use(store, language, name)

    def remove_model(self, name: str) -> None:
        """Removes a model; what was forgotten since and no model knows any more need not be held back then."""
        with self._changing() as store:
            self._files.give_up(name)
            try:
                with store.transaction():
                    models.remove_row(store, name)
                    self._forgetting.drop_digests()
            except BaseException:
                self._files.keep(name)
                raise
            self._files.remove(name)
            self._refresh(store, set())

    def model_files(self, name: str) -> dict[str, bytes]:
        """The files of a model by name."""
        with self._reading() as store:
            models.row_of(store, name)
            return self._files.read(name)

    def preview(self) -> Preview:
        """How much is in it."""
        with self._reading() as store:
            files = (path for path in self.folder.rglob("*") if is_plain(path))
            return previewed(self._manifest or Manifest.new(None), store, sum(path.stat().st_size for path in files))

    def packed(self) -> dict[str, bytes]:
        """The files of an export by their names, sealed as the profile is; work in progress is not among them."""
        with self._reading() as store:
            if self._manifest is None or self._content is None:
                raise ProfileError(f"There is no profile in {self.folder}.")
            with closing(Store.create(None, self._seal, store.secret)) as copy:
                store.copy_into(copy)
                files: dict[str, bytes] = {}
                for (name,) in store.select("models", "name"):
                    if self._files.has(name):
                        files |= self._files.sealed(name)
                    else:  # nobody could import a model without its files
                        with copy.transaction():
                            models.remove_row(copy, name)
                return {MANIFEST: self._manifest.as_bytes(), DATABASE: copy.as_bytes()} | files

    def _document(self, store: Store, document: str, title: str) -> int:
        """The number of a document, new or with the title it has now."""
        found = self._forgetting.find_document(document)
        if found is None:
            return store.add("documents", digest=store.digest(document), content=_named(document, title))
        if title:
            (((name, before),),) = store.select("documents", "content", "id = ?", (found,))
            if redact_title(title) != before:
                store.change("documents", found, content=_named(name, title))
        return found


def _named(document: str, title: str) -> list[str]:
    """What is kept of a document's id and title. An id that holds a secret, as a path may, is known by its digest."""
    return [document if redact_title(document) == document else "", redact_title(title)]


def _dated(line: Line) -> Line:
    """The line, written now if it claims an absurd time, as chats of some apps do."""
    return line if is_plausible(line.time) else replace(line, time=time.time())
