"""Trains a tokenizer from weighted word counts."""

import io
import tempfile
from collections import Counter
from pathlib import Path
from typing import Literal

import sentencepiece

from autocomplete.text.tokenizer import SPACE_MARK, Tokenizer
from autocomplete.text.units import is_word

# Always pieces of their own, in every language; more are added when the corpus uses them often.
_SYMBOLS = "\n\t0123456789!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~„“”‚‘’«»–—…€£§°"
_SHARE_OF_FREQUENT_SYMBOL = 2e-6


def train_tokenizer(
    counts: Counter[str], size: int, kind: Literal["unigram", "char"] = "unigram"
) -> bytes:
    """The serialized sentencepiece model of `size` pieces for these units (see `split_units`) and their counts.

    The same counts give the same bytes. `kind`: subwords, or single characters (then `size` is an upper bound).
    """
    total = counts.total()
    symbols = dict.fromkeys(_SYMBOLS)
    for unit, count in sorted(counts.items()):
        if (
            not is_word(unit)
            and unit not in (" ", "'", SPACE_MARK)
            and count > total * _SHARE_OF_FREQUENT_SYMBOL
        ):
            symbols.setdefault(unit)
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder, "words.tsv")
        with words.open("w", encoding="utf-8") as file:
            for unit, count in sorted(counts.items()):
                if is_word(unit) and count >= 1:
                    file.write(f"{unit.replace(' ', SPACE_MARK)}\t{round(count)}\n")
        sentencepiece.SentencePieceTrainer.train(
            input=str(words),
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
    Tokenizer(model.getvalue())
    return model.getvalue()
