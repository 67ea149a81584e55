"""Builds an ONNX graph node by node: the few operations that the export needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

_OPSET = 17
_IR_VERSION = 8  # what onnxruntime 1.20 and older ones read
# The largest weight as an integer. x86 without VNNI adds two products of an unsigned and a signed
# byte in 16 bits and saturates: 2 · 255 · 63 just fits.
_LARGEST = 63

Floats = NDArray[np.float32]


class Graph:
    """Nodes and constants in the order they were added. A result is the name it goes by."""

    def __init__(self) -> None:
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

    def linear(self, x: str, weight: Floats) -> str:
        """x weightᵀ in float32; weight (out, in) is stored in fp16 and widened when loaded."""
        stored = self.constant(weight.T.astype(np.float16))
        return self.add("MatMul", x, self.add("Cast", stored, to=TensorProto.FLOAT))

    def integer_linear(self, x: str, weight: Floats) -> str:
        """x weightᵀ in bytes, with a scale for each row of x (B, in) and weight (out, in)."""
        largest = self.add("ReduceMax", self.add("Abs", x), axes=[-1], keepdims=1)
        row_scale = self.add("Max", largest, self.constant(np.float32(1e-9)))
        unit, center = self.constant(np.float32(1 / 127)), self.constant(np.uint8(128))
        rows = self.add("QuantizeLinear", self.add("Div", x, row_scale), unit, center)
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / np.float32(_LARGEST)
        matrix = np.rint(weight / scale[:, None]).astype(np.int8).T
        # Plain nodes are faster than com.microsoft's MatMulIntegerToFloat, which scales one by one.
        sums = self.add("MatMulInteger", rows, self.constant(matrix), center)
        scaled = self.add(
            "Mul",
            self.add("Cast", sums, to=TensorProto.FLOAT),
            self.constant(scale / np.float32(127)),
        )
        return self.add("Mul", scaled, row_scale)

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
