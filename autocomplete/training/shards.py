"""The corpus as token files on disk.

Each source is tokenized once into one file of uint16 ids, read through the memory map: the corpus
may be larger than memory.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autocomplete.atomic import replacing, write_whole
from autocomplete.errors import CorpusError
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.corpus import Advance, documents, unobserved
from autocomplete.training.mixture import Source

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
    advance: Advance = unobserved,
) -> list[Shard]:
    """Tokenize the sources into `folder` (what is there already is kept) and open the result.

    `advance` is told the bytes of the sources that were read.
    """
    if tokenizer.size > 1 << 16:
        raise CorpusError(f"{tokenizer.size} pieces are too many; give --pieces 65536 at most.")
    folder.mkdir(parents=True, exist_ok=True)
    shards = []
    for source in sources:
        tokens, note = folder / f"{source.name}.bin", folder / f"{source.name}.json"
        if note.exists():
            advance(source.path.stat().st_size)
        else:
            characters = _write_tokens(source, tokenizer, tokens, advance)
            write_whole(note, json.dumps({"characters": characters}).encode())
        characters = json.loads(note.read_bytes())["characters"]
        shards.append(Shard(np.memmap(tokens, np.uint16, mode="r"), characters, source.weight))
    return shards


def _write_tokens(source: Source, tokenizer: Tokenizer, path: Path, advance: Advance) -> int:
    characters = 0
    with replacing(path) as file:
        ids: list[int] = []
        for document in documents(source.path, advance):
            ids.append(tokenizer.bos)
            ids += tokenizer.encode(document)
            characters += len(document)
            if len(ids) >= _FLUSH:
                file.write(np.asarray(ids, dtype=np.uint16).tobytes())
                ids.clear()
        file.write(np.asarray(ids, dtype=np.uint16).tobytes())
    return characters


def tokens_per_character(shards: Sequence[Shard]) -> float:
    """How many tokens spell a character of the weighted corpus, on average."""
    tokens = sum(shard.weight * len(shard.tokens) for shard in shards)
    return tokens / sum(shard.weight * shard.characters for shard in shards)


def count_pieces(shards: Sequence[Shard], size: int) -> NDArray[np.float64]:
    """Weighted counts of every piece (size,)."""
    counts = np.zeros(size)
    for shard in shards:
        for chunk in _chunks(shard.tokens):
            counts += shard.weight * np.bincount(chunk, minlength=size)
    return counts


def count_ends(shards: Sequence[Shard], tokenizer: Tokenizer) -> NDArray[np.float32]:
    """For every piece (size,): how often no continuing piece follows it, so that a word ends there.

    A piece that was never seen has one half.
    """
    size = tokenizer.size
    continues = np.array([tokenizer.continues_word(token) for token in range(size)])
    seen, ended = np.full(size, 1.0), np.full(size, 0.5)
    for shard in shards:
        for chunk in _chunks(shard.tokens):
            before, followed = chunk[:-1], ~continues[chunk[1:]]
            seen += shard.weight * np.bincount(before, minlength=size)
            ended += shard.weight * np.bincount(before[followed], minlength=size)
    return np.asarray(ended / seen, dtype=np.float32)


def _chunks(tokens: NDArray[np.uint16]) -> Iterator[NDArray[np.uint16]]:
    for start in range(0, len(tokens), _FLUSH):
        yield tokens[start : start + _FLUSH]
