"""The three recurrent networks: what is remembered is one vector (or two), written anew at each token.

The plain network (Elman 1990) overwrites all of it: h' = tanh(W x + U h + b). The GRU (Cho et al. 2014) has a gate
that decides how much of h stays; the LSTM (Hochreiter & Schmidhuber 1997) a second vector c behind three gates.
"""

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor, nn

from benchmarks.architectures.network import Network

Kind = Literal["rnn", "gru", "lstm"]
State = tuple[Tensor, ...]  # h, and c of an LSTM, each (1, B, hidden)

_NAMES = {"rnn": "plain RNN", "gru": "GRU", "lstm": "LSTM"}
_LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Recurrent(Network):
    """One recurrent layer between embedding and output."""

    def __init__(self, kind: Kind, vocabulary: int, width: int, hidden: int) -> None:
        super().__init__(vocabulary, width)
        self.kind, self.name, self.hidden = kind, _NAMES[kind], hidden
        self.layer = _LAYERS[kind](width, hidden)
        self.projection = nn.Linear(hidden, width)
        # Orthogonal, gate by gate: with torch's own, smaller numbers a plain network forgets from the start.
        for gate in self.layer.weight_hh_l0.data.split(hidden):
            nn.init.orthogonal_(gate)
        if kind == "lstm":
            # An open forget gate from the start (Jozefowicz et al. 2015), as in the project's own model.
            nn.init.ones_(self.layer.bias_ih_l0.data[hidden : 2 * hidden])

    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """See `Network`."""
        x = self.embedding(tokens)
        given = None if state is None else state if self.kind == "lstm" else state[0]
        x, after = self.layer(x, given)
        parts = after if self.kind == "lstm" else (after,)
        return self.projection(x), tuple(part.detach() for part in parts)

    def for_step(self, state: State) -> State:
        """See `Network`."""
        return state

    def start(self) -> State:
        """See `Network`."""
        return tuple(torch.zeros(1, 1, self.hidden) for _ in range(2 if self.kind == "lstm" else 1))

    def step(self, tokens: Sequence[int], states: Sequence[State]) -> tuple[Tensor, list[State]]:
        """See `Network`."""
        x = self.embedding.weight[list(tokens)]
        before = [torch.cat(parts, dim=1)[0] for parts in zip(*states, strict=True)]
        weights = self.layer.all_weights[0]
        if self.kind == "lstm":
            after = torch.lstm_cell(x, before, *weights)
        else:
            cell = torch.gru_cell if self.kind == "gru" else torch.rnn_tanh_cell
            after = (cell(x, before[0], *weights),)
        rows = zip(*(part[None].split(1, dim=1) for part in after), strict=True)
        return self.projection(after[0]), list(rows)
