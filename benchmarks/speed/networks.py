"""One step of the same LSTM in the ways that torch and ONNX Runtime offer, on random weights of any size.

A step takes a piece's vector and the states (layers, B, hidden) of B texts and gives the projected states
(B, width) and the new states. Only the shipped graph gets the vector's share in the gates instead of the vector,
since the app remembers it; so its step reads fewer weights.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from autocomplete.model.bundle import BEGIN, STEP, WEIGHTS
from autocomplete.model.config import LSTMConfig
from autocomplete.model.export import export
from autocomplete.model.graph import Graph
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.model.onnx_runtime import ort

Floats = NDArray[np.float32]
Step = Callable[[], object]

_KINDS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


@dataclass(frozen=True)
class Weights:
    """Of each layer W (4 hidden, in), U (4 hidden, hidden), b (4 hidden,), gates in torch's order; the projection."""

    layers: list[tuple[Floats, Floats, Floats]]
    projection: Floats

    @classmethod
    def random(cls, layers: int, hidden: int, width: int) -> "Weights":
        """Small random weights; `width`: of a piece's vector and of the projected state."""
        draw = np.random.default_rng(1)

        def matrix(*shape: int) -> Floats:
            return draw.normal(0, hidden**-0.5, shape).astype(np.float32)

        sizes = [width, *[hidden] * (layers - 1)]
        return cls(
            [(matrix(4 * hidden, size), matrix(4 * hidden, hidden), matrix(4 * hidden)) for size in sizes],
            matrix(width, hidden),
        )

    @property
    def hidden(self) -> int:
        return self.projection.shape[1]

    @property
    def width(self) -> int:
        return self.projection.shape[0]

    @property
    def count(self) -> int:
        """Of the matrices: what a step must read."""
        return sum(w.size + u.size for w, u, _ in self.layers) + self.projection.size


@dataclass(frozen=True)
class Inputs:
    """What a step of B texts is given: x (B, width), h and c (layers, B, hidden)."""

    x: Floats
    h: Floats
    c: Floats

    @classmethod
    def random(cls, weights: Weights, batch: int) -> "Inputs":
        draw = np.random.default_rng(2)
        state = (len(weights.layers), batch, weights.hidden)
        return cls(*(draw.normal(0, 0.3, s).astype(np.float32) for s in ((batch, weights.width), state, state)))


