"""Everything a fine-tuning works with, made from the job once: the language, its model, and both texts as tokens."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from autocomplete.finetuning.batches import Updates, pieces, sample_documents
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.learner import Learner, bits
from autocomplete.finetuning.lines import Piece, Split, documents, encode, split_lines
from autocomplete.finetuning.measuring import open_language
from autocomplete.finetuning.options import TuningOptions
from autocomplete.model.bundle import Bundle
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.model.sample import Sample, Tokens
from autocomplete.predict.language import Language
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.start import load_weights
from autocomplete.training.word_ends import WordEnds

Check = Callable[[], None]

# Tokens of the language's sample that are measured on. Only differences count, and they show on these.
_HELD_OUT = 8000


@dataclass(frozen=True)
class Aside:
    """Text that is not learned from: its pieces, and how many characters they spell."""

    pieces: list[Piece]
    characters: int

    def bpc(self, model: LSTMLanguageModel, check: Check) -> float:
        """Bits per character."""
        return bits(model, self.pieces, check) / max(1, self.characters)


@dataclass(frozen=True)
class Material:
    """own: the person's lines set aside. base: the language's text set aside, None where it brings no sample."""

    split: Split
    language: Language
    learner: Learner
    updates: Updates
    own: Aside
    base: Aside | None

    @classmethod
    def of(cls, job: Job, check: Check) -> "Material":
        """`check` is called between small parts of the work and may raise. Raises `TuningError` for too little text,
        `ModelError` for a damaged model."""
        split = split_lines(job.lines)
        check()
        bundle = Bundle.open(job.bundle)
        language = open_language(bundle, split.learned, check)
        check()
        tokenizer, options = language.tokenizer, job.options
        own = []
        for document in documents(split.learned):
            own.append([encode(line, tokenizer) for line in document])
            check()
        sample = Sample.load(bundle)
        replay = sample_documents(sample.replay, bos=tokenizer.bos, newline=tokenizer.newline) if sample else []
        check()
        base = LSTMLanguageModel(bundle.config)
        load_weights(base, bundle.folder)
        ends = WordEnds.of(tokenizer, torch.device("cpu"))
        rate = options.rate if sample else options.careful_rate
        check()
        return cls(
            split,
            language,
            Learner(base, _loss(own + replay, bundle.config.vocabulary, options), ends, rate),
            Updates(
                own,
                replay,
                bos=tokenizer.bos,
                tokens=options.tokens,
                share=options.replay,
                seed=options.seed,
            ),
            Aside(
                [piece for line in split.aside for piece in pieces([encode(line, tokenizer)], tokenizer.bos)],
                sum(len(line.text) + 1 for line in split.aside),
            ),
            _held_out(sample.held_out, tokenizer) if sample else None,
        )


def _loss(texts: list[list[Piece]], vocabulary: int, options: TuningOptions) -> SampledSoftmax:
    """The loss, which draws pieces as often as they occur."""
    tokens = np.array([token for document in texts for line in document for token in line.tokens])
    counts = np.bincount(tokens, minlength=vocabulary)
    return SampledSoftmax(torch.from_numpy(counts), options.samples, options.seed)


def _held_out(tokens: Tokens, tokenizer: Tokenizer) -> Aside:
    chosen: list[Piece] = []
    for document in sample_documents(tokens, bos=tokenizer.bos, newline=tokenizer.newline):
        if sum(len(piece.tokens) for piece in chosen) < _HELD_OUT:
            chosen += pieces(document, tokenizer.bos)
    return Aside(chosen, sum(len(tokenizer.decode(piece.tokens)) for piece in chosen))
