"""The torch model as the files the app runs: fp16 weights, and the graphs of one step and of the scores.

The two matrices that cost the time, of h in each layer and of the output, are 8-bit integers with a scale a
channel; the small rest is float32. The arithmetic is the same on every processor and for every batch:

- x86 without VNNI saturates when it adds two products of an unsigned and a signed byte. So the layers' weights
  are unsigned, around 128, and the output's, where a third of the time matters more than a bit, signed 7 bits;
- each row of a batch is quantized by itself (h by the constant 1/127: it lies in (-1, 1)), so a hypothesis gets
  the same numbers whatever it is stepped together with.

Integers put an output's log-probability off by about 0.01, enough to swap neighbours. The best pieces are
therefore computed again in float32, which costs little and leaves them in the order the torch model gives.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from safetensors.numpy import save

from autocomplete.model.bundle import SCORE, STEP, WEIGHTS
from autocomplete.model.lstm import LSTMLanguageModel

_OPSET = 17
_IR_VERSION = 8  # what onnxruntime 1.20 and older ones read
_REFINED = 16  # pieces a row

Floats = NDArray[np.float32]


def export(model: LSTMLanguageModel) -> dict[str, bytes]:
    """The model's files of a bundle, by name. The same weights give the same bytes."""
    tensors = {
        name: value.detach().float().cpu().numpy() for name, value in model.state_dict().items()
    }
    return {
        WEIGHTS: save({name: value.astype(np.float16) for name, value in tensors.items()}),
        STEP: _step(tensors, model.config.layers).SerializeToString(deterministic=True),
        SCORE: _score(tensors).SerializeToString(deterministic=True),
    }