class TorchLSTM:
    """torch's `nn.LSTM` and `nn.Linear` as they come."""

    def __init__(self, weights: Weights) -> None:
        self.bytes = 4 * weights.count
        self._lstm = nn.LSTM(weights.width, weights.hidden, len(weights.layers))
        self._projection = torch.from_numpy(weights.projection)
        with torch.no_grad():
            for layer, (w, u, b) in enumerate(weights.layers):
                for name, value in (("weight_ih", w), ("weight_hh", u), ("bias_ih", b), ("bias_hh", 0 * b)):
                    getattr(self._lstm, f"{name}_l{layer}").copy_(torch.from_numpy(value))

    def step(self, inputs: Inputs) -> Step:
        x, h, c = (torch.from_numpy(part) for part in (inputs.x[None], inputs.h, inputs.c))
        return partial(self._step, x, h, c)

    @torch.inference_mode()
    def _step(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        out, (h, c) = self._lstm(x, (h, c))
        return nn.functional.linear(out[0], self._projection), h, c


class TorchCell:
    """The same written by hand: two products and the gates for each layer."""

    def __init__(self, weights: Weights) -> None:
        self.bytes = 4 * weights.count
        self._layers = [tuple(torch.from_numpy(part) for part in layer) for layer in weights.layers]
        self._projection = torch.from_numpy(weights.projection)

    def step(self, inputs: Inputs) -> Step:
        return partial(self._step, *(torch.from_numpy(part) for part in (inputs.x, inputs.h, inputs.c)))

    @torch.inference_mode()
    def _step(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hs, cs = [], []
        for (w, u, b), h_before, c_before in zip(self._layers, h, c, strict=True):
            gates = torch.addmm(nn.functional.linear(x, w, b), h_before, u.t())
            i, f, g, o = gates.chunk(4, dim=1)
            cs.append(f.sigmoid() * c_before + i.sigmoid() * g.tanh())
            x = o.sigmoid() * cs[-1].tanh()
            hs.append(x)
        return nn.functional.linear(x, self._projection), torch.stack(hs), torch.stack(cs)


class OnnxGraph:
    """A graph on ONNX Runtime, one thread, opened as the app opens it.

    weights: the file beside it from which it takes matrices.
    """

    def __init__(self, graph: bytes, weights: bytes = b"") -> None:
        self.bytes = _weight_bytes(graph)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with TemporaryDirectory() as folder:
            path = Path(folder, "graph.onnx")
            path.write_bytes(graph)
            path.with_name(WEIGHTS).write_bytes(weights)
            self._session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def step(self, inputs: Inputs) -> Step:
        """With the inputs of their names where they fit, and random numbers for any other."""
        batch = len(inputs.x)
        draw = np.random.default_rng(3)
        feed = {}
        for value in self._session.get_inputs():
            shape = [batch if isinstance(size, str) else size for size in value.shape]
            given = getattr(inputs, value.name, None)
            fits = given is not None and list(given.shape) == shape
            feed[value.name] = given if fits else draw.normal(0, 0.3, shape).astype(_KINDS[value.type])
        return partial(self._session.run, None, feed)


def lstm_graph(weights: Weights) -> bytes:
    """ONNX's own LSTM operator in float32."""
    graph = Graph()
    x, h, c = _inputs(graph, weights)
    axis = graph.constant([0])
    x = graph.add("Unsqueeze", x, axis)
    hs, cs = [], []
    for layer, (w, u, b) in enumerate(weights.layers):
        w, u, b = (_in_onnx_order(part)[None] for part in (w, u, b))
        constants = [graph.constant(part) for part in (w, u, np.concatenate([b, 0 * b], axis=1))]
        before = [graph.add("Slice", part, *map(graph.constant, ([layer], [layer + 1], [0]))) for part in (h, c)]
        out, h_after, c_after = graph.split("LSTM", x, *constants, "", *before, outputs=3, hidden_size=weights.hidden)
        x = graph.add("Squeeze", out, graph.constant([1]))
        hs.append(h_after)
        cs.append(c_after)
    product = graph.add("MatMul", graph.add("Squeeze", x, axis), graph.constant(weights.projection.T))
    return _model(graph, weights, product, *(graph.add("Concat", *part, axis=0) for part in (hs, cs)))


def quantized_lstm_graph(weights: Weights) -> bytes:
    """The same in int8 by ONNX Runtime's dynamic quantization: `DynamicQuantizeLSTM`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: TID251 - loaded, and silenced, by now

    model = onnx.load_from_string(lstm_graph(weights))
    # It would ask for a clean-up of shapes, of which this graph has no need.
    onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    with TemporaryDirectory() as folder:
        target = Path(folder, "int8.onnx")
        quantize_dynamic(model, target, weight_type=QuantType.QInt8)
        return target.read_bytes()


def integer_graph(weights: Weights) -> bytes:
    """The cell by hand with integer products (`MatMulInteger`), a scale for each row of a matrix."""
    graph = Graph()
    x, h, c = _inputs(graph, weights)
    axis = graph.constant([0])
    hs, cs = [], []
    for layer, (w, u, b) in enumerate(weights.layers):
        h_before, c_before = (graph.add("Gather", part, graph.constant(layer), axis=0) for part in (h, c))
        sums = graph.add("Add", graph.integer_linear(x, w), graph.integer_linear(h_before, u))
        i, f, g, o = graph.split("Split", graph.add("Add", sums, graph.constant(b)), outputs=4, axis=1)
        kept = graph.add("Mul", graph.add("Sigmoid", f), c_before)
        entered = graph.add("Mul", graph.add("Sigmoid", i), graph.add("Tanh", g))
        c_after = graph.add("Add", kept, entered)
        x = graph.add("Mul", graph.add("Sigmoid", o), graph.add("Tanh", c_after))
        hs.append(graph.add("Unsqueeze", x, axis))
        cs.append(graph.add("Unsqueeze", c_after, axis))
    product = graph.integer_linear(x, weights.projection)
    return _model(graph, weights, product, *(graph.add("Concat", *part, axis=0) for part in (hs, cs)))


def shipped_graphs(config: LSTMConfig) -> tuple[OnnxGraph, OnnxGraph]:
    """The step of a random model and what may begin a word, as `autocomplete train` would export them.

    All pieces begin words here.
    """
    torch.manual_seed(1)
    pieces = np.arange(config.vocabulary)
    files = export(LSTMLanguageModel(config).eval(), pieces, pieces)
    return OnnxGraph(files[STEP], files[WEIGHTS]), OnnxGraph(files[BEGIN], files[WEIGHTS])


def _inputs(graph: Graph, weights: Weights) -> tuple[str, str, str]:
    state = (len(weights.layers), "B", weights.hidden)
    return graph.input("x", "B", weights.width), graph.input("h", *state), graph.input("c", *state)


def _model(graph: Graph, weights: Weights, projected: str, h: str, c: str) -> bytes:
    state: list[str | int] = [len(weights.layers), "B", weights.hidden]
    return graph.model(projected=(projected, ["B", weights.width]), next_h=(h, state), next_c=(c, state))


def _in_onnx_order(part: Floats) -> Floats:
    """Gates i, f, g, o as ONNX has them: i, o, f, g."""
    i, f, g, o = np.split(part, 4)
    return np.concatenate([i, o, f, g])


def _weight_bytes(graph: bytes) -> int:
    """Bytes of all matrices as they lie in memory.

    Those that a shipped graph takes from the weights' file are bytes inside the layers, and float32 behind them.
    """
    total = 0
    for tensor in onnx.load_from_string(graph).graph.initializer:
        if tensor.external_data:
            total += math.prod(tensor.dims) * (1 if tensor.name.startswith("lstm.") else 4)
        elif len(tensor.dims) >= 2:
            total += onnx.numpy_helper.to_array(tensor).nbytes
    return total
