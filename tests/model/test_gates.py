"""The gates computed again from the weights are those of the model."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from autocomplete import ModelError
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.gates import GateWeights, Trace
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.model.runtime import Runtime, States

TOKENS = [1, *range(5, 300, 7), 5, 5, 5]


@pytest.fixture(params=[(1, 0), (2, 0), (2, 12)], ids=["one layer", "two layers", "projected"])
def network(request: pytest.FixtureRequest, make_model: Callable[..., LSTMLanguageModel]) -> LSTMLanguageModel:
    """Its weights are numbers of half precision, so that no file rounds them."""
    return make_model(*request.param)


@pytest.fixture
def model(network: LSTMLanguageModel, make_bundle: Callable[..., Bundle]) -> Bundle:
    return make_bundle(network, {})


def trace_of(bundle: Bundle) -> Trace:
    return GateWeights(bundle).trace(TOKENS, Runtime.load(bundle).initial_state())


def test_every_step_has_the_states_of_torch(network, model):
    trace = trace_of(model)
    state = network.initial_state(1)
    for step, token in enumerate(TOKENS):
        with torch.no_grad():
            _, state = network(torch.tensor([[token]]), state)
        np.testing.assert_allclose(trace.h[step], state.h[:, 0], atol=1e-4)
        np.testing.assert_allclose(trace.c[step], state.c[:, 0], atol=1e-4)


def test_a_trained_model_has_about_the_states_of_the_runtime(german: Path):
    bundle = Bundle.open(german)
    runtime = Runtime.load(bundle)
    _, states = runtime.read(TOKENS, runtime.initial_state())
    np.testing.assert_allclose(trace_of(bundle).h[-1], states.h[:, 0], atol=0.1)


def test_a_reading_can_go_on_from_any_state(model):
    trace = trace_of(model)
    between = States(trace.h[8][:, None], trace.c[8][:, None])
    later = GateWeights(model).trace(TOKENS[9:], between)
    np.testing.assert_allclose(later.forget, trace.forget[9:], atol=1e-5)
    np.testing.assert_allclose(later.c, trace.c[9:], atol=1e-5)


def test_the_cell_is_the_sum_of_what_is_left_of_each_step(model):
    trace = trace_of(model)
    np.testing.assert_allclose(trace.left().sum(axis=0), trace.c[-1], atol=1e-4)


def test_gates_are_between_closed_and_open(model):
    trace = trace_of(model)
    for gate in (trace.forget, trace.input, trace.output):
        assert gate.min() >= 0
        assert gate.max() <= 1


def test_no_token_leaves_nothing(model):
    trace = GateWeights(model).trace([], Runtime.load(model).initial_state())
    assert trace.left().shape == (0, model.config.layers, model.config.hidden)


def test_a_file_without_the_weights_is_named(make_model, make_bundle):
    bundle = make_bundle(make_model(1), {WEIGHTS: b"something else"})
    with pytest.raises(ModelError, match=r"weights\.safetensors does not hold the weights .* install the model again"):
        GateWeights(bundle)
