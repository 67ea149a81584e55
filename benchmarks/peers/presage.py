"""presage (GPL-2), asked through its C library. The words it proposes end what was typed, in the case typed.

As shipped: Debian's English database and configuration. Trained: databases of 1-, 2- and 3-grams that presage's own
text2ngram counts in a sample of the corpus, in the case written. Both: three suggestions, learning off.
"""

import ctypes
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from autocomplete.predict.place import find_place
from autocomplete.text.words import current_word
from benchmarks.peers import corpus
from benchmarks.peers.peer import MissingError, Setting, size
from benchmarks.peers.vocabulary import in_case

_CONFIGURATION = Path("/etc/presage.xml")
_SHIPPED = {"en": Path("/usr/share/presage/database_en.db")}
_CHARACTERS = 10_000_000  # it counts and sums over its tables at every key
_ORDERS = (1, 2, 3)
_Text = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


class Presage:
    """A presage at home in `home`, its configuration changed at some places: the innermost tag and its new value."""

    def __init__(self, database: Path, home: Path, changes: Mapping[str, str]) -> None:
        try:
            self._library = ctypes.CDLL("libpresage.so.1")
            configuration = _CONFIGURATION.read_text("utf-8")
        except OSError:
            raise MissingError("presage is not installed: apt install presage libpresage1v5 libpresage-data") from None
        (home / ".presage").mkdir()
        os.environ["HOME"] = str(home)  # what its user wrote before is no part of this
        for tag, value in {"SUGGESTIONS": "3", "ONLINE_LEARNING": "no", **changes}.items():
            configuration = re.sub(rf"(<{tag}>)[^<]*(</{tag}>)", rf"\g<1>{value}\g<2>", configuration)
        configuration = configuration.replace(str(_SHIPPED["en"]), str(database))
        path = home / "presage.xml"
        path.write_text(configuration, "utf-8")
        self._text, nothing = ctypes.create_string_buffer(b""), ctypes.create_string_buffer(b"")
        # Kept as long as the library may call them.
        self._callbacks = _Text(lambda _: ctypes.addressof(self._text)), _Text(lambda _: ctypes.addressof(nothing))
        self._presage = ctypes.c_void_p()
        arguments = self._callbacks[0], None, self._callbacks[1], None, str(path).encode(), ctypes.byref(self._presage)
        if self._library.presage_new_with_config(*arguments):
            raise MissingError(f"presage does not start with {path}")
        self.disk = size(database)
        self.pid = os.getpid()

    def begin(self) -> None:
        """A text that does not go on from the last one is a new one to presage."""

    def words(self, before: str, k: int) -> list[str]:
        """What it proposes, as it spells it."""
        self._text = ctypes.create_string_buffer(before.encode())
        answer = ctypes.POINTER(ctypes.c_char_p)()
        if self._library.presage_predict(self._presage, ctypes.byref(answer)):
            return []
        words = []
        while answer[len(words)] is not None:
            words.append(answer[len(words)].decode(errors="replace"))
        self._library.presage_free_string_array(answer)
        return words[:k]


class Shipped(Presage):
    note = ""

    def __init__(self, setting: Setting) -> None:
        if setting.language not in _SHIPPED:
            raise MissingError(f"presage ships no database for {setting.language!r}")
        super().__init__(_SHIPPED[setting.language], setting.scratch, {})

    def suggest(self, before: str, k: int) -> list[str]:
        typed = current_word(before)
        return [typed + word[len(typed) :] for word in self.words(before, k)]


class Trained(Presage):
    note = f"trained on {_CHARACTERS / 1e6:g} million characters of the corpus"

    def __init__(self, setting: Setting) -> None:
        if not setting.corpus:
            raise MissingError("it needs a corpus: --corpus FILES")
        super().__init__(_database(setting), setting.scratch, {"LOWERCASE_MODE": "no"})

    def suggest(self, before: str, k: int) -> list[str]:
        place = find_place(before)
        return [in_case(word, place) for word in self.words(before, k)] if place else []


def _database(setting: Setting) -> Path:
    """The counted sample, from the cache if it is there."""
    path = setting.cache / f"presage-{setting.language}-{corpus.key(setting.corpus, _CHARACTERS)}.db"
    if path.exists():
        return path
    if not shutil.which("text2ngram"):
        raise MissingError("text2ngram is not installed: apt install presage")
    text, unfinished = path.with_suffix(".txt"), path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    text.write_text("\n".join(corpus.sample(setting.corpus, _CHARACTERS)), "utf-8")
    for order in _ORDERS:
        command = ["text2ngram", "-n", str(order), "-f", "sqlite", "-a", "-o", str(unfinished), str(text)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    text.unlink()
    return unfinished.rename(path)
