"""What the four networks have in common: pieces go in, scores of the next piece come out.

A network turns tokens and a state into projected states of the embedding's width, which are compared with every
piece's vector; the same table serves input and output (Press & Wolf 2017). A second output tells whether a word would
end with the piece, as in the project's own model. Only what lies between differs.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

ENDS = 16  # width of the vectors that tell whether a word ends


class Network(nn.Module, ABC):
    """A language model that reads on from a state. `name`: as shown in tables."""

    name: str

    def __init__(self, vocabulary: int, width: int) -> None:
        """`vocabulary`: pieces; `width`: of a piece's vector."""
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(vocabulary, width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.end_query = nn.Linear(width, ENDS)
        self.end_vectors = nn.Parameter(torch.randn(vocabulary, ENDS) * ENDS**-0.5)
        self.end_bias = nn.Parameter(torch.zeros(vocabulary))
        nn.init.normal_(self.embedding.weight, std=width**-0.5)

    @abstractmethod
    def forward(self, tokens: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """tokens (T, B) → projected states (T, B, width), and the state behind the last token.

        `state` is what an earlier call returned, or None before anything was read. Gradients end at it.
        """

    @abstractmethod
    def for_step(self, state: Any) -> Any:
        """What `forward` returned for a batch of one text, as `step` takes it."""

    @abstractmethod
    def start(self) -> Any:
        """The state of one text before anything was read, as `step` takes it."""

    @abstractmethod
    def step(self, tokens: Sequence[int], states: Sequence[Any]) -> tuple[Tensor, list[Any]]:
        """One token for each of B texts, which may be of different length: projected (B, width), their new states.

        For prediction. The states given stay as they are, so that one may be gone on from twice.
        """

    def log_probabilities(self, projected: Tensor) -> Tensor:
        """Projected states (…, width) → log-probabilities of every next piece (…, vocabulary)."""
        return nn.functional.linear(projected, self.embedding.weight, self.bias).log_softmax(-1)

    def end_logits(self, projected: Tensor, pieces: Tensor) -> Tensor:
        """Projected states (N, width), a next piece for each (N,) → log-odds (N,) that the word ends with it."""
        return (self.end_query(projected) * self.end_vectors[pieces]).sum(-1) + self.end_bias[pieces]

    def word_ends(self, projected: Tensor, pieces: Tensor) -> Tensor:
        """The same of n pieces (n,) for each of N projected states, as probabilities (N, n)."""
        return (self.end_query(projected) @ self.end_vectors[pieces].T + self.end_bias[pieces]).sigmoid()

    @property
    def parameters_in_all(self) -> int:
        """How many numbers are learned."""
        return sum(parameter.numel() for parameter in self.parameters())
