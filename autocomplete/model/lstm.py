"""The LSTM language model in torch.

A piece's vector enters the LSTM. At each step the forget gate f decides what stays of the cell state c (the long
memory), the input gate i what enters it, and the output gate o what of it is shown in the hidden state h (the
short memory):

    i, f, o = σ(W x + U h + b)      g = tanh(W x + U h + b)
    c' = f ⊙ c + i ⊙ g              h' = o ⊙ tanh(c')

With a recurrent projection P (Sak, Senior & Beaufays 2014) h' = P (o ⊙ tanh(c')) is narrower than c, so that many
cells cost few recurrent weights.

h, projected to the width of the embedding, is compared with every piece's vector: the same table serves input
and output (Press & Wolf 2017; Inan et al. 2017). A second, small output looks one piece further: whether a word
that ends in this piece would end there. Without it, that is known only once the piece was stepped.

State goes in and comes out explicitly: nothing is remembered between calls.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from autocomplete.model.config import LSTMConfig
from autocomplete.model.fused import fused_lstm


class State(NamedTuple):
    """What the model remembers: h (layers, batch, shown) and c (layers, batch, hidden), float32."""

    h: Tensor
    c: Tensor

    def detach(self) -> "State":
        """The same state without its history, where back-propagation is cut."""
        return State(self.h.detach(), self.c.detach())


class LSTMLanguageModel(nn.Module):
    """Tokens and a state in; projected hidden states and the state behind the last token out."""

    def __init__(self, config: LSTMConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        self.dropout = dropout
        self.embedding = nn.Embedding(config.vocabulary, config.embedding)
        between_layers = dropout if config.layers > 1 else 0.0
        self.lstm = nn.LSTM(
            config.embedding,
            config.hidden,
            config.layers,
            dropout=between_layers,
            proj_size=config.recurrent_projection,
        )
        self.projection = nn.Linear(config.shown, config.embedding)
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.end_query = nn.Linear(config.embedding, config.ends)
        self.end_vectors = nn.Parameter(torch.randn(config.vocabulary, config.ends) * config.ends**-0.5)
        self.end_bias = nn.Parameter(torch.zeros(config.vocabulary))
        nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
        for layer in range(config.layers):
            # An open forget gate from the start: gradients reach far back (Jozefowicz et al. 2015).
            bias: Tensor = getattr(self.lstm, f"bias_ih_l{layer}")
            nn.init.ones_(bias.data[config.hidden : 2 * config.hidden])

    def initial_state(self, batch: int) -> State:
        """The state before anything was read: zeros."""
        layers, device = self.config.layers, self.bias.device
        h = torch.zeros(layers, batch, self.config.shown, device=device)
        return State(h, torch.zeros(layers, batch, self.config.hidden, device=device))

    def forward(self, tokens: Tensor, state: State, compute: torch.dtype = torch.float32) -> tuple[Tensor, State]:
        """tokens (T, B) → projected states (T, B, embedding) in float32, and the state behind the last token.

        `compute`: dtype of the arithmetic inside. In bfloat16 on a processor the layers are `fused_lstm`,
        and so they are with a recurrent projection, which torch runs slowly there; else they are torch's own. The
        function is the same. (Without one the fused layer was a tenth slower in float32 on AVX2.)
        """
        x = self._drop(self.embedding(tokens))
        fused = not x.is_cuda and (compute != torch.float32 or self.config.recurrent_projection > 0)
        run = self._fused if fused else self._library
        x, state = run(x, state, compute)
        x = self._drop(x)
        weight, bias = self.projection.weight.to(x.dtype), self.projection.bias.to(x.dtype)
        return nn.functional.linear(x, weight, bias).float(), state

    def log_probabilities(self, projected: Tensor) -> Tensor:
        """Projected states (…, embedding) → log-probabilities of every next piece (…, vocabulary)."""
        return nn.functional.linear(projected, self.embedding.weight, self.bias).log_softmax(-1)

    def end_logits(self, projected: Tensor, pieces: Tensor) -> Tensor:
        """Projected states (N, embedding) and a next piece for each (N,) → log-odds (N,) that the word ends with it."""
        query = self.end_query(projected)
        logits: Tensor = (query * self.end_vectors[pieces]).sum(-1) + self.end_bias[pieces]
        return logits

    def _drop(self, x: Tensor) -> Tensor:
        return nn.functional.dropout(x, self.dropout, self.training)

    def _fused(self, x: Tensor, state: State, compute: torch.dtype) -> tuple[Tensor, State]:
        x = x.to(compute)
        last_h, last_c = [], []
        for layer in range(self.config.layers):
            weight_ih, weight_hh, bias_ih, bias_hh, *projection = self.lstm.all_weights[layer]
            if layer:
                x = self._drop(x)
            x, h, c = fused_lstm(
                x,
                state.h[layer].to(compute),
                state.c[layer],
                weight_ih.to(compute),
                weight_hh.to(compute),
                (bias_ih + bias_hh).to(compute),
                projection[0].to(compute) if projection else None,
            )
            last_h.append(h.float())
            last_c.append(c)
        return x, State(torch.stack(last_h), torch.stack(last_c))

    def _library(self, x: Tensor, state: State, compute: torch.dtype) -> tuple[Tensor, State]:
        with torch.autocast(x.device.type, compute, enabled=compute != torch.float32):
            x, (h, c) = self.lstm(x, (state.h.to(x.dtype), state.c.to(x.dtype)))
        return x, State(h.float(), c.float())