class _Graph:
    """Nodes and constants in the order they were added; every result has a name of its own."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._inputs: list[object] = []

    def input(self, name: str, *shape: str | int, kind: int = TensorProto.FLOAT) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, value: NDArray[np.generic]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 0, **attributes: object) -> list[str]:
        names = [f"{kind}{len(self._nodes)}.{i}" for i in range(outputs or 1)]
        self._nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names

    def one(self, kind: str, *inputs: str, **attributes: object) -> str:
        return self.add(kind, *inputs, **attributes)[0]

    def model(self, **outputs: tuple[str, list[str | int]]) -> ModelProto:
        """The finished graph; `outputs`: name → (result, shape)."""
        for name, (result, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [result], [name]))
        infos = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, (_, shape) in outputs.items()
        ]
        graph = helper.make_graph(self._nodes, "lstm", self._inputs, infos, self._constants)
        opsets = [helper.make_opsetid("", _OPSET)]
        return helper.make_model(
            graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="autocomplete"
        )

    def unit_to_bytes(self, x: str) -> str:
        """Numbers in [-1, 1] as bytes around 128, 1/127 apart."""
        return self.one(
            "QuantizeLinear",
            x,
            self.constant(np.array(1 / 127, np.float32)),
            self.constant(np.array(128, np.uint8)),
        )

    def product(self, x: str, weight: Floats, *, signed: bool) -> str:
        """Bytes of `unit_to_bytes` times weightᵀ (out, in), in float32."""
        largest = 63 if signed else 127
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / np.float32(largest)
        quantized = np.rint(weight / scale[:, None]).T
        if signed:
            matrix, zero = quantized.astype(np.int8), np.array(0, np.int8)
        else:
            matrix, zero = (quantized + 128).astype(np.uint8), np.array(128, np.uint8)
        center = self.constant(np.array(128, np.uint8))
        sums = self.one("MatMulInteger", x, self.constant(matrix), center, self.constant(zero))
        # A few plain nodes are faster than com.microsoft's MatMulIntegerToFloat, which scales unvectorized.
        floats = self.one("Cast", sums, to=TensorProto.FLOAT)
        return self.one("Mul", floats, self.constant(scale / np.float32(127)))

    def linear(self, x: str, weight: Floats, bias: Floats) -> str:
        """x weightᵀ + bias in float32; the weight (out, in) is stored in half the bytes."""
        stored = self.constant(weight.T.astype(np.float16))
        return self.one(
            "Gemm", x, self.one("Cast", stored, to=TensorProto.FLOAT), self.constant(bias)
        )


def _step(tensors: dict[str, Floats], layers: int) -> ModelProto:
    """x (B, embedding), h and c (layers, B, hidden) → projected (B, embedding) and the next h and c."""
    graph = _Graph()
    embedding = tensors["embedding.weight"].shape[1]
    hidden = tensors["projection.weight"].shape[1]
    x = graph.input("x", "B", embedding)
    state: list[str | int] = [layers, "B", hidden]
    h_before = _unstack(graph, graph.input("h", *state), layers)
    c_before = _unstack(graph, graph.input("c", *state), layers)
    h_after, c_after = [], []
    for layer in range(layers):
        weight_ih, weight_hh, bias_ih, bias_hh = (
            _ifog(tensors[f"lstm.{name}_l{layer}"])
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        shown = graph.unit_to_bytes(h_before[layer])
        if layer == 0:
            from_x = graph.linear(x, weight_ih, bias_ih + bias_hh)
            gates = graph.one("Add", from_x, graph.product(shown, weight_hh, signed=False))
        else:
            both = graph.one("Concat", graph.unit_to_bytes(h_after[-1]), shown, axis=1)
            product = graph.product(both, np.hstack([weight_ih, weight_hh]), signed=False)
            gates = graph.one("Add", product, graph.constant(bias_ih + bias_hh))
        h, c = _cell(graph, gates, c_before[layer], hidden)
        h_after.append(h)
        c_after.append(c)
    projected = graph.linear(h, tensors["projection.weight"], tensors["projection.bias"])
    return graph.model(
        projected=(projected, ["B", embedding]),
        next_h=(_stack(graph, h_after), state),
        next_c=(_stack(graph, c_after), state),
    )


def _cell(graph: _Graph, gates: str, c: str, hidden: int) -> tuple[str, str]:
    """Gates (B, 4 hidden) in the order i, f, o, g and the cell state → the next h and c, (B, hidden)."""
    sizes = graph.constant(np.array([3 * hidden, hidden]))
    open_gates, candidate = graph.add("Split", gates, sizes, outputs=2, axis=1)
    thirds = graph.constant(np.array([hidden] * 3))
    i, f, o = graph.add("Split", graph.one("Sigmoid", open_gates), thirds, outputs=3, axis=1)
    kept = graph.one("Mul", f, c)
    entered = graph.one("Mul", i, graph.one("Tanh", candidate))
    c = graph.one("Add", kept, entered)
    return graph.one("Mul", o, graph.one("Tanh", c)), c


def _score(tensors: dict[str, Floats]) -> ModelProto:
    """projected (B, embedding), embedding (vocabulary, embedding) fp16 → log-probabilities (B, vocabulary).

    The embedding is given at each call: the app has it in memory anyway.
    """
    graph = _Graph()
    vocabulary, width = tensors["embedding.weight"].shape
    projected = graph.input("projected", "B", width)
    embedding = graph.input("embedding", vocabulary, width, kind=TensorProto.FLOAT16)
    bias = graph.constant(tensors["bias"])
    largest = graph.one("ReduceMax", graph.one("Abs", projected), axes=[-1], keepdims=1)
    scale = graph.one("Max", largest, graph.constant(np.array(1e-9, np.float32)))
    rows = graph.unit_to_bytes(graph.one("Div", projected, scale))
    product = graph.product(rows, tensors["embedding.weight"], signed=True)
    logits = graph.one("Add", graph.one("Mul", product, scale), bias)
    logits = _refine(graph, logits, projected, embedding, bias, min(_REFINED, vocabulary))
    return graph.model(
        log_probabilities=(graph.one("LogSoftmax", logits, axis=-1), ["B", vocabulary])
    )


def _refine(
    graph: _Graph, logits: str, projected: str, embedding: str, bias: str, count: int
) -> str:
    """The same logits (B, vocabulary) with the `count` largest of each row computed again in float32."""
    last = graph.constant(np.array([2]))
    _, best = graph.add(
        "TopK", logits, graph.constant(np.array([count])), outputs=2, axis=-1, sorted=0
    )
    vectors = graph.one("Cast", graph.one("Gather", embedding, best), to=TensorProto.FLOAT)
    products = graph.one("MatMul", vectors, graph.one("Unsqueeze", projected, last))
    exact = graph.one("Add", graph.one("Squeeze", products, last), graph.one("Gather", bias, best))
    return graph.one("ScatterElements", logits, best, exact, axis=1)


def _ifog(rows: Floats) -> Floats:
    """torch's gate order i, f, g, o with the three sigmoids side by side."""
    i, f, g, o = np.split(rows, 4)
    return np.concatenate([i, f, o, g])


def _unstack(graph: _Graph, states: str, layers: int) -> list[str]:
    axis = graph.constant(np.array([0]))
    parts = [states] if layers == 1 else graph.add("Split", states, outputs=layers, axis=0)
    return [graph.one("Squeeze", part, axis) for part in parts]


def _stack(graph: _Graph, parts: list[str]) -> str:
    axis = graph.constant(np.array([0]))
    return graph.one("Concat", *[graph.one("Unsqueeze", part, axis) for part in parts], axis=0)
