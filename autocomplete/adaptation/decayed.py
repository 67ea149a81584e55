"""Counts of which older ones count less, kept so that counting one more touches one number."""

import math
from array import array

import numpy as np
from numpy.typing import NDArray

_LARGEST = 1e200


class DecayedCounts:
    """A count for each of some things. With every further count, all earlier ones lose as much as halves them behind
    `half_life` counts.

    Instead of making all earlier ones smaller, each new one is made larger.
    """

    def __init__(self, half_life: float = math.inf) -> None:
        self._growth = 2.0 ** (1 / half_life)
        self._unit = 1.0
        self._values = array("d")
        self._total = 0.0

    @property
    def total(self) -> float:
        """The sum of all counts."""
        return self._total / self._unit

    def add(self) -> None:
        """One more thing, not counted yet."""
        self._values.append(0.0)

    def count(self, thing: int, weight: float) -> None:
        """Count the thing of this number."""
        self._unit *= self._growth
        self._values[thing] += weight * self._unit
        self._total += weight * self._unit
        if self._unit > _LARGEST:
            self._values = array("d", self.values())
            self._total /= self._unit
            self._unit = 1.0

    def values(self) -> NDArray[np.float64]:
        """The counts of all things (n,)."""
        return np.array(self._values) / self._unit
