"""Builds an ONNX graph node by node: the few operations that the export needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from autocomplete.model.external import External

_OPSET = 17
_IR_VERSION = 8  # what onnxruntime 1.20 and older ones read
# The largest weight as an integer. x86 without VNNI adds two products of an unsigned and a signed
# byte in 16 bits and saturates: 2 · 255 · 63 just fits.
_LARGEST = 63

Floats = NDArray[np.float32]


class Graph:
    """Nodes and constants in the order they were added. A result is the name it goes by."""

    def __init__(self, external: External | None = None) -> None:
        """`external`: the file with the tensors that `stored` may name."""
        self._external = external
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._inputs: list[ValueInfoProto] = []

    def input(self, name: str, *shape: str | int, kind: int = TensorProto.FLOAT) -> str:
        """What is given at each run; a letter in the shape stands for any size."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, value: Any) -> str:
        """An array, or numbers that make one."""
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def split(self, kind: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        """A node with several results."""
        names = [f"{kind}{len(self._nodes)}.{i}" for i in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node with one result."""
        return self.split(kind, *inputs, outputs=1, **attributes)[0]

    def stored(self, name: str) -> str:
        """The tensor of that name in the external file, in float32; widened once, when the graph is opened."""
        assert self._external is not None
        self._constants.append(self._external.tensor(name))
        return self.add("Cast", name, to=TensorProto.FLOAT)

    def linear(self, x: str, weight: str) -> str:
        """x weightᵀ in float32; weight: a result (out, in)."""
        return self.add("MatMul", x, self.add("Transpose", weight, perm=[1, 0]))

    def integer_linear(self, x: str, weight: Floats | str) -> str:
        """x weightᵀ in bytes, with a scale for each row of x (B, in) and weight (out, in).

        weight: numbers, kept as bytes, or a result, which is rounded once, when the graph is opened.
        """
        largest = self.add("ReduceMax", self.add("Abs", x), axes=[-1], keepdims=1)
        row_scale = self.add("Max", largest, self.constant(np.float32(1e-9)))
        unit, center = self.constant(np.float32(1 / 127)), self.constant(np.uint8(128))
        rows = self.add("QuantizeLinear", self.add("Div", x, row_scale), unit, center)
        matrix, scale = self._rounded(weight)
        # Plain nodes are faster than com.microsoft's MatMulIntegerToFloat, which scales one by one.
        sums = self.add("MatMulInteger", rows, matrix, center)
        scaled = self.add("Mul", self.add("Cast", sums, to=TensorProto.FLOAT), scale)
        return self.add("Mul", scaled, row_scale)

    def _rounded(self, weight: Floats | str) -> tuple[str, str]:
        """The weight's transpose (in, out) in bytes, and what a unit of each column, times a unit of x, is worth."""
        if not isinstance(weight, str):
            scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / np.float32(_LARGEST)
            matrix = np.rint(weight / scale[:, None]).astype(np.int8).T
            return self.constant(matrix), self.constant(scale / np.float32(127))
        largest = self.add("ReduceMax", self.add("Abs", weight), axes=[1], keepdims=1)
        unit = self.constant(np.float32(_LARGEST))
        scale_of_row = self.add("Div", self.add("Max", largest, self.constant(np.float32(1e-9))), unit)
        scale_of_column = self.add("Squeeze", scale_of_row, self.constant([1]))
        # In one pass: Div, Round and Cast take several times as long, at each start.
        zeros = self.add("Cast", self.add("Sub", scale_of_column, scale_of_column), to=TensorProto.INT8)
        rounded = self.add("QuantizeLinear", weight, scale_of_column, zeros, axis=0)
        whole = self.add("Transpose", rounded, perm=[1, 0])
        return whole, self.add("Div", scale_of_column, self.constant(np.float32(127)))

    def model(self, **outputs: tuple[str, list[str | int]]) -> bytes:
        """The finished graph as a file; `outputs`: name → (result, shape)."""
        for name, (result, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [result], [name]))
        infos = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, (_, shape) in outputs.items()]
        model = helper.make_model(
            helper.make_graph(self._nodes, "lstm", self._inputs, infos, self._constants),
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR_VERSION,
            producer_name="autocomplete",
        )
        return bytes(model.SerializeToString(deterministic=True))
