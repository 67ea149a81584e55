"""The moving average of a model's weights, better than the last ones as long as the learning rate is not zero."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

_SHARE = 0.1  # of the updates done: the older an update, the less it counts, and about so many do


class Average:
    """An exponential moving average of all weights of `model`, over about the last tenth of its updates.

    It grows with the run, so that it is one at any moment, whenever the run is stopped.
    """

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self.weights = {name: value.detach().clone() for name, value in model.named_parameters()}

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take in the weights behind update number `step`, from 1."""
        new = min(1.0, 1 / (_SHARE * step))
        for name, value in self._model.named_parameters():
            self.weights[name].lerp_(value, new)

    @torch.no_grad()
    def resume(self, weights: dict[str, Tensor]) -> None:
        """Go on from what an earlier process had."""
        for name, value in self.weights.items():
            value.copy_(weights[name])

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Inside, the model has the averaged weights."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def keep(self) -> None:
        """Give the model the averaged weights for good."""
        self._swap()

    @torch.no_grad()
    def _swap(self) -> None:
        for name, value in self._model.named_parameters():
            last = value.clone()
            value.copy_(self.weights[name])
            self.weights[name].copy_(last)
