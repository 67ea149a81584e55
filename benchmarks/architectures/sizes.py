"""The four networks, of the same size: the LSTM's sets the number of parameters, the others' widths follow from it."""

from typing import Literal

from benchmarks.architectures.network import ENDS, Network
from benchmarks.architectures.recurrent import Recurrent
from benchmarks.architectures.transformer import Transformer

Kind = Literal["rnn", "gru", "lstm", "transformer"]
KINDS: tuple[Kind, ...] = ("rnn", "gru", "lstm", "transformer")

WIDTH = 128
HIDDEN = 384  # of the LSTM
TOLERANCE = 0.02
_LAYERS, _HEADS = 2, 4  # of the transformer; its width is half the LSTM's
CONTEXT = 256


def build(kind: Kind, vocabulary: int, hidden: int = HIDDEN) -> Network:
    """A fresh network with as many parameters as an LSTM of `hidden` units, to within `TOLERANCE`."""
    target = _between(4, hidden)
    if kind == "transformer":
        network: Network = _transformer(vocabulary, hidden // 2, target)
    else:
        gates = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
        units = min(range(8, 8 * hidden), key=lambda units: abs(_between(gates, units) - target))
        network = Recurrent(kind, vocabulary, WIDTH, units)
    wanted = vocabulary * (WIDTH + ENDS + 2) + ENDS * (WIDTH + 1) + target
    off = abs(network.parameters_in_all - wanted) / wanted
    assert off <= TOLERANCE, f"{kind} has {network.parameters_in_all} parameters instead of {wanted}"
    return network


def _between(gates: int, units: int) -> int:
    """Parameters of a recurrent layer and its projection."""
    return gates * units * (WIDTH + units + 2) + (units + 1) * WIDTH


def _transformer(vocabulary: int, inner: int, target: int) -> Transformer:
    """Of fixed depth; the feed-forward layers take what is left of the parameters."""
    fixed = (WIDTH + 1) * inner + (inner + 1) * WIDTH + 2 * inner
    attention = 4 * inner * (inner + 1) + 4 * inner
    each = (target - fixed) // _LAYERS - attention - inner
    return Transformer(vocabulary, WIDTH, inner, each // (2 * inner + 1), _LAYERS, _HEADS, CONTEXT)
