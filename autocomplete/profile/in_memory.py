"""What predictions read of an open profile, kept in memory: looking a word up costs no disk."""

from autocomplete.adaptation.user_model import UserModel
from autocomplete.model.ngram import NGramModel
from autocomplete.profile.listing import knows
from autocomplete.profile.store import Store

# Words of a language that predictions read, the newest: more would take seconds at each start, and what is older counts
# for little. Fine-tuning reads all.
_MOST_WORDS = 200_000


class InMemory:
    """User models by language, the words that the user added or never wants, and those that were forgotten."""

    def __init__(self) -> None:
        self.bases: dict[str, NGramModel] = {}
        self.user_models: dict[str, UserModel] = {}
        self.added: dict[str, frozenset[str]] = {}
        self.never: frozenset[str] = frozenset()
        self.suppressed: frozenset[bytes] = frozenset()  # digests
        # Folded words forgotten since it was opened: the text they were learned from may still be on the screen.
        self.recently_forgotten: set[str] = set()

    def refresh(self, store: Store, changed: set[str]) -> None:
        """Read the lists again; `changed`: languages whose lines are others now."""
        listed = store.select("words", "kind, language, content")
        self.never = frozenset(word for kind, _, word in listed if kind == "never")
        added = [(language, word) for kind, language, word in listed if kind == "added"]
        self.added = {of: frozenset(word for language, word in added if language == of) for of, _ in added}
        self.suppressed = frozenset(digest for (digest,) in store.select("suppressed", "digest"))
        for language in changed & set(self.user_models):
            self.user_models[language] = self._read(store, language)

    def user_model(self, store: Store, language: str) -> UserModel:
        """What was learned in a language, read when it is first asked for."""
        if language not in self.user_models:
            self.user_models[language] = self._read(store, language)
        return self.user_models[language]

    def use_base(self, language: str, ngram: NGramModel) -> None:
        """Read the language's user model anew, with this base, when it is asked for next."""
        if self.bases.get(language) is not ngram:
            self.bases[language] = ngram
            self.user_models.pop(language, None)

    def knows(self, word: str, language: str) -> bool:
        """Whether the language's base model has the word."""
        return knows(self.bases.get(language), word)

    def _read(self, store: Store, language: str) -> UserModel:
        user_model = UserModel(self.bases.get(language))
        first = store.newest(language, _MOST_WORDS)
        for *_, line in store.lines("language = ? AND id >= ?", (language, first)):
            user_model.learn(line)
        for word in sorted(self.added.get(language, ())):
            user_model.add(word)
        return user_model
