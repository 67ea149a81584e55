"""The exported files are valid, small, and depend on nothing but the weights."""

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import load

from autocomplete.model.export import export as export_pieces
from tests.model.conftest import CONTINUING, STARTING


def export(model):
    return export_pieces(model, STARTING, CONTINUING)


LAYERS = pytest.mark.parametrize("layers", [1, 2])


@LAYERS
def test_the_same_weights_give_the_same_bytes(make_model, layers):
    assert export(make_model(layers)) == export(make_model(layers))


@LAYERS
def test_the_weights_are_those_of_torch_in_half_the_bytes(make_model, layers):
    model = make_model(layers)
    weights = load(export(model)["weights.safetensors"])
    assert weights.pop("starting").tolist() == STARTING.tolist()
    assert weights.pop("continuing").tolist() == CONTINUING.tolist()
    assert set(weights) == set(model.state_dict())
    assert {tensor.dtype for tensor in weights.values()} == {torch.float16}
    model.load_state_dict(weights)


@LAYERS
def test_exporting_leaves_the_model_alone(make_model, layers):
    model = make_model(layers)
    export(model)
    for name, tensor in make_model(layers).state_dict().items():
        assert torch.equal(tensor, model.state_dict()[name])


@LAYERS
@pytest.mark.parametrize("name", ["gates.onnx", "step.onnx", "begin.onnx", "continue.onnx"])
def test_the_graphs_are_valid_for_old_runtimes(make_model, layers, name):
    graph = onnx.load_from_string(export(make_model(layers))[name])
    onnx.checker.check_model(graph, full_check=True)
    assert graph.ir_version <= 8
    assert [(opset.domain, opset.version) for opset in graph.opset_import] == [("", 17)]


def test_output_weights_have_seven_bits_so_that_no_processor_saturates(make_model):
    graph = onnx.load_from_string(export(make_model(1))["begin.onnx"]).graph
    constants = [onnx.numpy_helper.to_array(constant) for constant in graph.initializer]
    (matrix,) = [constant for constant in constants if constant.dtype == np.int8]
    assert matrix.shape == (16, 180)
    assert np.abs(matrix.astype(int)).max(axis=0).tolist() == [63] * 180
