"""The order in which training reads the corpus.

Training reads segments: runs of fixed length that begin where a document or, in a long one, a line
begins, so that every segment starts from the zero state as a text in the app does.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.errors import CorpusError
from autocomplete.training.shards import Shard

_BLOCK = 4096  # segments looked for at once

Ids = NDArray[np.int64]


class Segments:
    """`batch(k)` is the k-th batch of segments, the same for the same seed.

    An epoch visits each source `weight` times (its fraction at random) and then begins anew in
    another order. bos, newline: the ids that begin a document and end a line.
    """

    def __init__(
        self,
        shards: Sequence[Shard],
        *,
        bos: int,
        newline: int,
        length: int,
        batch: int,
        seed: int,
    ) -> None:
        self.length, self.batch_size = length, batch
        self._shards, self._bos, self._seed = shards, bos, seed
        self._starts = [_starts(shard.tokens, bos, newline, length) for shard in shards]
        weighted = zip(shards, self._starts, strict=True)
        self.batches_per_epoch = int(sum(s.weight * len(starts) for s, starts in weighted)) // batch
        if self.batches_per_epoch == 0:
            raise CorpusError(
                f"The corpus is too small for one batch of {batch} segments of {length} tokens; "
                "give more text, or a smaller --batch or --segment."
            )
        self._epoch = -1
        self._plan: Ids = np.empty((0, 2), dtype=np.int64)

    def batch(self, index: int) -> Ids:
        """Tokens (length + 1, batch): each column is one segment and the token behind it."""
        epoch, row = divmod(index, self.batches_per_epoch)
        if epoch != self._epoch:
            self._plan, self._epoch = self._make_plan(epoch), epoch
        chosen = self._plan[row * self.batch_size : (row + 1) * self.batch_size]
        columns = [self._shards[s].tokens[start : start + self.length + 1] for s, start in chosen]
        tokens = np.stack(columns, axis=1).astype(np.int64)
        tokens[0] = self._bos  # where a line begins the segment, in place of the newline before it
        return tokens

    def _make_plan(self, epoch: int) -> Ids:
        """(shard, start) of all segments of an epoch, in order."""
        random = np.random.default_rng((self._seed, epoch))
        parts = []
        for number, (shard, starts) in enumerate(zip(self._shards, self._starts, strict=True)):
            whole, fraction = divmod(shard.weight, 1)
            part = random.permutation(starts)[: round(fraction * len(starts))]
            visits = np.concatenate([np.tile(starts, int(whole)), part])
            parts.append(np.stack([np.full_like(visits, number), visits], axis=1))
        plan = np.concatenate(parts)
        random.shuffle(plan)
        return plan


def _starts(tokens: NDArray[np.uint16], bos: int, newline: int, length: int) -> Ids:
    """Where segments begin: about every `length` tokens, at a document's bos or a line's newline.

    A document is preferred if one begins soon; waiting for it always would never read the rest of
    long documents.
    """
    found = [np.empty(0, dtype=np.int64)]
    for offset in range(0, len(tokens), _BLOCK * length):
        block = tokens[offset : offset + _BLOCK * length + 1]
        opens, follows = block[:-1] == bos, block[1:] == bos
        grid = np.arange(0, len(opens), length)
        document = _next(np.flatnonzero(opens), grid)
        line = _next(np.flatnonzero((block[:-1] == newline) & ~follows), grid)
        soon = (document - grid <= length // 4) | (document < line)
        start = np.where(soon, document, line)
        found.append(offset + start[start < len(tokens)])
    starts = np.unique(np.concatenate(found))
    return starts[starts + length + 1 <= len(tokens)]


def _next(places: Ids, grid: Ids) -> Ids:
    """The first of the sorted `places` at or behind each point; one far behind where none is."""
    return np.append(places, np.iinfo(np.int64).max // 2)[np.searchsorted(places, grid)]
