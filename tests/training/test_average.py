"""The averaged weights are those of about the last tenth of a run."""

import pytest
import torch
from torch import nn

from autocomplete.training.average import Average


@pytest.fixture
def model() -> nn.Linear:
    return nn.Linear(3, 2)


def _set(model: nn.Module, value: float) -> None:
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(value)


def test_the_first_updates_are_followed_at_once(model) -> None:
    average = Average(model)
    _set(model, 5)
    average.update(1)
    assert torch.equal(average.weights["weight"], model.weight)


@pytest.mark.parametrize("steps", [1000, 4000])
def test_most_of_it_is_of_the_last_tenth_whatever_the_length(model, steps) -> None:
    average = Average(model)
    for step in range(1, steps + 1):
        _set(model, float(step > 0.9 * steps))
        average.update(step)
    assert 0.6 < average.weights["bias"][0] < 0.7


def test_the_model_has_them_inside_only(model) -> None:
    average = Average(model)
    before = model.weight.clone()
    _set(model, 7)
    with average.in_place():
        assert torch.equal(model.weight, before)
    assert model.weight.eq(7).all()
    assert torch.equal(average.weights["weight"], before)
    average.keep()
    assert torch.equal(model.weight, before)
