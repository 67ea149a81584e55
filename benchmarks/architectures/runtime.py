"""A network behind the interface of `autocomplete.model.runtime`, so that the project's own search runs over it.

What a network remembers of one text is one object to the search; its kind is the network's business.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from autocomplete.model.bundle import Bundle
from autocomplete.model.runtime import Floats, Following, Ids, Runtime, States
from autocomplete.predict.completer import Completer
from autocomplete.predict.language import Language
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer
from benchmarks.architectures.network import Network


class NetworkRuntime:
    """Steps a network as `Runtime` steps the shipped model; states are (1, B) arrays of the network's own."""

    def __init__(self, network: Network, index: PieceIndex) -> None:
        self._network = network.eval()
        self.starting, self.continuing = index.starting.ids, index.continuing.ids

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

    def begin(self, projected: Floats) -> Following:
        """Behind projected states (B, width): the pieces that begin a word, given that one begins."""
        return self._follow(projected, self.starting)

    def resume(self, projected: Floats) -> Following:
        """Behind projected states (B, width): the pieces that go on with a word, given that it goes on."""
        return self._follow(projected, self.continuing)

    @torch.inference_mode()
    def log_probabilities(self, projected: Floats) -> Floats:
        """Of every next piece (B, vocabulary), given (B, width)."""
        result: Floats = self._network.log_probabilities(torch.from_numpy(projected)).numpy()
        return result

    @torch.inference_mode()
    def _follow(self, projected: Floats, ids: Ids) -> Following:
        given, pieces = torch.from_numpy(projected), torch.from_numpy(ids)
        likely = nn.functional.linear(given, self._network.embedding.weight, self._network.bias)[:, pieces].softmax(-1)
        ending = likely * self._network.word_ends(given, pieces)
        return Following(ending.numpy(), (likely - ending).numpy())


def completer(network: Network, language: str, tokenizer: Tokenizer) -> Completer:
    """The project's completer over the network alone, without the n-gram model."""
    index = PieceIndex(tokenizer)
    runtime = cast(Runtime, NetworkRuntime(network, index))
    files = cast(Bundle, None)  # only explanations ask for them
    return Completer([Language(language, tokenizer, runtime, index, None, None, files)])


def _packed(rows: Sequence[Any]) -> States:
    h = np.empty((1, len(rows)), dtype=object)
    for number, row in enumerate(rows):
        h[0, number] = row
    return States(h, np.empty((1, len(rows), 0), dtype=np.float32))
