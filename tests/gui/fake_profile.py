"""A profile in memory, with the calls that the app makes."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autocomplete.text.line import Line
from autocomplete.text.words import WORD


@dataclass(frozen=True)
class FakeWord:
    text: str
    language: str
    count: int
    last_used: float = 1e9
    new: bool = False
    added: bool = False
    never: bool = False


@dataclass(frozen=True)
class FakeDocument:
    id: str
    title: str
    language: str
    words: int
    first: float
    last: float


@dataclass(frozen=True)
class FakeModel:
    id: str
    language: str
    created: float
    report: dict[str, Any]
    active: bool
    stale: bool = False


@dataclass
class FakeProfile:
    """Keeps lines with their documents; an error put into `fails` is raised by the next paragraph."""

    folder: Path = Path("/profile")
    read_only: bool = False
    sealed: bool = False
    kept: list[tuple[Line, str, str]] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    nevers: list[str] = field(default_factory=list)
    extra: list[FakeWord] = field(default_factory=list)
    tuned: list[FakeModel] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    _back: list[tuple[str, Callable[[], None]]] = field(default_factory=list)

    def learn(self, lines: Iterable[Line], document: str, title: str = "") -> int:
        if self.fails:
            raise self.fails.pop()
        lines = list(lines)
        self.kept += [(line, document, title) for line in lines]
        return sum(len(taught(line)) for line in lines)

    def words(self, language: str) -> list[FakeWord]:
        counts: dict[str, int] = {}
        for line, _, _ in self.kept:
            if line.language == language:
                for word in taught(line):
                    counts[word] = counts.get(word, 0) + 1
        words = [FakeWord(text, language, count, never=text in self.nevers) for text, count in counts.items()]
        words += [FakeWord(text, of, 0, added=True) for text, of in self.added if of == language]
        return words + [replace(w, never=w.text in self.nevers) for w in self.extra if w.language == language]

    def documents(self) -> list[FakeDocument]:
        found: dict[str, FakeDocument] = {}
        for line, id_, title in self.kept:
            before = found.get(id_, FakeDocument(id_, title, line.language, 0, line.time, line.time))
            found[id_] = replace(before, words=before.words + len(taught(line)), last=line.time)
        return list(found.values())

    def lines(self, language: str) -> list[Line]:
        return [line for line, _, _ in self.kept if line.language == language]

    def never(self) -> frozenset[str]:
        return frozenset(self.nevers)

    def add_word(self, word: str, language: str) -> None:
        self.added.append((word, language))
        self._back.append((f"“{word}” added", lambda: self.added.remove((word, language))))

    def never_offer(self, word: str) -> None:
        self.nevers.append(word)
        self._back.append((f"“{word}” never offered", lambda: self.nevers.remove(word)))

    def allow(self, word: str) -> None:
        self.nevers.remove(word)
        self._back.append((f"“{word}” offered again", lambda: self.nevers.append(word)))

    def edit_word(self, old: str, new: str, language: str) -> None:
        self.calls.append(("edit", old, new, language))

    def forget_word(self, word: str, document: str | None = None) -> None:
        before, extra = self.kept, self.extra
        self.kept = [
            (line, of, title)
            for line, of, title in self.kept
            if word not in taught(line) or (document is not None and of != document)
        ]
        if document is None:
            self.extra = [kept for kept in self.extra if kept.text != word]
        self.tuned = [replace(model, stale=True) for model in self.tuned]

        def back() -> None:
            self.kept, self.extra = before, extra

        self._back.append((f"“{word}” forgotten", back))

    def forget_document(self, id_: str) -> None:
        before = self.kept
        self.kept = [entry for entry in self.kept if entry[1] != id_]

        def back() -> None:
            self.kept = before

        self._back.append(("a document forgotten", back))

    def undo(self) -> str | None:
        if not self._back:
            return None
        said, back = self._back.pop()
        back()
        return said

    def rename_document(self, document: str, new: str, title: str) -> None:
        self.kept = [(line, new, title) if of == document else (line, of, name) for line, of, name in self.kept]

    def preview(self) -> Any:
        return SimpleNamespace(words={"en": sum(len(taught(line)) for line, _, _ in self.kept)})

    def models(self, language: str) -> list[FakeModel]:
        return [model for model in self.tuned if model.language == language]

    def use_model(self, language: str, id_: str | None) -> None:
        self.tuned = [
            replace(model, active=model.id == id_) if model.language == language else model for model in self.tuned
        ]

    def remove_model(self, id_: str) -> None:
        self.tuned = [model for model in self.tuned if model.id != id_]

    def set_passphrase(self, new: str | None) -> None:
        self.sealed = new is not None
        self.calls.append(("passphrase", new))

    def delete(self) -> None:
        self.calls.append(("delete",))

    def close(self) -> None:
        self.calls.append(("close", time.monotonic()))


def taught(line: Line) -> list[str]:
    """The words that a line teaches."""
    spans = line.spans or ((0, len(line.text), 1.0),)
    return [
        word.group()
        for word in WORD.finditer(line.text)
        if any(start <= word.start() and word.end() <= end for start, end, _ in spans)
    ]
