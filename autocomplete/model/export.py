"""The torch model as the files the app runs: fp16 weights, and the int8 graphs of one step and of the scores.

Integers on every matrix that is read whole at each step, per-channel scales, 8 bits. Two choices keep the
arithmetic the same on every processor and for every batch:

- weights are unsigned around 128, because x86 without VNNI saturates when it adds two unsigned × signed products;
- each row of a batch is quantized by itself (h by the constant 1/127: it lies in (-1, 1)), so a hypothesis gets
  the same numbers whatever it is stepped together with.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from safetensors.numpy import save

from autocomplete.model.bundle import SCORE, STEP, WEIGHTS
from autocomplete.model.lstm import LSTMLanguageModel

_OPSET = 17
_IR_VERSION = 8  # what onnxruntime 1.20 and older ones read
_MICROSOFT = "com.microsoft"

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

    def input(self, name: str, *shape: str | int) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def constant(self, value: NDArray[np.generic]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def scalar(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def add(
        self, kind: str, *inputs: str, outputs: int = 0, domain: str = "", **attributes: object
    ) -> list[str]:
        names = [f"{kind}{len(self._nodes)}.{i}" for i in range(outputs or 1)]
        self._nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        return self.add(kind, *inputs, domain=domain, **attributes)[0]

    def model(self, **outputs: tuple[str, list[str | int]]) -> ModelProto:
        """The finished graph; `outputs`: name → (result, shape)."""
        for name, (result, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [result], [name]))
        infos = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, (_, shape) in outputs.items()
        ]
        graph = helper.make_graph(self._nodes, "lstm", self._inputs, infos, self._constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(
            graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="autocomplete"
        )

    def unit_to_bytes(self, x: str) -> str:
        """Numbers in [-1, 1] as bytes around 128, 1/127 apart."""
        return self.one(
            "QuantizeLinear", x, self.scalar(1 / 127), self.constant(np.array(128, np.uint8))
        )

    def row_to_bytes(self, x: str) -> tuple[str, str]:
        """Each row as bytes of its own scale; also the scales, (rows, 1): a byte's unit is scale/127."""
        largest = self.one("ReduceMax", self.one("Abs", x), axes=[-1], keepdims=1)
        scale = self.one("Max", largest, self.scalar(1e-9))
        return self.unit_to_bytes(self.one("Div", x, scale)), scale

    def product(self, x: str, weight: Floats, bias: Floats | None = None) -> str:
        """Bytes of `unit_to_bytes` times weightᵀ (out, in), plus bias, in float32."""
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / np.float32(127)
        quantized = (np.rint(weight / scale[:, None]) + 128).astype(np.uint8)
        center = self.constant(np.array(128, np.uint8))
        inputs = [
            x,
            self.constant(quantized.T),
            self.scalar(1 / 127),
            self.constant(scale),
            center,
            center,
        ]
        if bias is not None:
            inputs.append(self.constant(bias))
        return self.one("MatMulIntegerToFloat", *inputs, domain=_MICROSOFT)


def _step(tensors: dict[str, Floats], layers: int) -> ModelProto:
    """x (B, embedding), h and c (layers, B, hidden) → projected (B, embedding) and the next h and c."""
    graph = _Graph()
    embedding = tensors["embedding.weight"].shape[1]
    hidden = tensors["projection.weight"].shape[1]
    x = graph.input("x", "B", embedding)
    state: list[str | int] = [layers, "B", hidden]
    h_before = _unstack(graph, graph.input("h", *state), layers)
    c_before = _unstack(graph, graph.input("c", *state), layers)
    below, scale = graph.row_to_bytes(x)
    h_after, c_after = [], []
    for layer in range(layers):
        weight_ih, weight_hh = (
            _ifog(tensors[f"lstm.weight_{kind}_l{layer}"]) for kind in ("ih", "hh")
        )
        bias = _ifog(tensors[f"lstm.bias_ih_l{layer}"] + tensors[f"lstm.bias_hh_l{layer}"])
        shown = graph.unit_to_bytes(h_before[layer])
        if layer:
            both = graph.one("Concat", below, shown, axis=1)
            gates = graph.product(both, np.hstack([weight_ih, weight_hh]), bias)
        else:
            from_x = graph.one("Mul", graph.product(below, weight_ih), scale)
            gates = graph.one("Add", from_x, graph.product(shown, weight_hh, bias))
        h, c = _cell(graph, gates, c_before[layer], hidden)
        below = graph.unit_to_bytes(h)
        h_after.append(h)
        c_after.append(c)
    weight = graph.constant(tensors["projection.weight"].T)
    projected = graph.one(
        "Add", graph.one("MatMul", h, weight), graph.constant(tensors["projection.bias"])
    )
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
    """projected (B, embedding) → log-probabilities of the next piece (B, vocabulary)."""
    graph = _Graph()
    vocabulary, embedding = tensors["embedding.weight"].shape
    rows, scale = graph.row_to_bytes(graph.input("projected", "B", embedding))
    products = graph.one("Mul", graph.product(rows, tensors["embedding.weight"]), scale)
    logits = graph.one("Add", products, graph.constant(tensors["bias"]))
    return graph.model(
        log_probabilities=(graph.one("LogSoftmax", logits, axis=-1), ["B", vocabulary])
    )


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
