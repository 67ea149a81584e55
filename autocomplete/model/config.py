"""The shape of a language model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LSTMConfig:
    """Sizes of the model; with them its parameters are known (see `parameters`).

    vocabulary: pieces; embedding: width of a piece's vector, in and out (tied); hidden: cells of a layer, the width of
    c; layers: LSTM layers, each fed by the one before; ends: width of the vectors that tell whether a word ends;
    recurrent_projection: width of h where the cells' output is projected before it is shown and fed back (Sak et al.
    2014), 0 where it is not.
    """

    vocabulary: int
    embedding: int = 256
    hidden: int = 512
    layers: int = 1
    ends: int = 32
    recurrent_projection: int = 0

    def __post_init__(self) -> None:
        if self.recurrent_projection >= self.hidden:
            raise ValueError("recurrent_projection must be smaller than hidden")

    @property
    def shown(self) -> int:
        """Width of h: what a layer shows of its cells, to the next step, to the layer above and to the output."""
        return self.recurrent_projection or self.hidden

    @property
    def parameters(self) -> int:
        """How many numbers the model has."""
        inputs = self.embedding + (self.layers - 1) * self.shown
        gates = 4 * self.hidden * (inputs + self.layers * (self.shown + 2))
        gates += self.layers * self.recurrent_projection * self.hidden
        projection = self.shown * self.embedding + self.embedding
        ends = self.ends * (self.embedding + 1) + self.vocabulary * (self.ends + 1)
        return self.vocabulary * (self.embedding + 1) + gates + projection + ends
