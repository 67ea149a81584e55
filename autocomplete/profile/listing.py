"""What a profile has learned, as lists to look through."""

from collections.abc import Collection
from dataclasses import dataclass

from autocomplete.adaptation.user_model import UserModel
from autocomplete.model.ngram import NGramModel
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.store import Store, Sum
from autocomplete.text.folding import fold


@dataclass(frozen=True)
class LearnedWord:
    """A word of a profile.

    `count`: how often it was written. `last_used`: seconds since the epoch, 0 if never. `new`: no base model knows it.
    """

    text: str
    language: str
    count: int
    last_used: float
    new: bool
    added: bool
    never: bool


@dataclass(frozen=True)
class LearnedDocument:
    """`language`: most of it. `words`: how many were learned. `first`, `last`: when, in seconds since the epoch."""

    id: str
    title: str
    language: str
    words: int
    first: float
    last: float


def learned_words(
    written: UserModel, language: str, added: Collection[str], never: Collection[str], ngram: NGramModel | None
) -> list[LearnedWord]:
    """Every word learned or added in a language, and those never to be offered; most written first.

    `ngram`: the base's, which tells of the words that were never written whether they are new.
    """
    words = {word: (0, 0.0, not knows(ngram, word)) for word in (*added, *never)}
    words |= {word: (count, last, new) for word, count, last, new in written.words()}
    lowered = {word.lower() for word in never}
    found = [
        LearnedWord(word, language, count, last, new, added=word in added, never=word.lower() in lowered)
        for word, (count, last, new) in words.items()
    ]
    return sorted(found, key=lambda word: (-word.count, word.text))


def knows(ngram: NGramModel | None, word: str) -> bool:
    """Whether the base model has the word, in any case; without one, nothing is known."""
    return ngram is not None and bool(ngram.spelled(fold(word)) or ngram.rare.words.equal(fold(word), fold))


def learned_documents(store: Store) -> list[LearnedDocument]:
    """Every document that something was learned from; the last one first."""
    sums, found = store.sums(), []
    for row_id, digest, (name, title) in store.select("documents", "id, digest, content"):
        if row_id in sums:
            parts = sums[row_id]
            document = LearnedDocument(
                id=name or digest.hex(),
                title=title,
                language=max(parts, key=lambda part: part.words).language,
                words=sum(part.words for part in parts),
                first=min(part.first for part in parts),
                last=max(part.last for part in parts),
            )
            found.append(document)
    return sorted(found, key=lambda document: -document.last)


@dataclass(frozen=True)
class Preview:
    """What an export or a profile holds. `words`: learned, by language. `first`, `last`: when; None if nothing was."""

    words: dict[str, int]
    documents: int
    models: int
    first: float | None
    last: float | None
    created: float
    sealed: bool
    size: int


def previewed(manifest: Manifest, store: Store, size: int) -> Preview:
    """What a database holds, by what it says in the clear. `size`: in bytes."""
    sums = store.sums()
    parts: list[Sum] = [part for of_one in sums.values() for part in of_one]
    words: dict[str, int] = {}
    for part in parts:
        words[part.language] = words.get(part.language, 0) + part.words
    first, last = min((p.first for p in parts), default=None), max((p.last for p in parts), default=None)
    (models,) = store.one("SELECT count(*) FROM models")
    return Preview(words, len(sums), models, first, last, manifest.created, manifest.terms is not None, size)
