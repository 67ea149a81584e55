"""What a training run can be told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingOptions:
    """The run ends, with a finished and decayed model, at whichever of `minutes` and `steps` comes first.

    minutes, steps: budget (None: not bounded by it). batch: segments read side by side, over all processes.
    chunk: tokens between two updates, the reach of back-propagation. segment: tokens read before the state is
    reset. rate: peak learning rate. warmup: updates until it is reached. clip: largest gradient norm.
    samples: negatives of the sampled softmax (0: full). dropout: on embeddings and between layers.
    save_minutes: time between checkpoints.
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
