"""A graph made to do harm is refused when a model is loaded: nothing endless, no other file, no other shapes."""

from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import autocomplete
from tests.model.crafted import refusal, replace

GRAPHS = ("gates.onnx", "step.onnx", "begin.onnx", "continue.onnx")


def graph(
    *nodes: onnx.NodeProto, inputs: dict[str, list[Any]], outputs: dict[str, list[Any]], constants: Any = ()
) -> bytes:
    infos = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in some.items()]
        for some in (inputs, outputs)
    ]
    whole = helper.make_graph(list(nodes), "lstm", *infos, list(constants))
    opsets = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(whole, opset_imports=opsets, ir_version=8).SerializeToString())


def gates(*nodes: onnx.NodeProto, constants: Any = ()) -> bytes:
    """A graph with the inputs and outputs that gates.onnx has in the tiny model."""
    return graph(*nodes, inputs={"x": ["B", 32]}, outputs={"gates": ["B", 160]}, constants=constants)


FIVE_TIMES = helper.make_node("Concat", ["x"] * 5, ["gates"], axis=1)


def test_another_graph_of_the_same_shape_is_loaded(model):
    replace(model, "gates.onnx", gates(FIVE_TIMES))
    assert autocomplete.load(model).languages == ("en",)


def test_a_graph_that_tells_other_shapes_than_it_gives_is_refused(model):
    replace(model, "gates.onnx", gates(helper.make_node("Concat", ["x"] * 3, ["gates"], axis=1)))
    assert "gates.onnx" in refusal(model)


def test_a_graph_of_other_inputs_is_refused(model):
    content = graph(FIVE_TIMES, inputs={"x": ["B", 31]}, outputs={"gates": ["B", 155]})
    replace(model, "gates.onnx", content)
    assert "gates.onnx does not fit the sizes" in refusal(model)


def test_a_graph_whose_outputs_stand_in_another_order_is_refused(model):
    step = onnx.load_from_string((model / "step.onnx").read_bytes())
    first = step.graph.output[0]
    del step.graph.output[0]
    step.graph.output.append(first)
    replace(model, "step.onnx", step.SerializeToString())
    assert "step.onnx" in refusal(model)


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_graph_that_gives_no_numbers_is_refused(model, name, value):
    content = onnx.load_from_string((model / name).read_bytes())
    for constant in content.graph.initializer:
        if constant.data_type == TensorProto.FLOAT and list(constant.dims):
            numbers = np.full_like(numpy_helper.to_array(constant), value)
            constant.CopyFrom(numpy_helper.from_array(numbers, constant.name))
    replace(model, name, content.SerializeToString())
    assert name in refusal(model)


def endless() -> onnx.NodeProto:
    true = helper.make_node("Identity", ["on"], ["still"])
    kind = helper.make_tensor_value_info
    body = helper.make_graph(
        [true, helper.make_node("Identity", ["before"], ["after"])],
        "body",
        [kind("n", TensorProto.INT64, []), kind("on", TensorProto.BOOL, []), kind("before", TensorProto.FLOAT, None)],
        [kind("still", TensorProto.BOOL, []), kind("after", TensorProto.FLOAT, None)],
    )
    return helper.make_node("Loop", ["times", "go", "gates0"], ["gates"], body=body)


def elsewhere(location: str) -> TensorProto:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[160], data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value=location)
    return tensor


ADDED = helper.make_node("Add", ["gates0", "w"], ["gates"])
REPEATED = helper.make_node("Concat", ["x"] * 5, ["gates0"], axis=1)
NUMBERS = [numpy_helper.from_array(np.array(2**62), "times"), numpy_helper.from_array(np.array(True), "go")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (gates(REPEATED, endless(), constants=NUMBERS), "Loop"),
        (
            gates(
                helper.make_node("ConstantOfShape", ["size"], ["big"]),
                helper.make_node("ReduceMax", ["big"], ["one"], keepdims=0),
                REPEATED,
                helper.make_node("Add", ["gates0", "one"], ["gates"]),
                constants=[numpy_helper.from_array(np.array([1 << 38]), "size")],
            ),
            "ConstantOfShape",
        ),
        (gates(helper.make_node("Concat", ["x"] * 5, ["gates"], axis=1, domain="com.microsoft")), "not of ONNX"),
        *(
            (gates(REPEATED, ADDED, constants=[elsewhere(place)]), "takes what the weights do not hold")
            for place in ("weights.safetensors", "../../secret", "/dev/zero")
        ),
    ],
    ids=["loop", "size", "domain", "beside", "above", "device"],
)
def test_a_graph_that_could_go_on_for_ever_or_reads_other_files_is_refused(model, content, why):
    replace(model, "gates.onnx", content)
    sentence = refusal(model)
    assert "gates.onnx" in sentence
    assert why in sentence


def test_a_graph_that_takes_a_matrix_of_the_weights_in_another_shape_is_refused(model):
    matrix = TensorProto(name="lstm.weight_ih_l0", data_type=TensorProto.FLOAT16, dims=[1 << 40, 7])
    matrix.data_location = TensorProto.EXTERNAL
    matrix.external_data.add(key="location", value="/dev/zero")
    cast = helper.make_node("Cast", ["lstm.weight_ih_l0"], ["matrix"], to=TensorProto.FLOAT)
    product = helper.make_node("MatMul", ["x", "matrix"], ["gates"])
    replace(model, "gates.onnx", gates(cast, product, constants=[matrix]))
    assert "gates.onnx" in refusal(model)


def test_a_constant_that_is_larger_than_its_content_is_refused(model):
    huge = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1 << 40], raw_data=b"\0\0\0\0")
    replace(model, "gates.onnx", gates(REPEATED, ADDED, constants=[huge]))
    assert "gates.onnx" in refusal(model)
