"""One text being typed: kept in step with every edit, asked for suggestions at every key."""

from collections.abc import Sequence
from dataclasses import dataclass

from autocomplete.predict.buffer import TextBuffer
from autocomplete.predict.candidates import Candidates
from autocomplete.predict.language import Language
from autocomplete.predict.mixture import language_weights
from autocomplete.predict.place import SIGHT, Place, find_place
from autocomplete.predict.reader import Reader, Snapshot

# How much of a text is read when the cursor jumps into it: the LSTM makes little of what stands further back.
WINDOW = 1200


@dataclass(frozen=True)
class Suggestion:
    """A whole word to put in place of the one being typed, and how probable it is here (0 to 1)."""

    text: str
    probability: float


class Stream:
    """The text before one cursor. For one thread at a time; streams share their completer's models, nothing else."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._languages = languages
        self._buffer = TextBuffer()
        self._given = ""  # the text of the last `update`, to see what the next one changes
        self._kept: dict[int, tuple[Snapshot, bool, Candidates]] = {}
        self._begin_reading()

    @property
    def anchor(self) -> int:
        """Where in the text reading began. 0 unless the text was long when the cursor came there."""
        return self._anchor

    def update(self, text: str) -> None:
        """Takes the text before the cursor after any edit. Only what changed is read."""
        same = _common_prefix(self._given, text)
        self.edit(same, len(self._buffer) - same, text[same:])
        self._given = text

    def edit(self, position: int, removed: int, added: str) -> None:
        """The same for an edit known by its place: `removed` characters at `position` gave way to `added`.

        Costs what the distance from `position` to the end costs, however long the text is.
        """
        if position < 0 or removed < 0 or position + removed > len(self._buffer):
            raise ValueError(f"no {removed} characters at {position} in a text of {len(self._buffer)}")
        rest = self._buffer.cut(position)
        changed = added + rest[removed:]
        self._buffer.append(changed)
        self._given = ""
        if len(changed) > 2 * WINDOW or position < self._anchor:
            self._begin_reading()
        elif not all(reader.replace(position - self._anchor, changed) for reader in self._readers):
            self._begin_reading()

    def suggest(self, count: int = 3) -> list[Suggestion]:
        """Up to `count` words for the place at the cursor, best first. Never the letters typed themselves."""
        before = self._buffer.tail(SIGHT)
        place = find_place(before)
        if place is None:
            return []
        weights = language_weights(self._languages, before[: len(before) - len(place.word)])
        mixed: dict[str, float] = {}
        for number, weight in enumerate(weights):
            candidates = self._candidates(number, place)
            for text, p in candidates.at(place).items() if candidates else ():
                mixed[text] = mixed.get(text, 0.0) + weight * p
        best = sorted(mixed.items(), key=lambda item: (-item[1], item[0]))[:count]
        return [Suggestion(text, p) for text, p in best]

    def _candidates(self, number: int, place: Place) -> Candidates | None:
        """The candidates of a language at `place`, kept as long as the text before the word stays."""
        read = self._readers[number].at(len(self._buffer) - self._anchor - place.boundary)
        if read is None:
            return None
        kept = self._kept.get(number)
        if kept is None or kept[0] is not read or kept[1] != place.after_space:
            kept = read, place.after_space, Candidates(self._languages[number], read, place)
            self._kept[number] = kept
        return kept[2]

    def _begin_reading(self) -> None:
        """Reads the window before the cursor from nothing."""
        window = self._buffer.tail(WINDOW)
        if len(window) < len(self._buffer):
            window = _from_a_beginning(window)
        self._anchor = len(self._buffer) - len(window)
        self._readers = [Reader(language.tokenizer, language.runtime) for language in self._languages]
        for reader in self._readers:
            reader.replace(0, window)


def _from_a_beginning(window: str) -> str:
    """The window from its first line's start on, or from its first word's where it holds no line's start."""
    half = len(window) // 2
    for mark in "\n ":
        at = window.find(mark, 0, half)
        if at >= 0:
            return window[at + 1 :]
    return window


def _common_prefix(a: str, b: str) -> int:
    """How many leading characters two texts share. Compares memory, not characters one by one."""
    if b.startswith(a):
        return len(a)
    if a.startswith(b):
        return len(b)
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a.startswith(b[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low
