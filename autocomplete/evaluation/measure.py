"""What is measured of a completer on a text: keys saved, hits, bits per character, answer times."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from autocomplete.evaluation.typist import SHOWN, Typing, type_line
from autocomplete.protocols import MeasuredCompleter


@dataclass(frozen=True, slots=True)
class Latency:
    """Times from a key to its suggestions, in milliseconds, over `calls` keys."""

    calls: int
    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, times: Sequence[float]) -> "Latency":
        if not times:
            return cls(0, 0.0, 0.0, 0.0, 0.0)
        ordered = sorted(times)
        p50, p95, p99 = (ordered[int(share * len(ordered))] for share in (0.50, 0.95, 0.99))
        return cls(len(ordered), p50, p95, p99, ordered[-1])


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures of some lines of text. Shares lie between 0 and 1; `ksr` is below 0 at worst."""

    lines: int
    words: int
    characters: int
    keystrokes: int
    ksr: float
    """Keystrokes saved: 1 - keystrokes / characters."""
    hit1: float
    """Share of words shown in first place before their first letter was typed."""
    hit3: float
    """Share of words shown in any of three places before their first letter was typed."""
    bpc: float
    """Bits per character; each line's end counts as a character."""
    latency: Latency

    def as_dict(self) -> dict[str, Any]:
        """As plain values for JSON, rounded to what is worth reading."""
        return {
            key: (
                {name: round(value, 3) for name, value in entry.items()}
                if isinstance(entry, dict)
                else round(entry, 4)
            )
            for key, entry in asdict(self).items()
        }


@dataclass(slots=True)
class Measurement:
    """Measures gathered line by line, so that a run that is stopped keeps what it has."""

    lines: int = 0
    typing: Typing = field(default_factory=Typing)
    bits: float = 0.0
    times: list[float] = field(default_factory=list)
    """Milliseconds from a key to its suggestions, one for each time the typist looked."""

    def add_line(self, completer: MeasuredCompleter, line: str) -> None:
        """Type `line` (without its end) into a stream of its own; it counts whole or not."""
        stream = completer.stream()
        times: list[float] = []

        def suggest(before: str, k: int) -> list[str]:
            begin = time.perf_counter()
            stream.update(before)
            suggestions = stream.suggest(k)
            times.append((time.perf_counter() - begin) * 1e3)
            return [suggestion.text for suggestion in suggestions]

        typing = type_line(line, suggest, SHOWN)
        bits = completer.bits(line)
        self._add(1, typing, bits, times)

    def add(self, other: "Measurement") -> None:
        self._add(other.lines, other.typing, other.bits, other.times)

    def _add(self, lines: int, typing: Typing, bits: float, times: list[float]) -> None:
        self.lines += lines
        self.typing.add(typing)
        self.bits += bits
        self.times.extend(times)

    def summary(self) -> Summary:
        typing = self.typing
        return Summary(
            lines=self.lines,
            words=typing.words,
            characters=typing.characters,
            keystrokes=typing.keystrokes,
            ksr=1 - _share(typing.keystrokes, typing.characters),
            hit1=_share(typing.first, typing.words),
            hit3=_share(typing.shown, typing.words),
            bpc=_share(self.bits, typing.characters + self.lines),
            latency=Latency.of(self.times),
        )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
