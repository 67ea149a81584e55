"""The corpus as token files on disk, and the order in which training reads it.

Each source is tokenized once into one file of uint16 ids, read through the memory map: the corpus may be larger
than memory. Training reads segments: runs of fixed length that begin where a document begins, so that every
segment starts from the zero state as a text in the app does.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autocomplete.errors import CorpusError
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.corpus import Source, documents

_FLUSH = 1 << 20


@dataclass(frozen=True)
class Shard:
    """One tokenized source: its ids and how many characters they spell."""

    tokens: NDArray[np.uint16]
    characters: int
    weight: float


def pack(
    sources: Sequence[Source],
    tokenizer: Tokenizer,
    folder: Path,
    advance: Callable[[int], None] = lambda _bytes: None,
) -> list[Shard]:
    """Tokenizes the sources into `folder` (what is there already is kept) and opens the result.

    `advance` is told the compressed bytes of each finished source, for a progress bar.
    """
    if tokenizer.size > 1 << 16:
        raise CorpusError(f"A tokenizer of {tokenizer.size} pieces is too large; at most 65536 are supported.")
    folder.mkdir(parents=True, exist_ok=True)
    shards = []
    for source in sources:
        tokens, note = folder / f"{source.name}.bin", folder / f"{source.name}.json"
        if not note.exists():
            characters = _write_tokens(source, tokenizer, tokens)
            note.write_text(json.dumps({"characters": characters}))
        advance(source.path.stat().st_size)
        characters = json.loads(note.read_text())["characters"]
        if characters:
            shards.append(Shard(np.memmap(tokens, dtype=np.uint16, mode="r"), characters, source.weight))
    if not shards:
        raise CorpusError("The corpus has no usable line; give text files of UTF-8, one paragraph a line.")
    return shards


def _write_tokens(source: Source, tokenizer: Tokenizer, path: Path) -> int:
    characters = 0
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as file:
        ids: list[int] = []
        for document in documents(source.path):
            ids.append(tokenizer.bos)
            ids += tokenizer.encode(document)
            characters += len(document)
            if len(ids) >= _FLUSH:
                np.asarray(ids, dtype=np.uint16).tofile(file)
                ids.clear()
        np.asarray(ids, dtype=np.uint16).tofile(file)
    os.replace(beside, path)
    return characters


class Segments:
    """The order of reading: `batch(k)` is the k-th batch of segments, the same for the same seed.

    An epoch visits each source `weight` times (its fraction at random) and then begins anew in another order.
    """

    def __init__(self, shards: Sequence[Shard], bos: int, length: int, batch: int, seed: int) -> None:
        self.shards = shards
        self.length = length
        self.batch_size = batch
        self.seed = seed
        self._starts = [_segment_starts(shard.tokens, bos, length) for shard in shards]
        per_epoch = sum(
            shard.weight * len(starts) for shard, starts in zip(shards, self._starts, strict=True)
        )
        self.batches_per_epoch = int(per_epoch) // batch
        if self.batches_per_epoch == 0:
            raise CorpusError(
                f"The corpus is too small: one batch needs {batch * length} tokens. "
                "Give more text, or a smaller --batch."
            )
        self._epoch = -1
        self._plan: NDArray[np.int64] = np.empty((0, 2), dtype=np.int64)

    def batch(self, index: int) -> NDArray[np.int64]:
        """Tokens (length + 1, batch) of the batch `index`; each column is one segment and the token behind it."""
        epoch, row = divmod(index, self.batches_per_epoch)
        if epoch != self._epoch:
            self._plan, self._epoch = self._make_plan(epoch), epoch
        chosen = self._plan[row * self.batch_size : (row + 1) * self.batch_size]
        columns = [self.shards[s].tokens[start : start + self.length + 1] for s, start in chosen]
        return np.stack(columns, axis=1).astype(np.int64)

    def _make_plan(self, epoch: int) -> NDArray[np.int64]:
        random = np.random.default_rng((self.seed, epoch))
        parts = []
        for number, (shard, starts) in enumerate(zip(self.shards, self._starts, strict=True)):
            whole, fraction = divmod(shard.weight, 1)
            part = random.permutation(starts)[: round(fraction * len(starts))]
            visits = np.concatenate([np.tile(starts, int(whole)), part])
            parts.append(np.stack([np.full_like(visits, number), visits], axis=1))
        plan = np.concatenate(parts)
        random.shuffle(plan)
        return plan


def _segment_starts(tokens: NDArray[np.uint16], bos: int, length: int) -> NDArray[np.int64]:
    openings = np.flatnonzero(tokens == bos)
    openings = openings[openings + length + 1 <= len(tokens)]
    if not len(openings):
        return np.empty(0, dtype=np.int64)
    grid = np.arange(0, openings[-1] + 1, length)
    return np.unique(openings[np.searchsorted(openings, grid)])


def count_pieces(shards: Sequence[Shard], size: int) -> NDArray[np.float64]:
    """Weighted counts of every piece (size,)."""
    counts = np.zeros(size)
    for shard in shards:
        for chunk in _chunks(shard.tokens):
            counts += shard.weight * np.bincount(chunk, minlength=size)
    return counts


def count_ends(shards: Sequence[Shard], tokenizer: Tokenizer) -> NDArray[np.float32]:
    """For every piece (size,): how often no continuing piece follows it, so that a word ends with it.

    A piece that was never seen has one half.
    """
    continues = np.array([tokenizer.continues_word(token) for token in range(tokenizer.size)])
    seen, ended = np.full(tokenizer.size, 1.0), np.full(tokenizer.size, 0.5)
    for shard in shards:
        for chunk in _chunks(shard.tokens):
            followed = ~continues[chunk[1:]]
            seen += shard.weight * np.bincount(chunk[:-1], minlength=tokenizer.size)
            ended += shard.weight * np.bincount(chunk[:-1][followed], minlength=tokenizer.size)
    return (ended / seen).astype(np.float32)


def _chunks(tokens: NDArray[np.uint16]) -> Iterator[NDArray[np.uint16]]:
    for start in range(0, len(tokens), _FLUSH):
        yield tokens[start : start + _FLUSH]
