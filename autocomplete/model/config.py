"""The shape of a language model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LSTMConfig:
    """Sizes of the model; with them its parameters are known (see `parameters`).

    vocabulary: pieces; embedding: width of a piece's vector, in and out (tied); hidden: width of h and c;
    layers: LSTM layers, each fed by the one before; ends: width of the vectors that tell whether a word ends.
    """

    vocabulary: int
    embedding: int = 256
    hidden: int = 512
    layers: int = 1
    ends: int = 32

    @property
    def parameters(self) -> int:
        """How many numbers the model has."""
        inputs = self.embedding + (self.layers - 1) * self.hidden
        gates = 4 * self.hidden * (inputs + self.layers * (self.hidden + 2))
        projection = self.hidden * self.embedding + self.embedding
        ends = self.ends * (self.embedding + 1) + self.vocabulary * (self.ends + 1)
        return self.vocabulary * (self.embedding + 1) + gates + projection + ends
