"""A network behind the interface of `autocomplete.model.runtime`, so that the project's own search runs over it.

What a network remembers of one text is one object to the search; its kind is the network's business.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray

from autocomplete.model.runtime import Floats, Runtime, States
from autocomplete.predict.completer import Completer
from autocomplete.predict.language import Language
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer
from benchmarks.architectures.network import Network


class NetworkRuntime:
    """Steps a network as `Runtime` steps the shipped model; states are (1, B) arrays of the network's own."""

    def __init__(self, network: Network) -> None:
        self._network = network.eval()

    def initial_state(self) -> States:
        """The state before anything was read, for one text."""
        return _packed([self._network.start()])

    def read(self, tokens: Sequence[int], state: States) -> tuple[Floats, States]:
        """Reads one or more tokens of one text: the projected state (width,) behind the last, and the state there."""
        for token in tokens:
            projected, state = self.step(np.array([token]), state)
        return projected[0], state

    @torch.inference_mode()
    def step(self, tokens: NDArray[np.int64], states: States) -> tuple[Floats, States]:
        """One token (B,) for each of B texts: projected states (B, width), new states."""
        projected, after = self._network.step(tokens.tolist(), states.h[0].tolist())
        return projected.numpy(), _packed(after)

    @torch.inference_mode()
    def log_probabilities(self, projected: Floats) -> Floats:
        """Of every next piece (B, vocabulary), given (B, width), or (width,) for one."""
        rows = torch.from_numpy(projected).reshape(-1, self._network.width)
        result: Floats = self._network.log_probabilities(rows).numpy()
        return result


def completer(network: Network, language: str, tokenizer: Tokenizer, ends: NDArray[np.float32]) -> Completer:
    """The project's completer over the network alone, without the n-gram memory. `ends`: see `PieceIndex`."""
    runtime = cast(Runtime, NetworkRuntime(network))
    return Completer([Language(language, tokenizer, runtime, PieceIndex(tokenizer, ends), None)])


def _packed(rows: Sequence[Any]) -> States:
    h = np.empty((1, len(rows)), dtype=object)
    for number, row in enumerate(rows):
        h[0, number] = row
    return States(h, np.empty((1, len(rows), 0), dtype=np.float32))
