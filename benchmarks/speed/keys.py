"""From a key to its suggestions: over many keys of real text, and at the end of ever longer texts."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.speed.clock import Call, milliseconds, percentiles

if TYPE_CHECKING:
    from autocomplete import Completer, Stream

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
WAYS = ("update", "edit")


def alternating(texts: Sequence[Sequence[str]]) -> list[str]:
    """The lines of several texts by turns."""
    return [line for lines in zip_longest(*texts) for line in lines if line]


def keys(
    completers: Mapping[str, "Completer"], lines: Mapping[str, Sequence[str]], count: int, advance: Call
) -> dict[str, dict[str, float]]:
    """Percentiles in ms of at least `count` keys for each completer, or of all keys where its lines hold fewer.

    Each line is typed key by key from an empty text; the completers take turns, a line each. The first line of
    each is typed once before, uncounted.
    """
    for name, completer in completers.items():
        _type(completer.stream(), lines[name][0])
    times: dict[str, list[float]] = {name: [] for name in completers}
    waiting = {name: iter(lines[name]) for name in completers}
    while waiting:
        for name in list(waiting):
            line = next(waiting[name], None) if len(times[name]) < count else None
            if line is None:
                del waiting[name]
                continue
            spent = _type(completers[name].stream(), line)
            for _ in spent[: count - len(times[name])]:
                advance()
            times[name] += spent
    return {name: {"keys": len(spent), **percentiles(spent)} for name, spent in times.items()}


def _type(stream: "Stream", line: str) -> list[float]:
    def key(before: str) -> None:
        stream.update(before)
        stream.suggest(3)

    return [milliseconds(lambda before=line[:end]: key(before)) for end in range(1, len(line) + 1)]


def growth(
    completer: "Completer", lines: Sequence[str], count: int, advance: Call, lengths: Sequence[int] = LENGTHS
) -> dict[str, dict[str, dict[str, float]]]:
    """By way and length: p50 and p99 in ms of `count` keys typed at the end of a text so long.

    `ratio`: the median of each key's time over the time of the same key at the shortest length. All texts end
    with the same characters, so that a key means the same work wherever it is typed; they take turns at each
    key, in an order that changes, so that neither the machine's drift nor what one leaves in the caches counts
    for another.
    """
    whole = "\n".join(lines) + "\n"
    typed = (whole * (count // len(whole) + 1))[:count]
    repeated = whole * (max(lengths) // len(whole) + 1)
    texts = {length: repeated[-length:] for length in lengths}
    streams = {(way, length): completer.stream() for way in WAYS for length in lengths}
    for (_, length), stream in streams.items():
        stream.update(texts[length])
        stream.suggest(3)
    times: dict[tuple[str, int], list[float]] = {name: [] for name in streams}
    order = list(streams)
    for number, character in enumerate(typed):
        for length in lengths:
            texts[length] += character
        order.append(order.pop(0))
        for way, length in order if number % 2 else reversed(order):
            stream, text = streams[way, length], texts[length]

            def key(stream: "Stream" = stream, text: str = text, way: str = way, character: str = character) -> None:
                if way == "update":
                    stream.update(text)
                else:
                    stream.edit(len(text) - 1, 0, character)
                stream.suggest(3)

            times[way, length].append(milliseconds(key))
        advance()
    return {
        way: {str(length): _against(times[way, length], times[way, lengths[0]]) for length in lengths} for way in WAYS
    }


def _against(times: list[float], shortest: list[float]) -> dict[str, float]:
    ranks = percentiles(times)
    ratio = median(time / other for time, other in zip(times, shortest, strict=True))
    return {"p50": ranks["p50"], "p99": ranks["p99"], "ratio": ratio}
