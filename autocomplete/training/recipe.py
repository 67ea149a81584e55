"""Everything that decides what model a training run makes, besides the text itself."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from autocomplete.errors import TrainingOptionError
from autocomplete.model.bundle import CONFIG, NGRAM, SAMPLE, TOKENIZER, Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.training.checkpoint import CHECKPOINT
from autocomplete.training.mixture import Source
from autocomplete.training.ngram import NGramOptions
from autocomplete.training.options import TrainingOptions
from autocomplete.training.sample import TOKENS

SIZES = ("embedding", "hidden", "layers", "recurrent_projection")


@dataclass(frozen=True)
class Recipe:
    """One run of the pipeline.

    tokenizer, pieces: kind and size of the vocabulary. embedding, hidden, layers, recurrent_projection: see
    `LSTMConfig`.
    ngram: None leaves the n-gram model out. sample: tokens of the corpus to ship with the model; 0 ships none.
    start: a model to train on from; its tokenizer is taken, too.
    """

    language: str
    training: TrainingOptions
    tokenizer: Literal["unigram", "char"] = "unigram"
    pieces: int = 12_000
    embedding: int = 256
    hidden: int = 512
    layers: int = 1
    recurrent_projection: int = 0
    ngram: NGramOptions | None = field(default_factory=NGramOptions)
    sample: int = TOKENS
    start: Path | None = None

    def __post_init__(self) -> None:
        if self.recurrent_projection >= self.hidden:
            raise TrainingOptionError(
                f"--recurrent-projection ({self.recurrent_projection}) must be smaller than --hidden ({self.hidden})."
            )

    def decides(self, sources: Sequence[Source], late: Sequence[Source] = ()) -> dict[str, dict[str, Any]]:
        """For each stage's file in the work folder: the options that decide what is in it.

        Plain values, for JSON. Of each source they name the weight and the size, of the `late` ones the weight. Raises
        `ModelError` where there is no model to start from.
        """
        training = asdict(self.training)
        del training["save_minutes"]  # decides nothing about the model
        ngram = asdict(self.ngram) if self.ngram else {}
        named = {f"ngram_{name}": value for name, value in ngram.items()}
        corpus = {f"source {source.name}": [source.weight, source.path.stat().st_size] for source in sources}
        start = Bundle.open(self.start).folder / CONFIG if self.start else None
        begins = sha256(start.read_bytes()).hexdigest()[:16] if start else None
        vocabulary = {"language": self.language, "tokenizer": self.tokenizer, "pieces": self.pieces, "start": begins}
        stages = {
            TOKENIZER: vocabulary | corpus,
            NGRAM: named,
            SAMPLE: {"sample_tokens": self.sample},
            CHECKPOINT: self.shape | training | {f"late {source.name}": source.weight for source in late},
        }
        plain: dict[str, dict[str, Any]] = json.loads(json.dumps(stages))
        return plain

    @property
    def shape(self) -> dict[str, int]:
        """The sizes of the model that can be chosen."""
        return {name: getattr(self, name) for name in SIZES}

    def config(self, pieces: int) -> LSTMConfig:
        """The model, of so many pieces."""
        return LSTMConfig(vocabulary=pieces, **self.shape)

    @property
    def kind(self) -> str:
        """The kind of the model's tokenizer: that of the model to start from, if there is one."""
        return Bundle.open(self.start).tokenizer_kind if self.start else self.tokenizer

    def as_dict(self) -> dict[str, Any]:
        """All options that decide something, as plain values."""
        return {name: value for options in self.decides([]).values() for name, value in options.items()}
