"""Words that announce others: behind "Wolken" (clouds), "Himmel" (sky) is likelier in the rest of the sentence.

Trigger pairs (Rosenfeld 1996) carry what an n-gram cannot see and a small LSTM has not learned. Each pair has a
gain in nats, its pointwise mutual information; the gains of all cues in a sentence add up, bounded and weakened,
since cues of one topic say the same thing twice.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.tensors import Tensors, check_below, check_offsets, expect

NEAREST = 2  # tokens from the cue to the word announced; nearer ones are the n-grams' business
LARGEST_GAIN = 7.9
STRENGTH = 1.0  # chosen on held-out text
LARGEST_FACTOR = 20.0
_STEPS = 32  # a nat, in a byte


def to_byte(gains: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Gains of 0 to `LARGEST_GAIN` nats as bytes."""
    return np.rint(gains * _STEPS).astype(np.uint8)


class Triggers:
    """What each word announces: for cue i, `words[offsets[i]:offsets[i + 1]]` and their `gains`."""

    def __init__(
        self, offsets: NDArray[np.uint32], words: NDArray[np.uint16], gains: NDArray[np.uint8]
    ) -> None:
        self._offsets, self._words, self._gains = offsets, words, gains

    @classmethod
    def read(cls, tensors: Tensors, words: int) -> "Triggers":
        """What a file says of that many words. Raises `ValueError` when it does not fit them or itself."""
        announced = expect(tensors, "triggers.words", np.uint16, None)
        check_below("triggers.words", announced, words)
        gains = expect(tensors, "triggers.gains", np.uint8, len(announced))
        offsets = expect(tensors, "triggers.offsets", np.uint32, words + 1)
        check_offsets("triggers.offsets", offsets, len(announced))
        return cls(offsets, announced, gains)

    def factors(self, cues: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The announced words' ids, sorted, and by what their probabilities are multiplied."""
        spans = [slice(int(self._offsets[cue]), int(self._offsets[cue + 1])) for cue in set(cues)]
        if not spans:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        words = np.concatenate([self._words[span] for span in spans])
        gains = np.concatenate([self._gains[span] for span in spans])
        announced, which = np.unique(words.astype(np.int64), return_inverse=True)
        total = np.bincount(which, weights=gains, minlength=len(announced)) / _STEPS
        factors = np.minimum(np.exp(STRENGTH * total), LARGEST_FACTOR)
        return announced, factors.astype(np.float32)
