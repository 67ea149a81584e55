"""Finds which words announce which others in the same sentence (see `autocomplete.model.triggers`)."""

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.tensors import Tensors
from autocomplete.model.triggers import LARGEST_GAIN, NEAREST, to_byte

FARTHEST = 14  # tokens between cue and word, at most
FUNCTION_WORDS = 250  # the most frequent words announce everything, that is nothing
LEAST_PAIRS = 6
LEAST_GAIN = 1.5  # nats
KEPT = 12  # announced words a cue
_CAUTION = 1.5  # standard deviations by which a count is taken to be too high


def count_triggers(ids: NDArray[np.uint16], words: int) -> Tensors:
    """The tensors of the trigger pairs in a text of word ids, whose ids from `words` on are no words.

    `words` itself begins a sentence. A pair's gain is its pointwise mutual information, in nats, at a cautious
    estimate of its count.
    """
    sentence = np.cumsum(ids == words, dtype=np.int32)
    counts = np.bincount(ids, minlength=words)[:words]
    telling = np.zeros(1 << 16, dtype=np.bool_)
    telling[:words] = True
    telling[np.argsort(-counts, kind="stable")[:FUNCTION_WORDS]] = False
    places = np.flatnonzero(telling[ids])
    pairs = []
    for distance in range(NEAREST, FARTHEST + 1):
        cues = places[places < len(ids) - distance]
        cues = cues[telling[ids[cues + distance]] & (sentence[cues] == sentence[cues + distance])]
        pairs.append(ids[cues].astype(np.uint32) << np.uint32(16) | ids[cues + distance])
    keys, seen = _count(np.concatenate(pairs))
    total = int(seen.sum())
    cue, word = (keys >> np.uint32(16)).astype(np.int64), (keys & np.uint32(0xFFFF)).astype(np.int64)
    as_cue = np.bincount(cue, weights=seen, minlength=words)
    as_word = np.bincount(word, weights=seen, minlength=words)
    often = seen >= LEAST_PAIRS
    cue, word, seen = cue[often], word[often], seen[often]
    expected = as_cue[cue] * as_word[word] / max(1, total)
    gain = np.log(np.maximum(seen - _CAUTION * np.sqrt(seen), 1e-9) / expected)
    chosen = _best(cue, gain * seen, (gain >= LEAST_GAIN) & (cue != word))
    order = chosen[np.lexsort((word[chosen], cue[chosen]))]
    per_cue = np.bincount(cue[order], minlength=words)
    return {
        "triggers.offsets": np.r_[0, np.cumsum(per_cue)].astype(np.uint32),
        "triggers.words": word[order].astype(np.uint16),
        "triggers.gains": to_byte(np.minimum(gain[order], LARGEST_GAIN)),
    }


def _count(keys: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    keys.sort()
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    return keys[first], np.diff(np.r_[first, len(keys)])


def _best(cue: NDArray[np.int64], worth: NDArray[np.float64], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The places of each cue's `KEPT` worthiest pairs."""
    places = np.flatnonzero(allowed)
    places = places[np.lexsort((-worth[places], cue[places]))]
    starts = np.flatnonzero(np.r_[True, cue[places][1:] != cue[places][:-1]]) if len(places) else places
    rank = np.arange(len(places)) - np.repeat(starts, np.diff(np.r_[starts, len(places)]))
    return places[rank < KEPT]
