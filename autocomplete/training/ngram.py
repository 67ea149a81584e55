"""Makes the n-gram memory from the corpus (see `autocomplete.model.ngram` for what it is)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from safetensors.numpy import save

from autocomplete.errors import CorpusError
from autocomplete.model.ngram import MAX_WORDS, SPECIALS
from autocomplete.text.folding import fold
from autocomplete.text.words import MAX_WORD
from autocomplete.training.corpus import Advance, documents, unobserved
from autocomplete.training.mixture import Source
from autocomplete.training.ngram_counts import Counts, Tensors, count_order
from autocomplete.training.ngram_text import Ids, Vocabulary
from autocomplete.training.triggers import count_triggers

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class NGramOptions:
    """How many words, and what an n-gram must weigh to be kept.

    min_word, min_counts: the least weighted count of a word, and of an n-gram of order 2, 3, 4.
    megabytes: size of the file; the least counts are raised together until it fits. discount: taken
    from every n-gram's count for words that were not seen there.
    """

    words: int = 60_000
    min_word: float = 2.0
    min_counts: tuple[float, ...] = (1.2, 1.6, 2.2)
    megabytes: float = 12.5
    discount: float = 0.6


def count_ngrams(sources: Sequence[Source], options: NGramOptions, advance: Advance = unobserved) -> bytes:
    """The n-gram memory of the sources, each weighing as its `weight` says, as a safetensors file.

    `advance` is told the bytes of the sources that were read.
    """
    vocabulary, texts = _read(sources, advance)
    weights = [source.weight for source in sources]
    words = _choose_words(vocabulary, texts, weights, options)
    if not words:
        raise CorpusError("The corpus has too few words for an n-gram memory; give --no-ngram.")
    unknown = len(words) + len(SPECIALS)
    final = {word: i for i, word in enumerate((*words, *SPECIALS))}
    table = np.array([final.get(token, unknown) for token in vocabulary.tokens], dtype=np.uint16)
    del vocabulary
    renumbered = []
    while texts:  # one by one: text and ids are never both in memory as a whole
        renumbered.append(table[texts.pop(0)])
    ends = np.cumsum([len(part) for part in renumbered]).tolist()
    ids = np.concatenate(renumbered)
    del renumbered
    after_unknown = ids[1:][ids[:-1] == unknown]
    orders = [
        count_order(ids, ends, weights, n, len(words), unknown, least)
        for n, least in enumerate(options.min_counts, start=2)
    ]
    # Kneser-Ney's lowest order: in how many different surroundings a word was seen, as a share.
    seen = orders[0].followed + 0.5
    seen[np.unique(after_unknown[after_unknown < len(words)])] += 1
    tensors: Tensors = {
        **count_triggers(ids, len(words)),
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "unigram": (seen / seen.sum()).astype(np.float32),
    }
    room = options.megabytes * _MEGABYTE - sum(tensor.nbytes for tensor in tensors.values())
    factor = _factor_that_fits(orders, options.min_counts, room)
    for order, least in zip(orders, options.min_counts, strict=True):
        tensors |= order.tensors(least * factor, options.discount)
    return save(tensors)


def _read(sources: Sequence[Source], advance: Advance) -> tuple[Vocabulary, list[Ids]]:
    """Every source as ids; a sentence's first word in its usual case."""
    vocabulary = Vocabulary()
    texts, beginnings = [], []
    for source in sources:
        ids, begins = vocabulary.read(documents(source.path, advance))
        texts.append(ids)
        beginnings.append(begins)
    size = len(vocabulary.tokens)
    inside = np.zeros(size, dtype=np.int64)
    for ids, begins in zip(texts, beginnings, strict=True):
        inside += np.bincount(ids[~begins], minlength=size)
    usual = np.arange(size, dtype=np.int32)
    for number, token in enumerate(vocabulary.tokens):
        lower = vocabulary.numbers.get(token[0].lower() + token[1:], number)
        if inside[lower] >= inside[number]:
            usual[number] = lower
    for ids, begins in zip(texts, beginnings, strict=True):
        ids[begins] = usual[ids[begins]]
    return vocabulary, texts


def _choose_words(vocabulary: Vocabulary, texts: list[Ids], weights: list[float], options: NGramOptions) -> list[str]:
    """The words of the memory in its order: by folded spelling."""
    counts = np.zeros(len(vocabulary.tokens))
    for ids, weight in zip(texts, weights, strict=True):
        counts += weight * np.bincount(ids, minlength=len(counts))
    chosen: list[str] = []
    for number in np.argsort(-counts, kind="stable"):
        token = vocabulary.tokens[number]
        if counts[number] < options.min_word or len(chosen) == min(options.words, MAX_WORDS):
            break
        if token[0].isalpha() and len(token) <= MAX_WORD:
            chosen.append(token)
    return sorted(chosen, key=lambda word: (fold(word), word))


def _factor_that_fits(orders: Sequence[Counts], least: Sequence[float], room: float) -> float:
    """By how much the least counts must be raised (1: not at all) for the file to fit."""

    def size(factor: float) -> int:
        pairs = zip(orders, least, strict=True)
        return sum(order.bytes_at(count * factor) for order, count in pairs)

    low = high = 1.0
    while size(high) > room:
        low, high = high, 2 * high
        if high > 1e9:
            raise CorpusError("The n-gram memory can't be so small; give more --ngram-megabytes.")
    while high - low > 0.01 * low:
        middle = (low + high) / 2
        low, high = (middle, high) if size(middle) > room else (low, middle)
    return high
