"""The fused layer is torch's LSTM: same states, same gradients."""

import pytest
import torch
from torch import Tensor, nn

from autocomplete.model.fused import fused_lstm

# torch says so of the layer that ours is held against.
pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")


@pytest.fixture(params=[0, 10], ids=["plain", "projected"])
def layer(request: pytest.FixtureRequest) -> nn.LSTM:
    torch.manual_seed(5)
    return nn.LSTM(16, 24, proj_size=request.param)


@pytest.fixture
def inputs(layer: nn.LSTM) -> tuple[Tensor, Tensor, Tensor]:
    """x (T, B, E), h (B, R), c (B, H)."""
    torch.manual_seed(6)
    x, h, c = torch.randn(9, 4, 16), torch.randn(4, layer.proj_size or 24).tanh(), torch.randn(4, 24)
    return x.requires_grad_(), h.requires_grad_(), c.requires_grad_()


def _fused(layer: nn.LSTM, x: Tensor, h: Tensor, c: Tensor, dtype: torch.dtype) -> tuple[Tensor, ...]:
    weight_ih, weight_hh, bias_ih, bias_hh, *projection = layer.all_weights[0]
    return fused_lstm(
        x.to(dtype),
        h.to(dtype),
        c,
        weight_ih.to(dtype),
        weight_hh.to(dtype),
        (bias_ih + bias_hh).to(dtype),
        *(part.to(dtype) for part in projection),
    )


def _gradients(layer: nn.LSTM, inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]) -> list[Tensor]:
    torch.manual_seed(8)
    total = sum((output.float() * torch.randn(output.shape)).sum() for output in outputs)
    return list(torch.autograd.grad(total, [*inputs, *layer.parameters()]))


def test_the_states_are_those_of_torch(layer, inputs):
    x, h, c = inputs
    wanted, (last_h, last_c) = layer(x, (h[None], c[None]))
    found = _fused(layer, x, h, c, torch.float32)
    for one, other in zip(found, (wanted, last_h[0], last_c[0]), strict=True):
        torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-5)


def test_the_gradients_are_those_of_torch(layer, inputs):
    x, h, c = inputs
    hs, (last_h, last_c) = layer(x, (h[None], c[None]))
    wanted = _gradients(layer, inputs, (hs, last_h[0], last_c[0]))
    found = _gradients(layer, inputs, _fused(layer, x, h, c, torch.float32))
    for one, other in zip(found, wanted, strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-4)


def test_bfloat16_stays_close_forward_and_backward(layer, inputs):
    exact = _fused(layer, *inputs, torch.float32)
    close = _fused(layer, *inputs, torch.bfloat16)
    assert close[0].dtype == torch.bfloat16
    assert close[2].dtype == torch.float32
    for one, other in zip(close, exact, strict=True):
        assert (one.float() - other).norm() < 0.02 * other.norm()
    wanted = _gradients(layer, inputs, exact)
    for one, other in zip(_gradients(layer, inputs, close), wanted, strict=True):
        assert (one - other).norm() < 0.05 * other.norm()


def test_a_sequence_in_two_halves_is_the_sequence(layer, inputs):
    x, h, c = inputs
    with torch.no_grad():
        whole, last_h, last_c = _fused(layer, x, h, c, torch.float32)
        first, h, c = _fused(layer, x[:4], h, c, torch.float32)
        second, h, c = _fused(layer, x[4:], h, c, torch.float32)
    torch.testing.assert_close(torch.cat([first, second]), whole, atol=1e-5, rtol=0)
    torch.testing.assert_close(h, last_h, atol=1e-5, rtol=0)
    torch.testing.assert_close(c, last_c, atol=1e-5, rtol=0)
