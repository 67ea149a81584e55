"""An author's lines typed with a completer: keys, times, and what becomes of the words that the base never shows."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import autocomplete
from autocomplete.evaluation.typist import SHOWN, Typing, count_keys, see_words

SOON = 3  # letters


@dataclass
class Typed:
    """What typing some lines took. `seen`: for each word in order, the letters typed when it was shown, or None."""

    typing: Typing = field(default_factory=Typing)
    words: list[str] = field(default_factory=list)
    seen: list[int | None] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def ksr(self) -> float:
        """Keystrokes saved, in percent."""
        return 100 * (1 - self.typing.keystrokes / self.typing.characters)

    @property
    def hit3(self) -> float:
        """Words shown before their first letter, in percent."""
        return 100 * self.typing.shown / self.typing.words

    @property
    def median(self) -> float:
        """Milliseconds from a key to its suggestions."""
        return sorted(self.times)[len(self.times) // 2]


def type_lines(
    completer: autocomplete.Completer, lines: Sequence[str], written: Callable[[str], object] = lambda _line: None
) -> Typed:
    """Types each line from an empty text; `written` is told of it then."""
    typed = Typed()
    for line in lines:
        _type(completer, line, typed)
        written(line)
    return typed


def _type(completer: autocomplete.Completer, line: str, typed: Typed) -> None:
    stream = completer.stream()

    def suggest(before: str, count: int) -> list[str]:
        begin = time.perf_counter()
        stream.update(before)
        shown = [suggestion.text for suggestion in stream.suggest(count)]
        typed.times.append((time.perf_counter() - begin) * 1e3)
        return shown

    words = list(see_words(line, suggest, SHOWN))
    typed.words += [line[seen.start : seen.end] for seen in words]
    typed.seen += [seen.letters for seen in words]
    typed.typing.add(count_keys(line, words))


def completed_soon(base: Typed, personal: Typed, learned: Counter[str]) -> tuple[int, int]:
    """Of the words of more than three letters that the base never shows and that were learned twice or more: how many
    are shown after three letters at most, and how many there are."""
    asked = [
        letters is not None and letters <= SOON
        for word, before, letters in zip(base.words, base.seen, personal.seen, strict=True)
        if before is None and len(word) > SOON and learned[word] >= 2
    ]
    return sum(asked), len(asked)
