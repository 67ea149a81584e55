"""ibus-typing-booster's engine (GPL-3): hunspell dictionaries and what its user wrote, counted as trigrams.

As shipped it knows no frequencies: its dictionaries' words, the shortest first. Trained: it has read a sample of the
corpus, as its setup tool's "Learn from text file" lets it.
"""

from pathlib import Path

from benchmarks.peers import corpus
from benchmarks.peers.child import Child
from benchmarks.peers.peer import MissingError, Setting, size

_ENGINE = Path("/usr/share/ibus-typing-booster/engine")
_DICTIONARIES = {"en": "en_US", "de": "de_DE"}
# It reads its whole table several times at every key.
_CHARACTERS = 300_000


class Shipped:
    note = "hunspell dictionary only"

    def __init__(self, setting: Setting) -> None:
        self._start(setting, setting.scratch / "user.db")

    def _start(self, setting: Setting, database: Path, text: Path | None = None) -> None:
        name = _DICTIONARIES.get(setting.language, setting.language)
        dictionary = Path(f"/usr/share/hunspell/{name}.dic")
        if not _ENGINE.exists():
            raise MissingError(f"{_ENGINE} is not there: apt install ibus-typing-booster")
        if not dictionary.exists():
            raise MissingError(f"{dictionary} is not there: apt install hunspell-en-us hunspell-de-de")
        arguments = [str(_ENGINE), name, str(database), *([str(text)] if text else [])]
        self._child = Child("typing_booster_child.py", *arguments)
        self.disk = size(dictionary, database)
        self.pid = self._child.pid

    def begin(self) -> None:
        """Nothing is kept of a text: learning is off."""

    def suggest(self, before: str, k: int) -> list[str]:
        return self._child.ask(before, k)


class Trained(Shipped):
    note = f"trained on {_CHARACTERS:,} characters of the corpus"

    def __init__(self, setting: Setting) -> None:
        if not setting.corpus:
            raise MissingError("it needs a corpus: --corpus FILES")
        folder = setting.cache / f"typing-booster-{setting.language}-{corpus.key(setting.corpus, _CHARACTERS)}"
        folder.mkdir(parents=True, exist_ok=True)
        database, text = folder / "user.db", folder / "sample.txt"
        if text.exists():  # it is removed when the database is complete
            database.unlink(missing_ok=True)
        if not database.exists():
            text.write_text("\n".join(corpus.sample(setting.corpus, _CHARACTERS)), "utf-8")
        self._start(setting, database, text if text.exists() else None)
        text.unlink(missing_ok=True)
