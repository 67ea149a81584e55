"""The exported files are valid, small, and depend on nothing but the weights."""

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import load

from autocomplete.model.export import export as export_pieces
from tests.model.conftest import CONTINUING, SHAPES, STARTING


def export(model):
    return export_pieces(model, STARTING, CONTINUING)


@SHAPES
def test_the_same_weights_give_the_same_bytes(make_model, layers, projected):
    assert export(make_model(layers, projected)) == export(make_model(layers, projected))


@SHAPES
def test_the_weights_are_those_of_torch_in_half_the_bytes(make_model, layers, projected):
    model = make_model(layers, projected)
    weights = load(export(model)["weights.safetensors"])
    assert weights.pop("starting").tolist() == STARTING.tolist()
    assert weights.pop("continuing").tolist() == CONTINUING.tolist()
    assert set(weights) == set(model.state_dict())
    assert {tensor.dtype for tensor in weights.values()} == {torch.float16}
    model.load_state_dict(weights)


@SHAPES
def test_exporting_leaves_the_model_alone(make_model, layers, projected):
    model = make_model(layers, projected)
    export(model)
    for name, tensor in make_model(layers, projected).state_dict().items():
        assert torch.equal(tensor, model.state_dict()[name])


@SHAPES
@pytest.mark.parametrize("name", ["gates.onnx", "step.onnx", "begin.onnx", "continue.onnx"])
def test_the_graphs_are_valid_for_old_runtimes(make_model, tmp_path, layers, projected, name):
    for file, content in export(make_model(layers, projected)).items():
        (tmp_path / file).write_bytes(content)
    onnx.checker.check_model(tmp_path / name, full_check=True)
    graph = onnx.load(tmp_path / name, load_external_data=False)
    assert graph.ir_version <= 8
    assert [(opset.domain, opset.version) for opset in graph.opset_import] == [("", 17)]


def test_output_weights_have_seven_bits_so_that_no_processor_saturates(make_model):
    graph = onnx.load_from_string(export(make_model(1))["begin.onnx"]).graph
    own = [constant for constant in graph.initializer if not constant.external_data]
    constants = [onnx.numpy_helper.to_array(constant) for constant in own]
    (matrix,) = [constant for constant in constants if constant.dtype == np.int8]
    assert matrix.shape == (16, 180)
    assert np.abs(matrix.astype(int)).max(axis=0).tolist() == [63] * 180


@SHAPES
def test_the_graphs_take_their_matrices_from_the_weights(make_model, tmp_path, layers, projected):
    files = export(make_model(layers, projected))
    weights = load(files["weights.safetensors"])
    taken = {}
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    for name in ("gates.onnx", "step.onnx", "begin.onnx", "continue.onnx"):
        graph = onnx.load(tmp_path / name).graph
        taken |= {part.name: onnx.numpy_helper.to_array(part) for part in graph.initializer if part.name in weights}
    assert {f"lstm.weight_{kind}_l{layer}" for kind in ("ih", "hh") for layer in range(layers)} < taken.keys()
    assert all((taken[name] == weights[name].numpy()).all() for name in taken)
