"""Takes words and documents out of what a profile holds, and remembers what its fine-tuned models may know still."""

from collections.abc import Callable, Collection, Iterable, Mapping

from autocomplete.profile.documents import find_document
from autocomplete.profile.redaction import find, folded_words, replace_word, scrub
from autocomplete.profile.scratch import Scratch
from autocomplete.profile.store import Store
from autocomplete.text.folding import fold
from autocomplete.text.line import LEFT_OUT, Line, taught_words
from autocomplete.text.words import WORD

# A word that was forgotten is known again once it was written so often.
_SEEN_ANEW = 2

# By language, the first line that was touched: models that learned from a later one have learned from it too.
Touched = dict[str, int]


class Forgetting:
    """Changes of one profile; all within a transaction of its store."""

    def __init__(self, store: Store, scratch: Callable[[str], Scratch], in_work: Callable[[], Collection[str]]) -> None:
        """`in_work`: languages that have a scratch."""
        self._store = store
        self._scratch = scratch
        self._in_work = in_work

    def word(self, word: str, document: str | None) -> tuple[int, Touched]:
        """Take a word out of all lines, or of one document's. Gives in how many it was."""
        store = self._store
        chosen = None if document is None else find_document(store, document)
        if document is not None and chosen is None:
            return 0, {}
        where, values = ("", ()) if chosen is None else ("document = ?", (chosen,))
        count, touched = self._put(word, LEFT_OUT, where, values)
        self._clean_titles(word, chosen)
        gone = chosen is None or not any(True for *_, line in store.lines() for _ in find(line.text, word))
        if chosen is None:
            for row_id, added in store.select("words", "id, content", "kind = 'added'"):
                if fold(added) == fold(word):
                    touched.setdefault(store.select("words", "language", "id = ?", (row_id,))[0][0], 2**62)
                    store.remove("words", row_id)
                    count += 1
        self._outdate(touched, {fold(word)}, set(), {fold(word)} if gone else set())
        return count, touched

    def document(self, document: int, known: Callable[[str, str], bool]) -> Touched:
        """Take out a document with all its lines. `known`: words that the base models know are not held back."""
        store, touched = self._store, Touched()
        texts: dict[str, str] = {}
        quotes: set[str] = set()
        for row_id, _, line in list(store.lines("document = ?", (document,))):
            touched.setdefault(line.language, row_id)
            texts[line.language] = texts.get(line.language, "") + line.text + "\n"
            quotes |= {line.text} if " " in line.text.strip() else set()
            store.remove("lines", row_id)
        store.remove("documents", document)
        alone = self._nowhere_else(texts)
        suppressed = {word for language, words in alone.items() for word in words if not known(word, language)}
        self._outdate(touched, set().union(*alone.values()), quotes, suppressed)
        return touched

    def edit(self, old: str, new: str, language: str) -> Touched:
        """Write a word in another way wherever it was learned."""
        count, touched = self._put(old, new, "language = ?", (language,))
        for row_id, added in self._store.select("words", "id, content", "kind = 'added' AND language = ?", (language,)):
            if fold(added) == fold(old):
                self._store.change("words", row_id, content=new)
        self.allow_again([new])
        if count and fold(old) != fold(new):
            self._outdate(touched, {fold(old)}, set(), {fold(old)})
        return touched

    def allow_again(self, words: Iterable[str]) -> None:
        """What was forgotten may be known again."""
        for row_id, _ in self._suppressed(words):
            self._store.remove("suppressed", row_id)

    def seen(self, lines: Iterable[Line]) -> None:
        """Lines were learned: a forgotten word that was written twice anew is known again."""
        words = [word for line in lines for word in taught_words(line)]
        for row_id, seen in self._suppressed(words):
            times = sum(1 for word in words if self._store.digest(fold(word)) == self._digest(row_id))
            if seen + times >= _SEEN_ANEW:
                self._store.remove("suppressed", row_id)
            else:
                self._store.change("suppressed", row_id, seen=seen + times)

    def drop_digests(self) -> None:
        """Forget what was forgotten, once no model knows it."""
        stale = self._store.select("models", "id", "stale = 1")
        if not stale and not any(self._scratch(language).outdated for language in self._in_work()):
            for (row_id,) in self._store.select("suppressed", "id"):
                self._store.remove("suppressed", row_id)

    def _put(self, word: str, instead: str, where: str, values: tuple[object, ...]) -> tuple[int, Touched]:
        count, touched = 0, Touched()
        for row_id, _, line in list(self._store.lines(where, values)):
            changed = replace_word(line, word, instead)
            if changed is None:
                continue
            count += 1
            touched.setdefault(line.language, row_id)
            if WORD.search(changed.text):
                self._store.change_line(row_id, changed, len(taught_words(changed)))
            else:
                self._store.remove("lines", row_id)
        return count, touched

    def _clean_titles(self, word: str, document: int | None) -> None:
        where, values = ("", ()) if document is None else ("id = ?", (document,))
        for row_id, (name, title) in self._store.select("documents", "id, content", where, values):
            cleaned = (replace_word(Line(title, "", 0.0), word) or Line(title, "", 0.0)).text
            # An id that holds the word, as a path may, gives way to its digest, by which it is still found.
            kept = "" if any(find(name, word)) else name
            if (kept, cleaned) != (name, title):
                self._store.change("documents", row_id, content=[kept, cleaned])

    def _outdate(self, touched: Touched, words: set[str], quotes: set[str], suppressed: set[str]) -> None:
        """Models that learned from what was touched are stale, and the words they may know are held back."""
        learned = False
        for row_id, language, last_line, report in self._store.select("models", "id, language, last_line, content"):
            if last_line >= touched.get(language, last_line + 1):
                learned = True
                self._store.change("models", row_id, stale=1, content=scrub(report, words, quotes))
        for language in set(touched) & set(self._in_work()):
            learned = True
            self._scratch(language).outdate()
        if learned:
            there = {digest for (digest,) in self._store.select("suppressed", "digest")}
            for digest in {self._store.digest(word) for word in suppressed} - there:
                self._store.add("suppressed", digest=digest, seen=0)

    def _nowhere_else(self, texts: Mapping[str, str]) -> dict[str, set[str]]:
        """By language, the folded words of these texts that no line and no added word holds."""
        alone = {language: folded_words(text) for language, text in texts.items()}
        kept = folded_words("\n".join(line.text for *_, line in self._store.lines()))
        kept |= {fold(word) for (word,) in self._store.select("words", "content", "kind = 'added'")}
        return {language: words - kept for language, words in alone.items()}

    def _suppressed(self, words: Iterable[str]) -> list[tuple[int, int]]:
        rows = self._store.select("suppressed", "id, digest, seen")
        wanted = {self._store.digest(fold(word)) for word in words} if rows else set()
        return [(row_id, seen) for row_id, digest, seen in rows if digest in wanted]

    def _digest(self, row_id: int) -> object:
        return self._store.select("suppressed", "digest", "id = ?", (row_id,))[0][0]
