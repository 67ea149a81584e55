"""How calls are timed: in turn, so that a machine that slows down slows all that is compared."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Call = Callable[[], object]
Name = TypeVar("Name")


def milliseconds(call: Call) -> float:
    """The wall time of one call."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1e3


def in_turn(
    calls: Mapping[Name, Call], rounds: int, before: Callable[[Call], object] = lambda _call: None
) -> dict[Name, list[float]]:
    """Milliseconds of each call, `rounds` times, in an order that changes each round.

    `before` is given each call before it is timed, and may warm the caches for it or empty them.
    """
    times: dict[Name, list[float]] = {name: [] for name in calls}
    names = list(calls)
    for number in range(rounds):
        names.append(names.pop(0))
        for name in names if number % 2 else reversed(names):
            before(calls[name])
            times[name].append(milliseconds(calls[name]))
    return times


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 (the smallest time that so many percent do not exceed) and the largest."""
    ranked = sorted(times)
    result = {f"p{p}": ranked[-(-len(ranked) * p // 100) - 1] for p in (50, 95, 99)}
    return {**result, "max": ranked[-1]}
