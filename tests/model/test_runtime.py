"""The runtime gives what torch gives, for one text or many, and names a file it cannot use."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from autocomplete.errors import ModelError
from autocomplete.model.export import export
from autocomplete.model.runtime import Runtime, States
from tests.model.conftest import CONTINUING, STARTING

LAYERS = pytest.mark.parametrize("layers", [1, 2])


def _tokens(steps: int, batch: int) -> NDArray[np.int64]:
    return np.random.default_rng(3).integers(0, 300, (steps, batch))


@LAYERS
def test_the_runtime_agrees_with_torch(make_model, make_bundle, layers):
    model = make_model(layers)
    runtime = Runtime.load(make_bundle(model, {}))
    tokens = _tokens(101, 5)
    with torch.no_grad():
        wanted, last = model(torch.from_numpy(tokens), model.initial_state(5))
        wanted_logs = model.log_probabilities(wanted).numpy()
    states = States.stack([runtime.initial_state()] * 5)
    projected, logs = [], []
    for row in tokens:
        behind, states = runtime.step(row, states)
        projected.append(behind)
        logs.append(runtime.log_probabilities(behind))
    np.testing.assert_allclose(np.stack(projected), wanted.numpy(), atol=1e-4)
    np.testing.assert_allclose(states.h, last.h.numpy(), atol=1e-4)
    np.testing.assert_allclose(states.c, last.c.numpy(), atol=1e-4)
    np.testing.assert_allclose(np.stack(logs), wanted_logs, atol=1e-3)


@LAYERS
@pytest.mark.parametrize("pieces", [STARTING, CONTINUING], ids=["starting", "continuing"])
def test_integers_tell_what_follows_as_torch_does(make_model, make_bundle, layers, pieces):
    model = make_model(layers)
    runtime = Runtime.load(make_bundle(model, {}))
    follow = runtime.begin if pieces is STARTING else runtime.go_on
    tokens = torch.from_numpy(_tokens(100, 5))
    with torch.no_grad():
        projected = model(tokens, model.initial_state(5))[0].flatten(0, 1)
        likely = model.log_probabilities(projected)[:, pieces].softmax(-1)
        rows = projected.repeat_interleave(len(pieces), dim=0)
        ends = model.end_logits(rows, torch.from_numpy(pieces).repeat(len(projected))).sigmoid()
    wanted = (likely * ends.view_as(likely)).numpy()
    ending, going_on = follow(projected.numpy())
    np.testing.assert_allclose(ending.sum(axis=1) + going_on.sum(axis=1), 1, atol=1e-4)
    np.testing.assert_allclose(ending, wanted, atol=0.02)
    best = np.argsort(-wanted, axis=-1)[:, :3]
    same = (np.argsort(-ending, axis=-1)[:, :3] == best).all(axis=-1)
    assert same.mean() >= 0.98


@LAYERS
def test_hypotheses_in_a_batch_get_what_each_gets_alone(make_model, make_bundle, layers):
    runtime = Runtime.load(make_bundle(make_model(layers), {}))
    alone = [runtime.initial_state() for _ in range(8)]
    together = States.stack(alone)
    for row in _tokens(20, 8):
        projected, together = runtime.step(row, together)
        ending, _ = runtime.begin(projected)
        for n in range(8):
            single, alone[n] = runtime.step(row[n : n + 1], alone[n])
            np.testing.assert_allclose(single[0], projected[n], atol=1e-5)
            np.testing.assert_allclose(runtime.begin(single).ending[0], ending[n], atol=1e-4)


def test_reading_is_stepping_token_by_token(make_model, make_bundle):
    runtime = Runtime.load(make_bundle(make_model(2), {}))
    tokens = [int(token) for token in _tokens(30, 1)[:, 0]]
    projected, state = runtime.read(tokens, runtime.initial_state())
    stepped = runtime.initial_state()
    for token in tokens:
        single, stepped = runtime.step(np.array([token]), stepped)
    assert projected.shape == (16,)
    np.testing.assert_array_equal(projected, single[0])
    np.testing.assert_array_equal(state.h, stepped.h)
    np.testing.assert_array_equal(state.c, stepped.c)


def test_forgetting_the_gates_of_tokens_changes_nothing(make_model, make_bundle, monkeypatch):
    runtime = Runtime.load(make_bundle(make_model(1), {}))
    tokens = [*range(40), *range(40)]
    remembering, _ = runtime.read(tokens, runtime.initial_state())
    monkeypatch.setattr("autocomplete.model.runtime._REMEMBERED", 7)
    forgetting, _ = runtime.read([*tokens, *range(50, 60)], runtime.initial_state())
    forgetting, _ = runtime.read(tokens, runtime.initial_state())
    np.testing.assert_array_equal(remembering, forgetting)


def test_a_step_leaves_the_state_it_was_given(make_model, make_bundle):
    runtime = Runtime.load(make_bundle(make_model(1), {}))
    _, state = runtime.read([5, 6], runtime.initial_state())
    before = state.h.copy(), state.c.copy()
    runtime.step(np.array([7]), state)
    np.testing.assert_array_equal(state.h, before[0])
    np.testing.assert_array_equal(state.c, before[1])


def test_states_are_taken_and_stacked_by_text():
    h = np.arange(2 * 3 * 4, dtype=np.float32).reshape(2, 3, 4)
    states = States(h, -h)
    taken = states.take([2, 0, 2])
    np.testing.assert_array_equal(taken.h, h[:, [2, 0, 2]])
    np.testing.assert_array_equal(taken.c, -h[:, [2, 0, 2]])
    stacked = States.stack([states.take([n]) for n in range(3)])
    np.testing.assert_array_equal(stacked.h, h)
    np.testing.assert_array_equal(stacked.c, -h)
    assert states.nbytes == 2 * h.nbytes


@pytest.mark.parametrize("name", ["weights.safetensors", "gates.onnx", "step.onnx", "begin.onnx", "continue.onnx"])
@pytest.mark.parametrize("content", [b"", b"no such thing"])
def test_a_foreign_file_is_named(make_model, make_bundle, name, content):
    bundle = make_bundle(make_model(1), {name: content})
    with pytest.raises(ModelError, match=f"{name}.*install the model again"):
        Runtime.load(bundle)


@pytest.mark.parametrize("name", ["weights.safetensors", "gates.onnx", "step.onnx", "begin.onnx", "continue.onnx"])
def test_a_file_that_is_gone_is_named(make_model, make_bundle, name):
    bundle = make_bundle(make_model(1), {})
    (bundle.folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is missing"):
        Runtime.load(bundle)


def test_a_graph_of_another_size_is_named(make_model, make_bundle):
    two = export(make_model(2), STARTING, CONTINUING)
    bundle = make_bundle(make_model(1), {"step.onnx": two["step.onnx"]})
    with pytest.raises(ModelError, match=r"step\.onnx does not fit the sizes"):
        Runtime.load(bundle)
    bundle = make_bundle(make_model(1), {"begin.onnx": two["step.onnx"]})
    with pytest.raises(ModelError, match=r"begin\.onnx does not fit the sizes"):
        Runtime.load(bundle)


def test_the_runtime_needs_no_torch():
    code = "import sys, autocomplete.model.runtime; print({'torch', 'onnx'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "set()\n", result.stderr


def test_a_runtime_opens_from_contents_in_memory_and_names_them(make_model, make_bundle):
    tuned = make_model(1)
    tuned.bias.data += 1
    files = export(tuned, STARTING, CONTINUING)
    bundle = make_bundle(make_model(1), {})
    runtime = Runtime.load(bundle.with_files(files, "the tuned model"))
    projected, _ = runtime.read([5], runtime.initial_state())
    expected = Runtime.load(make_bundle(tuned, {})).log_probabilities(projected[None])
    np.testing.assert_array_equal(runtime.log_probabilities(projected[None]), expected)
    with pytest.raises(ModelError, match=r"the tuned model/step\.onnx is no model graph"):
        Runtime.load(bundle.with_files({**files, "step.onnx": b"damaged"}, "the tuned model"))
