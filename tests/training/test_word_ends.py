"""The second output learns whether a word ends with a piece."""

import pytest
import torch

from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training.word_ends import WordEnds

DOT, BEGINS, GOES_ON = 0, 1, 2  # pieces: a sign, a word's beginning, a word's continuation
ENDS = WordEnds(torch.tensor([False, True, True]), torch.tensor([False, False, True]))


@pytest.fixture
def model() -> LSTMLanguageModel:
    torch.manual_seed(4)
    return LSTMLanguageModel(LSTMConfig(3, 8, 8, ends=4))


def _loss(model: LSTMLanguageModel, *targets: int) -> torch.Tensor:
    projected = torch.ones(len(targets), 1, 8)
    return ENDS.loss(model, projected, torch.tensor(targets)[:, None])


def test_only_pieces_of_words_are_asked(model):
    assert _loss(model, DOT, DOT, BEGINS).item() == 0.0


def test_a_piece_ends_its_word_unless_one_that_goes_on_follows(model):
    model.end_bias.data[BEGINS] = 20.0
    model.end_vectors.data.zero_()
    assert _loss(model, BEGINS, DOT).item() == pytest.approx(0, abs=1e-6)
    assert _loss(model, BEGINS, BEGINS).item() == pytest.approx(0, abs=1e-6)
    assert _loss(model, BEGINS, GOES_ON).item() == pytest.approx(20 / 2)  # a mean over the two targets


def test_it_learns_from_what_stands_before(model):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    projected = torch.zeros(2, 2, 8)
    projected[0, 0, 0], projected[0, 1, 1] = 1.0, 1.0
    targets = torch.tensor([[BEGINS, BEGINS], [DOT, GOES_ON]])
    for _ in range(60):
        optimizer.zero_grad()
        ENDS.loss(model, projected, targets).backward()
        optimizer.step()
    odds = model.end_logits(projected[0], targets[0])
    assert odds[0] > 2
    assert odds[1] < -2
