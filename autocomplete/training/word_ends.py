"""Teaches the model's second output: whether a word ends with the piece that comes next."""

from typing import Self

import torch
from torch import Tensor, nn

from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.text.tokenizer import Tokenizer


class WordEnds:
    """Knows for every piece whether it spells part of a word, and whether it goes on with one: (V,) each."""

    def __init__(self, spells: Tensor, continues: Tensor) -> None:
        self._spells, self._continues = spells, continues

    @classmethod
    def of(cls, tokenizer: Tokenizer, device: torch.device) -> Self:
        """As the tokenizer has it."""
        pieces = range(tokenizer.size)
        return cls(
            torch.tensor([tokenizer.spells_word(piece) for piece in pieces], device=device),
            torch.tensor([tokenizer.continues_word(piece) for piece in pieces], device=device),
        )

    def loss(self, model: LSTMLanguageModel, projected: Tensor, targets: Tensor) -> Tensor:
        """Cross-entropy in nats, summed over the words' pieces and divided by all.

        projected (T, B, embedding): what each of the targets (T, B) is predicted from. Whether the word goes on behind
        the last target is not known here.
        """
        return self.total(model, projected, targets, torch.ones_like(targets, dtype=torch.float32)) / targets.numel()

    def total(self, model: LSTMLanguageModel, projected: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        """The same, not divided; each target counts as much as its weight (T, B). One of weight 0 may be no text."""
        before, after, known = targets[:-1], targets[1:], torch.minimum(weights[:-1], weights[1:])
        asked = self._spells[before] & (known > 0)
        logits = model.end_logits(projected[:-1][asked], before[asked])
        ended = (~self._continues[after[asked]]).float()
        return nn.functional.binary_cross_entropy_with_logits(logits, ended, known[asked], reduction="sum")
