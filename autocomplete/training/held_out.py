"""Text that a run does not read, and how well it is predicted meanwhile."""

import math
from pathlib import Path

import torch
from torch import nn

from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.text.files import iterate_lines
from autocomplete.text.tokenizer import Tokenizer

_CHARACTERS = 30_000  # from the file's beginning: seconds of work, and differences of half a per cent show
_AT_ONCE = 2048  # tokens


class HeldOut:
    """The first lines of a file, each a text of its own, as people type them."""

    def __init__(self, path: Path, tokenizer: Tokenizer) -> None:
        """Raises `TextError` for a file without text."""
        self._lines: list[list[int]] = []
        self._characters = 0
        for line in iterate_lines(path):
            self._characters += len(line) + 1
            self._lines.append([tokenizer.bos, *tokenizer.encode(line), tokenizer.newline])
            if self._characters >= _CHARACTERS:
                break
        self._lines.sort(key=len)

    @torch.no_grad()
    def bpc(self, model: LSTMLanguageModel) -> float:
        """Bits per character, in float32 and with the full softmax; a line's end is a character."""
        training = model.training
        model.eval()
        nats, waiting = 0.0, list(self._lines)
        while waiting:
            count = max(1, _AT_ONCE // len(waiting[-1]))
            some, waiting = waiting[-count:], waiting[:-count]
            nats += self._nats(model, some)
        model.train(training)
        return nats / self._characters / math.log(2)

    @staticmethod
    def _nats(model: LSTMLanguageModel, lines: list[list[int]]) -> float:
        device = model.bias.device
        rows = [torch.tensor(line, device=device) for line in lines]
        tokens = nn.utils.rnn.pad_sequence(rows)
        there = nn.utils.rnn.pad_sequence([torch.ones(len(line) - 1, device=device) for line in lines])
        projected, _ = model(tokens[:-1], model.initial_state(len(lines)))
        found = model.log_probabilities(projected).gather(2, tokens[1:, :, None])[:, :, 0]
        return -float((found * there).sum())
