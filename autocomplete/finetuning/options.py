"""What fine-tuning can be told; what it is told by default was measured (docs/personal-tuning.md)."""

from dataclasses import asdict, dataclass
from typing import Any

FEWEST_WORDS = 200  # of one person; with fewer, nothing can be measured


@dataclass(frozen=True)
class TuningOptions:
    """The run ends when `epochs` or `minutes` are used up, whichever comes first.

    epochs: how often the lines are read; few lines are read more often, so that there are as many `updates` at least.
    minutes: of work, measuring included, pauses not (None: not bounded).
    rate: peak learning rate; careful_rate: the same where the language brings no sample to replay. tokens: of the
    person's text between two updates. replay: tokens of the language's sample for each of the person's. samples:
    negatives of the sampled softmax. evaluations: how often it is measured on the way, the last at the end.
    forgetting: by what part the language's bits per character may grow. nice: how far the process stands back behind
    others, 0 (not) to 19.
    """

    epochs: int = 2
    updates: int = 80
    minutes: float | None = 20.0
    rate: float = 1e-3
    careful_rate: float = 5e-4
    tokens: int = 384
    replay: float = 0.5
    evaluations: int = 2
    samples: int = 1024
    forgetting: float = 0.009
    nice: int = 10
    seed: int = 1

    def as_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self)
