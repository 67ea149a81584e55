"""Onboard's word prediction (GPL-3): n-grams with absolute discounting, its own model laid over the system's.

As shipped: the language model of Debian, which knows words and hardly any pairs. Trained: it has learned a sample of
the corpus besides, as it learns from its user.
"""

from pathlib import Path

from benchmarks.peers import corpus
from benchmarks.peers.child import Child
from benchmarks.peers.peer import MissingError, Setting, size

_MODELS = Path("/usr/share/onboard/models")
_NAMES = {"en": "en_US.lm", "de": "de_DE.lm"}
_CHARACTERS = 10_000_000


class Shipped:
    note = ""

    def __init__(self, setting: Setting) -> None:
        self._start(setting)

    def _start(self, setting: Setting, *own: Path) -> None:
        model = _MODELS / _NAMES.get(setting.language, f"{setting.language}.lm")
        if not model.exists():
            raise MissingError(f"{model} is not there: apt install onboard onboard-data")
        self._child = Child("onboard_child.py", *map(str, [model, *own]))
        self.disk = size(model, *own[:1])
        self.pid = self._child.pid

    def begin(self) -> None:
        """Nothing is kept of a text: learning is off."""

    def suggest(self, before: str, k: int) -> list[str]:
        return self._child.ask(before, k)


class Trained(Shipped):
    note = f"trained on {_CHARACTERS / 1e6:g} million characters of the corpus"

    def __init__(self, setting: Setting) -> None:
        if not setting.corpus:
            raise MissingError("it needs a corpus: --corpus FILES")
        path = setting.cache / f"onboard-{setting.language}-{corpus.key(setting.corpus, _CHARACTERS)}.lm"
        text = path.with_suffix(".txt")
        if not path.exists():
            text.write_text("\n".join(corpus.sample(setting.corpus, _CHARACTERS)), "utf-8")
        self._start(setting, path, text)
        text.unlink(missing_ok=True)
