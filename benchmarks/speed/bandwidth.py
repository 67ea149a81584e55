"""How fast one thread reads memory, which bounds a step of the LSTM: each weight is read once and used once.

Measured with loops that do hardly more than read; the fastest counts: what they reach can be reached, and a step
that is said to come near it was not flattered.
"""

import time

import numpy as np

from benchmarks.speed.clock import Call, milliseconds

OUTSIDE_CACHES = 1 << 29  # bytes: more than any processor's caches hold
_SECONDS = 0.06


def readings(size: int) -> list[Call]:
    """Loops that each read the same `size` bytes once."""
    numbers = np.ones(max(2, size // 8) * 2, np.float32)
    half = len(numbers) // 2
    return [lambda: np.dot(numbers[:half], numbers[half:]), numbers.max]


def read_bandwidth(size: int, seconds: float = _SECONDS) -> float:
    """Bytes a second, the same `size` bytes again and again: from whichever cache they stay in, else from DRAM."""
    best = float("inf")
    for loop in readings(size):
        loop()
        end = time.perf_counter() + seconds
        spent = 0.0
        while not spent or time.perf_counter() < end:
            spent = milliseconds(loop)
            best = min(best, spent)
    return size / best * 1e3


class Eviction:
    """Fills the caches with something else when called, as other programs do in a pause of typing."""

    def __init__(self) -> None:
        self._other = np.ones(OUTSIDE_CACHES // 8, np.float32)

    def __call__(self, _call: object = None) -> None:
        self._other.max()
