"""Draws the sample of the corpus that is shipped with a model (see `autocomplete.model.sample`)."""

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.sample import Sample, Tokens
from autocomplete.training.shards import Shard

TOKENS = 200_000  # 400 kB
_LONGEST = 256  # tokens of one document: many short ones show more of a language than a few long ones
_HELD_OUT = 10  # one document of so many is set aside

Ids = NDArray[np.int64]


def draw_sample(shards: list[Shard], *, bos: int, newline: int, seed: int, tokens: int = TOKENS) -> Sample:
    """About so many tokens, each source's share as a pass over the corpus has it; all of a corpus that is smaller.

    bos, newline: the ids that begin a document and end a line. The same seed and text give the same sample.
    """
    total = sum(shard.weight * len(shard.tokens) for shard in shards)
    random = np.random.default_rng(seed)
    drawn: list[Tokens] = []
    for shard in shards:
        wanted = tokens * shard.weight * len(shard.tokens) / total
        for document in random.permutation(_documents(shard.tokens, bos)):
            if wanted <= 0:
                break
            part = _part(shard.tokens[slice(*document)], newline, random)
            drawn.append(part)
            wanted -= len(part)
    order = random.permutation(len(drawn)).tolist()
    parts = [drawn[number] for number in order]
    held_out = parts[::_HELD_OUT]
    replay = [part for number, part in enumerate(parts) if number % _HELD_OUT]
    return Sample(_joined(replay), _joined(held_out))


def _documents(tokens: Tokens, bos: int) -> Ids:
    """(start, end) of every document, the bos counted in."""
    starts = np.flatnonzero(tokens == bos)
    return np.stack([starts, np.append(starts[1:], len(tokens))], axis=1)


def _part(document: Tokens, newline: int, random: np.random.Generator) -> Tokens:
    """The document, or of a long one a few whole lines at any place, begun like a document."""
    ends = np.flatnonzero(document == newline) + 1
    starts = np.append(1, ends[ends < len(document)])
    if len(document) > _LONGEST:
        starts = starts[: max(1, int((starts <= len(document) - _LONGEST).sum()))]
        start = int(random.choice(starts))
        whole = ends[(ends > start) & (ends < start + _LONGEST)]
        end = int(whole[-1]) if len(whole) else start + _LONGEST - 1
        return np.concatenate([document[:1], document[start:end]])
    return np.array(document)


def _joined(parts: list[Tokens]) -> Tokens:
    return np.concatenate([np.empty(0, np.uint16), *parts])
