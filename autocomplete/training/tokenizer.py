"""Counts the words of a corpus, and trains a tokenizer from them."""

import io
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import sentencepiece

from autocomplete.errors import CorpusError
from autocomplete.text.tokenizer import SPACE_MARK
from autocomplete.text.units import is_word, split_units
from autocomplete.training.corpus import Advance, documents, unobserved
from autocomplete.training.mixture import Source

# Always pieces of their own, in every language; more are added when the corpus uses them often.
_SYMBOLS = '\n\t0123456789!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~„“”‚‘’«»–—…€£§°'
_SHARE_OF_FREQUENT_SYMBOL = 2e-6
_MOST_UNITS = 4_000_000  # so that memory does not grow with the corpus


def count_units(sources: Sequence[Source], advance: Advance = unobserved) -> Counter[str]:
    """How often each unit (see `split_units`) occurs, each source weighing as its `weight` says.

    `advance` is told the bytes of the sources that were read.
    """
    weighted: dict[str, float] = {}
    for source in sources:
        counts: Counter[str] = Counter()
        most = _MOST_UNITS
        for document in documents(source.path, advance):
            counts.update(split_units(document))
            if len(counts) > most:
                counts = Counter({unit: count for unit, count in counts.items() if count > 1})
                most = max(most, 2 * len(counts))
        for unit, count in counts.items():
            weighted[unit] = weighted.get(unit, 0.0) + count * source.weight
    return Counter({unit: round(count) for unit, count in weighted.items() if count >= 1})


def train_tokenizer(counts: Counter[str], size: int, kind: Literal["unigram", "char"] = "unigram") -> bytes:
    """The serialized sentencepiece model of `size` pieces for these units and their counts.

    The same counts give the same bytes. kind: subwords, or single characters (then `size` is an
    upper bound). Raises `CorpusError` if there are too few words for `size`.
    """
    total = counts.total()
    symbols = dict.fromkeys(_SYMBOLS)
    for unit, count in sorted(counts.items()):
        if not is_word(unit) and unit not in (" ", "'", SPACE_MARK) and count > total * _SHARE_OF_FREQUENT_SYMBOL:
            symbols.setdefault(unit)
    model = io.BytesIO()
    # Not from a file: its path would become part of the model.
    words = (
        f"{unit.replace(' ', SPACE_MARK)}\t{count}".encode() for unit, count in sorted(counts.items()) if is_word(unit)
    )
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=words,
            input_format="tsv",
            model_writer=model,
            model_type=kind,
            vocab_size=size,
            hard_vocab_limit=kind == "unigram",
            character_coverage=0.99999,
            normalization_rule_name="identity",
            add_dummy_prefix=False,
            remove_extra_whitespaces=False,
            split_by_unicode_script=False,
            split_by_number=False,
            byte_fallback=True,
            user_defined_symbols=list(symbols),
            pad_id=-1,
            unk_id=0,
            bos_id=1,
            eos_id=-1,
            num_threads=1,
            minloglevel=2,
        )
    except RuntimeError as error:
        reason = str(error).rpartition("] ")[2].strip() or error
        raise CorpusError(
            f"{size} pieces can't be made from this corpus: give another --pieces, or more text ({reason})."
        ) from error
    return model.getvalue()
