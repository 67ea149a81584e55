"""Counts the n-gram memory from the corpus (see `autocomplete.model.ngram` for what it is)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from autocomplete.errors import CorpusError
from autocomplete.model.ngram import MAX_WORDS, SPECIALS, to_byte
from autocomplete.text.folding import fold
from autocomplete.text.reading import SENTENCE_START, read_tokens
from autocomplete.text.words import MAX_WORD
from autocomplete.training.corpus import Source, documents

Ids = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True)
class NGramOptions:
    """Sizes: how many words, the least weighted count that keeps a word or an n-gram of order 2, 3, 4, and the
    discount taken from every n-gram's count."""

    words: int = 60_000
    min_word: float = 2.0
    min_counts: tuple[float, ...] = (1.5, 2.5, 3.2)
    discount: float = 0.6


def count_ngrams(sources: Sequence[Source], options: NGramOptions) -> bytes:
    """The n-gram memory of the sources, each weighing as its `weight` says, as a safetensors file."""
    tokens, weights, spellings = _read(sources)
    words = _choose_words(tokens, weights, spellings, options)
    if not words:
        raise CorpusError("The corpus has too few words for an n-gram memory; give more text.")
    ids = _renumber(tokens, spellings, words)
    del tokens
    unknown = len(words) + len(SPECIALS)
    tensors: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "unigram": _unigram(ids, len(words)),
    }
    for n, least in enumerate(options.min_counts, start=2):
        tensors |= _order(ids, weights, n, len(words), unknown, least, options.discount)
    return save(tensors)


def _read(sources: Sequence[Source]) -> tuple[Ids, NDArray[np.float32], list[str]]:
    """Every token as a provisional id, its weight, and the spellings; a sentence's first word in its usual case."""
    numbers: dict[str, int] = {SENTENCE_START: 0}
    parts, weights = [], []
    inside: Counter[int] = Counter()
    initial: list[NDArray[np.bool_]] = []
    for source in sources:
        ids: list[int] = []
        begins: list[bool] = []
        for document in documents(source.path):
            for token, first in read_tokens(document):
                ids.append(numbers.setdefault(token, len(numbers)))
                begins.append(first)
        part, first_word = np.asarray(ids, dtype=np.int32), np.asarray(begins, dtype=bool)
        parts.append(part)
        initial.append(first_word)
        weights.append(np.full(len(part), source.weight, dtype=np.float32))
        found, counts = np.unique(part[~first_word], return_counts=True)
        inside.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))
    tokens, first_word = np.concatenate(parts), np.concatenate(initial)
    spellings = list(numbers)
    usual = np.arange(len(spellings), dtype=np.int32)
    for number, spelling in enumerate(spellings):
        lower = numbers.get(spelling[0].lower() + spelling[1:])
        if lower is not None and lower != number and inside[lower] >= inside[number]:
            usual[number] = lower
    tokens[first_word] = usual[tokens[first_word]]
    return tokens.astype(np.int64), np.concatenate(weights), spellings


def _choose_words(
    tokens: Ids, weights: NDArray[np.float32], spellings: list[str], options: NGramOptions
) -> list[str]:
    counts = np.bincount(tokens, weights=weights, minlength=len(spellings))
    order = np.argsort(-counts, kind="stable")
    chosen: list[str] = []
    for number in order:
        spelling = spellings[number]
        if counts[number] < options.min_word or len(chosen) == min(options.words, MAX_WORDS):
            break
        if spelling[0].isalpha() and len(spelling) <= MAX_WORD:
            chosen.append(spelling)
    return sorted(chosen, key=lambda word: (fold(word), word))


def _renumber(tokens: Ids, spellings: list[str], words: list[str]) -> Ids:
    final = {word: i for i, word in enumerate((*words, *SPECIALS))}
    unknown = len(words) + len(SPECIALS)
    table = np.asarray([final.get(spelling, unknown) for spelling in spellings], dtype=np.int64)
    return table[tokens]


def _unigram(ids: Ids, words: int) -> NDArray[np.float32]:
    """Kneser-Ney's lowest order: in how many different surroundings a word was seen, as a share."""
    pairs = np.unique(ids[:-1] << 16 | ids[1:])
    followed = pairs & 0xFFFF
    counts = np.bincount(followed[followed < words], minlength=words) + 0.5
    return (counts / counts.sum()).astype(np.float32)


def _order(
    ids: Ids,
    weights: NDArray[np.float32],
    n: int,
    words: int,
    unknown: int,
    least: float,
    discount: float,
) -> dict[str, NDArray[np.generic]]:
    """The tensors of order n: contexts of n - 1 ids and the successors kept behind each."""
    size = len(ids) - n + 1
    keys = np.zeros(size, dtype=np.uint64)
    usable = ids[n - 1 :] < words
    for position in range(n):
        column = ids[position : position + size]
        keys = keys << np.uint64(16) | column.astype(np.uint64)
        usable &= column < unknown
        if 0 < position < n - 1:  # what stands before a sentence's start says nothing about the sentence
            usable &= column != words
    keys, counted = keys[usable], weights[n - 1 :][usable]
    order = np.argsort(keys, kind="stable")
    keys, counted = keys[order], counted[order]
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    keys, counts = keys[first], np.add.reduceat(counted, first).astype(np.float64)
    contexts = keys >> np.uint64(16)
    starts = np.flatnonzero(np.r_[True, contexts[1:] != contexts[:-1]])
    lengths = np.diff(np.r_[starts, len(contexts)])
    totals = np.repeat(np.add.reduceat(counts, starts), lengths)
    mass = np.maximum(counts - discount, 0) / totals
    keep = (counts >= least) & (mass > 1e-6)
    kept_mass = np.add.reduceat(np.where(keep, mass, 0), starts)
    kept_count = np.add.reduceat(keep.astype(np.int64), starts)
    live = kept_count > 0
    return {
        f"keys.{n}": contexts[starts][live],
        f"offsets.{n}": np.r_[0, np.cumsum(kept_count[live])].astype(np.uint32),
        f"backoff.{n}": to_byte(np.maximum(1 - kept_mass[live], 1e-6)),
        f"words.{n}": (keys[keep] & np.uint64(0xFFFF)).astype(np.uint16),
        f"kept.{n}": to_byte(mass[keep]),
    }


def write_ngrams(path: Path, sources: Sequence[Source], options: NGramOptions) -> None:
    """Counts and writes the memory to `path`."""
    path.write_bytes(count_ngrams(sources, options))
