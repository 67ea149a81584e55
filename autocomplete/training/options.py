"""What a training run can be told."""

import math
from dataclasses import dataclass

from autocomplete.errors import TrainingOptionError


@dataclass(frozen=True)
class TrainingOptions:
    """The run ends, with a finished and decayed model, when `minutes` or `steps` are used up.

    minutes, steps: budget (None: not bounded by it). batch: segments read side by side, over all
    processes. chunk: tokens between two updates, the reach of back-propagation. segment: tokens read
    before the state is reset. rate: peak learning rate. warmup: updates until it is reached, or a
    tenth of the budget if that is sooner. clip: largest gradient norm. samples: negatives of the
    sampled softmax (0: full). dropout: on embeddings and between layers. save_minutes: time between
    checkpoints. Raises `TrainingOptionError` for what can't be.
    """

    minutes: float | None = None
    steps: int | None = None
    batch: int = 48
    chunk: int = 64
    segment: int = 1024
    rate: float = 2.5e-3
    warmup: int = 200
    clip: float = 1.0
    samples: int = 1024
    dropout: float = 0.0
    seed: int = 1
    save_minutes: float = 5.0

    def __post_init__(self) -> None:
        for name in ("minutes", "rate", "clip", "dropout", "save_minutes"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                raise TrainingOptionError(f"--{name.replace('_', '-')} ({value}) must be a finite number.")
        if not self.minutes and not self.steps:
            raise TrainingOptionError("Training needs an end: give --minutes or --steps, above 0.")
        if self.segment % self.chunk:
            raise TrainingOptionError(f"--segment ({self.segment}) must be a multiple of --chunk ({self.chunk}).")

    @property
    def tokens(self) -> int:
        """Tokens read between two updates, over all processes."""
        return self.batch * self.chunk
