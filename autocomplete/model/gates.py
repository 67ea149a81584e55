"""The gates of the LSTM, computed again from its weights: the graphs that the runtime runs do not show them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.bundle import Bundle
from autocomplete.model.runtime import States
from autocomplete.model.weights import read_weights

Floats = NDArray[np.float32]


class _Layer(NamedTuple):
    """weight_ih (4H, inputs), weight_hh (4H, R), bias (4H): rows for i, f, g, o, as torch has them; projection (R, H),
    None where R is H and there is none."""

    weight_ih: Floats
    weight_hh: Floats
    bias: Floats
    projection: Floats | None


@dataclass(frozen=True)
class Trace:
    """Every step of a reading; all arrays are (steps, layers, hidden), but h: (steps, layers, shown).

    forget, input, output: the gates, 0 to 1. written: i ⊙ g, what entered the cell, -1 to 1. h, c: the states behind
    each step.
    """

    forget: Floats
    input: Floats
    output: Floats
    written: Floats
    h: Floats
    c: Floats

    def left(self) -> Floats:
        """What the forget gates left, at the end, of what each step wrote. Summed over the steps, and with what
        they left of the first cell state, it is the last cell state."""
        still = np.ones_like(self.forget)
        still[:-1] = np.cumprod(self.forget[:0:-1], axis=0)[::-1]
        return self.written * still


class GateWeights:
    """The weights of embedding and layers, in float32."""

    def __init__(self, bundle: Bundle) -> None:
        """Read the bundle's weights. Raises `ModelError` when they are damaged."""
        tensors = read_weights(bundle)
        self._embedding: NDArray[np.float16] = tensors["embedding.weight"]
        self._layers = [_read_layer(tensors, layer) for layer in range(bundle.config.layers)]

    def trace(self, tokens: Sequence[int], states: States, check: Callable[[], None] = lambda: None) -> Trace:
        """Read the tokens of one text from the states of one on. `check` is called at each step and may
        raise."""
        h, c = states.h[:, 0].copy(), states.c[:, 0].copy()
        in_cells = np.empty((5, len(tokens), *c.shape), np.float32)
        shown = np.empty((len(tokens), *h.shape), np.float32)
        for step, token in enumerate(tokens):
            check()
            x = self._embedding[token].astype(np.float32)
            for number, layer in enumerate(self._layers):
                i, f, g, o = np.split(layer.weight_ih @ x + layer.weight_hh @ h[number] + layer.bias, 4)
                i, f, g, o = _sigmoid(i), _sigmoid(f), np.tanh(g), _sigmoid(o)
                written = i * g
                c[number] = f * c[number] + written
                x = o * np.tanh(c[number])
                if layer.projection is not None:
                    x = layer.projection @ x
                h[number] = shown[step, number] = x
                in_cells[:, step, number] = f, i, o, written, c[number]
        forget, enter, output, wrote, cells = in_cells
        return Trace(forget, enter, output, wrote, shown, cells)


def _read_layer(tensors: Mapping[str, NDArray[np.float16]], layer: int) -> _Layer:
    weight_ih, weight_hh, bias_ih, bias_hh = (
        tensors[f"lstm.{name}_l{layer}"].astype(np.float32) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    projection = tensors.get(f"lstm.weight_hr_l{layer}")
    return _Layer(
        weight_ih, weight_hh, bias_ih + bias_hh, None if projection is None else projection.astype(np.float32)
    )


def _sigmoid(x: Floats) -> Floats:
    # By way of tanh, which cannot overflow.
    result: Floats = np.float32(0.5) * (np.tanh(np.float32(0.5) * x) + np.float32(1))
    return result
