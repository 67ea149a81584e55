"""One LSTM layer as a single autograd function: what makes training on a processor several times faster.

The input's share of all gates is one large product; each step adds one product and a few element-wise
operations; the gates are kept, so that the backward pass repeats nothing. Arithmetic is in the dtype of the
arguments (bfloat16 or float32), the cell state always in float32. Same function as `torch.nn.LSTM`
(Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000), same parameter layout: the rows of a
weight are the input gate, forget gate, candidate and output gate. A recurrent projection (Sak et al. 2014) is the
`proj_size` of `torch.nn.LSTM`.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable


def _tanh(x: Tensor) -> Tensor:
    # tanh(x) = 2 σ(2x) - 1: torch's vectorized sigmoid is several times faster than its tanh on a processor.
    return torch.sigmoid(2 * x).mul_(2).sub_(1)


class FusedLSTM(torch.autograd.Function):
    """(x, h, c, weight_ih, weight_hh, bias, projection) → (hidden states, last h, last c).

    x (T, B, E); h (B, R); c (B, H) float32; weight_ih (4H, E); weight_hh (4H, R); bias (4H), the sum of both biases of
    `torch.nn.LSTM`; projection (R, H), or None where R is H and there is none. The hidden states are (T, B, R).
    """

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        h: Tensor,
        c: Tensor,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias: Tensor,
        projection: Tensor | None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        steps, batch, _ = x.shape
        hidden = c.shape[1]
        gates = torch.addmm(bias, x.reshape(steps * batch, -1), weight_ih.t()).view(steps, batch, 4 * hidden)
        recurrent = weight_hh.t().contiguous()
        project = None if projection is None else projection.t().contiguous()
        hs = x.new_empty(steps + 1, batch, h.shape[1])
        cs = c.new_empty(steps + 1, batch, hidden)
        squashed = x.new_empty(steps, batch, hidden)
        # What the output gates let through; without a projection that is h itself.
        shown = hs[1:] if project is None else x.new_empty(steps, batch, hidden)
        hs[0], cs[0] = h, c
        for t in range(steps):
            gate = gates[t].addmm_(hs[t], recurrent)
            candidate = gate[:, 2 * hidden : 3 * hidden]
            candidate.mul_(2)  # so that one sigmoid serves all four: tanh(x) = 2 σ(2x) - 1
            gate.sigmoid_()
            candidate.mul_(2).sub_(1)
            i, f, g, o = gate.chunk(4, dim=1)
            cs[t + 1] = f * cs[t] + i * g
            squashed[t] = _tanh(cs[t + 1])
            torch.mul(o, squashed[t], out=shown[t])
            if project is not None:
                torch.mm(shown[t], project, out=hs[t + 1])
        ctx.save_for_backward(x, hs, cs, gates, squashed, shown, weight_ih, weight_hh, projection)
        return hs[1:], hs[steps].clone(), cs[steps].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        grad_hs, grad_h, grad_c = grads
        x, hs, cs, gates, squashed, shown, weight_ih, weight_hh, projection = ctx.saved_tensors
        steps, batch, _ = x.shape
        hidden = cs.shape[2]
        grad_gates = torch.empty_like(gates)
        grad_all_hs = None if projection is None else torch.empty_like(hs[1:])
        dh, dc = grad_h, grad_c
        for t in range(steps - 1, -1, -1):
            dh = dh + grad_hs[t]
            if grad_all_hs is not None:
                grad_all_hs[t] = dh
                dh = dh @ projection
            i, f, g, o = gates[t].chunk(4, dim=1)
            tanh_c = squashed[t]
            dc = dc + dh * o * (1 - tanh_c * tanh_c)
            low = dc.to(x.dtype)
            gate = grad_gates[t]
            torch.mul(low * g, i * (1 - i), out=gate[:, :hidden])
            torch.mul(low * cs[t].to(x.dtype), f * (1 - f), out=gate[:, hidden : 2 * hidden])
            torch.mul(low * i, 1 - g * g, out=gate[:, 2 * hidden : 3 * hidden])
            torch.mul(dh * tanh_c, o * (1 - o), out=gate[:, 3 * hidden :])
            dc = dc * f
            dh = gate @ weight_hh
        flat = grad_gates.view(steps * batch, 4 * hidden)
        return (
            (flat @ weight_ih).view_as(x),
            dh,
            dc,
            flat.t() @ x.reshape(steps * batch, -1),
            flat.t() @ hs[:steps].reshape(steps * batch, -1),
            flat.sum(0),
            None if grad_all_hs is None else grad_all_hs.flatten(0, 1).t() @ shown.flatten(0, 1),
        )


def fused_lstm(
    x: Tensor,
    h: Tensor,
    c: Tensor,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias: Tensor,
    projection: Tensor | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """`FusedLSTM` as a function with types."""
    result: tuple[Tensor, Tensor, Tensor] = FusedLSTM.apply(  # type: ignore[no-untyped-call]
        x, h, c, weight_ih, weight_hh, bias, projection
    )
    return result
