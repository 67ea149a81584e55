"""One text being typed: kept in step with every edit, asked for suggestions at every key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from autocomplete.adaptation.user_model import UserModel
from autocomplete.predict.buffer import TextBuffer
from autocomplete.predict.candidates import Candidates
from autocomplete.predict.correction import Correction, correct
from autocomplete.predict.language import Language
from autocomplete.predict.mixture import MIN_SHARE, Mixture
from autocomplete.predict.place import CONTEXT_CHARACTERS, LOOKBACK, Place, find_place, in_code
from autocomplete.predict.reader import Reader, Reading, Snapshot
from autocomplete.predict.suggestion import Suggestion

# How much of a text is read when the cursor jumps into it: the LSTM makes little of what stands further back.
WINDOW = 1200

# A continuation is at most so many words, and is offered only if all of it is right with this probability.
CONTINUATION_WORDS = 4
CONTINUATION_CONFIDENCE = 0.6


_About = tuple[bool, tuple[str, ...], UserModel | None]  # what candidates depend on besides what was read


@dataclass(frozen=True)
class Expectation:
    """What is expected at the cursor, and what was read last.

    language: the one most believed there; belief: how much (0 to 1). suggestions: with what is known of the word being
    typed taken into account. place: None where no word is completed.
    """

    language: Language
    belief: float
    reading: Reading
    place: Place | None
    suggestions: tuple[Suggestion, ...]


class Stream:
    """The text before one cursor. For one thread at a time; streams share their completer's models, nothing else."""

    def __init__(self, languages: Sequence[Language], hides: Callable[[str], bool] = lambda _: False) -> None:
        """`hides`: says of a word whether it must not be offered."""
        self._languages = languages
        self._hides = hides
        self._buffer = TextBuffer()
        self._given = ""  # the text of the last `update`, to see what the next one changes
        self._kept: dict[int, tuple[Snapshot, _About, Candidates]] = {}
        self._mixture = Mixture(languages)
        self._begin_reading()

    @property
    def anchor(self) -> int:
        """Where in the text reading began: well before the cursor, or 0 where the text is short."""
        return self._anchor

    def update(self, text: str) -> None:
        """Take the text before the cursor after any edit. Only what changed is read."""
        same = _common_prefix(self._given, text)
        self.edit(same, len(self._buffer) - same, text[same:])
        self._given = text

    def edit(self, position: int, removed: int, added: str) -> None:
        """Take an edit known by its place: `removed` characters at `position` gave way to `added`.

        Costs what the distance from `position` to the end costs, however long the text is. Raises ValueError where the
        text holds no such characters.
        """
        if position < 0 or removed < 0 or position + removed > len(self._buffer):
            raise ValueError(f"no {removed} characters at {position} in a text of {len(self._buffer)}")
        rest = self._buffer.cut(position)
        changed = added + rest[removed:]
        self._buffer.append(changed)
        self._given = ""
        near = len(changed) <= 2 * WINDOW and (self._anchor == 0 or position >= self._anchor + LOOKBACK)
        if not (near and all(reader.replace(position - self._anchor, changed) for reader in self._readers)):
            self._begin_reading()

    def suggest(self, count: int = 3) -> list[Suggestion]:
        """Give up to `count` words for the place at the cursor, best first. Never the letters typed themselves."""
        place = self._place()
        if place is None:
            return []
        typed = normalize("NFC", place.word)
        offered = ((text, p) for text, p in self._ranked(place) if text != typed and not self._hides(text))
        return [Suggestion(text, p) for text, p in islice(offered, count)]

    def continuation(self) -> str:
        """Give what very probably follows, to insert at the cursor: the rest of the word and words behind it.

        "" when unsure, and in an address or code. Found by typing the likeliest words on trial and taking them
        back; what was read on trial is dropped like deleted text.
        """
        if in_code(self._buffer.tail(LOOKBACK)):
            return ""
        length, given, kept = len(self._buffer), self._given, dict(self._kept)
        found, confidence = "", 1.0
        for _ in range(CONTINUATION_WORDS):
            added, probability = self._likeliest()
            confidence *= probability
            if confidence < CONTINUATION_CONFIDENCE:
                break
            found += added + " "
            self.edit(len(self._buffer), 0, added + " ")
        self.edit(length, len(self._buffer) - length, "")
        self._given, self._kept = given, kept
        return found.rstrip(" ")

    def phrase(self) -> str:
        """Give `continuation` by its old name."""
        return self.continuation()

    def language(self, text: str | None = None) -> str:
        """Name the language most believed at the end of `text`, or at the cursor where none is given."""
        before = self._buffer.tail(CONTEXT_CHARACTERS) if text is None else text
        beliefs = self._mixture.weights(before)
        return self._languages[beliefs.index(max(beliefs))].name

    def correct(self) -> Correction | None:
        """Tell what was probably meant by the word before the cursor (and one separator); None where it is a word."""
        before = self._buffer.tail(LOOKBACK)
        correction = correct(self._languages, self._mixture.weights(before), before)
        return None if correction is None or self._hides(correction.text) else correction

    def expectation(self, count: int, last: int) -> Expectation:
        """Give the `count` best suggestions at the cursor and the `last` words and signs read, to explain them."""
        place, kept, self._kept = self._place(), self._kept, {}
        suggestions = self.suggest(count)
        if place and place.word:  # the letters typed are known: one of the words that begin so is meant
            known = sum(p for _, p in self._ranked(place))
            suggestions = [Suggestion(s.text, s.probability / known) for s in suggestions if s.probability]
        self._kept = kept
        before = self._before(place) if place else self._buffer.tail(CONTEXT_CHARACTERS)
        beliefs = self._mixture.weights(before)
        number = beliefs.index(max(beliefs))
        position = len(self._buffer) - self._anchor - (place.boundary if place else 0)
        reading = self._readers[number].last(position, last)
        return Expectation(self._languages[number], beliefs[number], reading, place, tuple(suggestions))

    def _likeliest(self) -> tuple[str, float]:
        """What the likeliest word would add at the cursor, and its probability given the letters typed."""
        place = self._place()
        ranked = self._ranked(place) if place else []
        if not ranked or not place:
            return "", 0.0
        word, p = ranked[0]
        if not word.startswith(place.word) or self._hides(word):
            return "", 0.0
        if place.word:  # one of the words that begin so is meant
            return word[len(place.word) :], p / sum(q for _, q in ranked)
        needs_space = place.after_space and self._buffer.tail(1) not in ("", " ", "\n")
        return " " * needs_space + word, p

    def _place(self) -> Place | None:
        return find_place(self._buffer.tail(LOOKBACK))

    def _ranked(self, place: Place) -> list[tuple[str, float]]:
        """Words for `place` with their probabilities, best first; the word as typed may be among them."""
        before = self._before(place)
        weights = self._mixture.weights(before)
        shares = self._mixture.weights(before, place.word)
        mixed: dict[str, float] = {}
        for number, share in enumerate(shares):
            candidates = self._candidates(number, place) if share > MIN_SHARE * max(shares) else None
            for text, p in candidates.at(place).items() if candidates else ():
                mixed[text] = mixed.get(text, 0.0) + weights[number] * p
        return sorted(mixed.items(), key=lambda item: (-item[1], item[0]))

    def _before(self, place: Place) -> str:
        """The text before the word at `place`, as far as it tells about the language."""
        return self._buffer.tail(CONTEXT_CHARACTERS + len(place.word))[: -len(place.word) or None]

    def _candidates(self, number: int, place: Place) -> Candidates | None:
        """The candidates of a language at `place`, kept as long as the text before the word stays."""
        reader, position = self._readers[number], len(self._buffer) - self._anchor - place.boundary
        read = reader.at(position)
        if read is None:
            return None
        kept = self._kept.get(number)
        personal = self._languages[number].personal
        # Something was forgotten where what the user wrote is another object now.
        about = place.after_space, place.context, personal.written if personal else None
        if kept is None or kept[0] is not read or kept[1] != about:
            recent = reader.recent(position, read)
            kept = read, about, Candidates(self._languages[number], read, recent, place)
            self._kept[number] = kept
        return kept[2]

    def _begin_reading(self) -> None:
        """Read the window before the cursor from nothing."""
        window = self._buffer.tail(WINDOW)
        if len(window) < len(self._buffer):
            window = _from_a_beginning(window)
        self._anchor = len(self._buffer) - len(window)
        self._readers = [
            Reader(language.tokenizer, language.runtime, language.ngram) for language in self._languages
        ]
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
