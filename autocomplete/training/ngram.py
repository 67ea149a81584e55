"""Makes the n-gram model from the corpus (see `autocomplete.model.ngram` for what it is)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from safetensors.numpy import save

from autocomplete.errors import CorpusError
from autocomplete.model.ngram import MAX_WORDS, SPECIALS, UNKNOWN
from autocomplete.model.rare import write_rare
from autocomplete.model.tensors import Tensors
from autocomplete.model.wordlist import compress
from autocomplete.text.folding import fold
from autocomplete.text.words import MAX_WORD
from autocomplete.training.corpus import Advance, documents, unobserved
from autocomplete.training.mixture import Source
from autocomplete.training.ngram_counts import Ids, Level, count_levels
from autocomplete.training.ngram_pruning import losses, worth_keeping
from autocomplete.training.ngram_smoothing import Reals, Smoothing, smooth
from autocomplete.training.ngram_text import Ids as Numbers
from autocomplete.training.ngram_text import Vocabulary
from autocomplete.training.ngram_tree import tree_tensors
from autocomplete.training.triggers import count_triggers

_MEGABYTE = 1_000_000
_BYTES_A_WORD = 4  # its probability


@dataclass(frozen=True)
class NGramOptions:
    """How many words, and what an n-gram must weigh to be considered.

    words: those that contexts know; rare_words: further ones, known by spelling and frequency only.
    min_word, min_rare: the least weighted count of a word of either kind; min_counts: of an n-gram of order 2, 3, …
    megabytes: size of the file; of the n-grams, those stay that it has room for. discounts, explained: see `Smoothing`.
    """

    words: int = 65_000
    rare_words: int = 500_000
    min_word: float = 2.0
    min_rare: float = 0.5
    min_counts: tuple[float, ...] = (0.6, 1.0, 1.5, 2.0)
    megabytes: float = 19.9
    discounts: tuple[float, float, float] = (0.7, 1.2, 1.6)
    explained: float = 0.7


def count_ngrams(sources: Sequence[Source], options: NGramOptions, advance: Advance = unobserved) -> bytes:
    """The n-gram model of the sources, each weighing as its `weight` says, as a safetensors file.

    `advance` is told the bytes of the sources that were read.
    """
    vocabulary, texts = _read(sources, advance)
    weights = [source.weight for source in sources]
    weighed = np.zeros(len(vocabulary.tokens))
    for text, weight in zip(texts, weights, strict=True):
        weighed += weight * np.bincount(text, minlength=len(weighed))
    words, rare = _choose_words(vocabulary.tokens, weighed, options)
    if not words:
        raise CorpusError("The corpus has too few words for an n-gram model; give --no-ngram.")
    counts = np.array([weighed[vocabulary.numbers[word]] for word in (*words, *rare)])
    table = _numbering(vocabulary.tokens, words)
    del vocabulary
    renumbered = []
    while texts:  # one by one: text and ids are never both in memory as a whole
        renumbered.append(table[texts.pop(0)])
    ends = np.cumsum([len(part) for part in renumbered]).tolist()
    ids = np.concatenate(renumbered)
    del renumbered
    tensors: Tensors = {
        **count_triggers(ids, len(words)),
        "words": compress(words),
        "folded": compress([fold(word) for word in words]),
    }
    levels = count_levels(ids, ends, weights, len(words), len(words) + len(SPECIALS), options.min_counts)
    return save(tensors | _probabilities(levels, counts, rare, tensors, options))


def _probabilities(
    levels: Sequence[Level], counts: Reals, rare: list[str], others: Tensors, options: NGramOptions
) -> Tensors:
    """The n-grams that have room beside the `others`, and what every word is worth without a context.

    counts: of the words in the order of their ids, then of the rare ones.
    """
    smoothing = Smoothing(options.discounts, options.explained)
    words = len(counts) - len(rare)
    # How the rare words' probabilities are written changes their size by a few bytes only.
    others = others | write_rare(rare, counts[words:])
    room = options.megabytes * _MEGABYTE - sum(tensor.nbytes for tensor in others.values()) - words * _BYTES_A_WORD
    if room < 0:
        raise CorpusError("The n-gram model can't be so small; give more --ngram-megabytes.")
    surroundings = np.bincount(levels[0].words, minlength=words) + 0.5
    keep = worth_keeping(levels, losses(levels, surroundings / surroundings.sum(), smoothing), room)
    unigram, smoothed = smooth(levels, keep, counts, smoothing)
    return {
        **tree_tensors(levels, smoothed),
        **write_rare(rare, unigram[words:]),
        "unigram": unigram[:words].astype(np.float32),
    }


def _read(sources: Sequence[Source], advance: Advance) -> tuple[Vocabulary, list[Numbers]]:
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


def _choose_words(tokens: Sequence[str], weighed: Reals, options: NGramOptions) -> tuple[list[str], list[str]]:
    """The words of the n-gram model and its rare words, each in the model's order: by folded spelling."""
    words: list[str] = []
    rare: list[str] = []
    for number in np.argsort(-weighed, kind="stable"):
        token = tokens[number]
        if not token[0].isalpha() or len(token) > MAX_WORD:
            continue
        if len(words) < min(options.words, MAX_WORDS) and weighed[number] >= options.min_word:
            words.append(token)
        elif len(rare) < options.rare_words and weighed[number] >= options.min_rare:
            rare.append(token)
        else:
            break
    return _in_order(words), _in_order(rare)


def _in_order(words: list[str]) -> list[str]:
    return sorted(words, key=lambda word: (fold(word), word))


def _numbering(tokens: Sequence[str], words: list[str]) -> Ids:
    """Each token's id in the model; signs that are in no context have the number behind the last id."""
    ids = {word: i for i, word in enumerate((*words, *SPECIALS))}
    return np.array(
        [ids.get(token, ids[UNKNOWN] if token[0].isalpha() else len(ids)) for token in tokens], dtype=np.uint16
    )
