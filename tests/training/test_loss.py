"""The sampled softmax estimates the full one."""

import pytest
import torch

from autocomplete.training.loss import SampledSoftmax

VOCABULARY, WIDTH, ROWS = 200, 12, 30


@pytest.fixture
def inputs():
    torch.manual_seed(3)
    projected = torch.randn(ROWS, WIDTH)
    return projected, torch.randint(VOCABULARY, (ROWS,)), torch.randn(VOCABULARY, WIDTH) / 3


def _loss(samples: int, counts: torch.Tensor, step: int, inputs) -> torch.Tensor:
    projected, targets, weight = inputs
    bias = torch.linspace(-1, 1, VOCABULARY)
    return SampledSoftmax(counts, samples, seed=1)(projected, targets, weight, bias, step)


def test_without_samples_it_is_the_cross_entropy(inputs) -> None:
    projected, targets, weight = inputs
    logits = projected @ weight.t() + torch.linspace(-1, 1, VOCABULARY)
    wanted = torch.nn.functional.cross_entropy(logits, targets)
    torch.testing.assert_close(_loss(0, torch.ones(VOCABULARY), 0, inputs), wanted)


def test_many_samples_come_close_to_the_full_softmax(inputs) -> None:
    counts = torch.arange(1.0, VOCABULARY + 1)
    full = _loss(0, counts, 0, inputs)
    found = [_loss(20_000, counts, step, inputs) for step in range(3)]
    torch.testing.assert_close(torch.stack(found), full.expand(3), atol=0.02, rtol=0)


def test_few_samples_are_right_on_average(inputs) -> None:
    counts = torch.ones(VOCABULARY)
    full = _loss(0, counts, 0, inputs).item()
    found = [_loss(100, counts, step, inputs).item() for step in range(100)]
    assert sum(found) / len(found) == pytest.approx(full, abs=0.05)


def test_a_negative_that_is_the_target_does_not_count() -> None:
    # Only one piece was ever seen, so all negatives are that piece; it is also the target.
    counts = torch.full((VOCABULARY,), -1.0)
    counts[7] = 1e9
    projected, weight = torch.ones(2, WIDTH), torch.ones(VOCABULARY, WIDTH)
    bias = torch.zeros(VOCABULARY)
    loss = SampledSoftmax(counts, 50, seed=1)
    assert loss(projected, torch.tensor([7, 7]), weight, bias, 0).item() == 0.0


def test_a_step_draws_the_same_negatives_each_time_and_the_next_step_others(inputs) -> None:
    counts = torch.ones(VOCABULARY)
    assert _loss(20, counts, 5, inputs) == _loss(20, counts, 5, inputs)
    assert _loss(20, counts, 5, inputs) != _loss(20, counts, 6, inputs)


@pytest.mark.parametrize("samples", [0, 100])
def test_a_product_in_bfloat16_stays_close(inputs, samples) -> None:
    projected, targets, weight = inputs
    projected.requires_grad_()
    loss, bias = SampledSoftmax(torch.ones(VOCABULARY), samples, seed=1), torch.linspace(-1, 1, VOCABULARY)
    exact, close = (loss(projected, targets, weight, bias, 3, dtype) for dtype in (torch.float32, torch.bfloat16))
    assert close.dtype == torch.float32
    torch.testing.assert_close(close, exact, atol=0.01, rtol=0)
    wanted, found = (torch.autograd.grad(one, projected)[0] for one in (exact, close))
    assert (found - wanted).norm() < 0.02 * wanted.norm()
