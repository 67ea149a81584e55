"""The gates computed again from the weights are those of the runtime."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autocomplete import ModelError
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.gates import GateWeights, Trace
from autocomplete.model.runtime import Runtime

TOKENS = [1, *range(5, 300, 7), 5, 5, 5]


@pytest.fixture(params=[1, 2], ids=["one layer", "two layers"])
def model(request: pytest.FixtureRequest, make_model: Callable[..., Any], make_bundle: Callable[..., Bundle]) -> Bundle:
    """A model whose weights are numbers of half precision, so that no file rounds them."""
    return make_bundle(make_model(request.param), {})


def weights_of(bundle: Bundle) -> GateWeights:
    return GateWeights(bundle)


def read(bundle: Bundle) -> tuple[Trace, Runtime]:
    runtime = Runtime.load(bundle)
    return weights_of(bundle).trace(TOKENS, runtime.initial_state()), runtime


def test_every_step_has_the_states_of_the_runtime(model):
    trace, runtime = read(model)
    states = runtime.initial_state()
    for step, token in enumerate(TOKENS):
        _, states = runtime.read([token], states)
        np.testing.assert_allclose(trace.h[step], states.h[:, 0], atol=1e-4)
        np.testing.assert_allclose(trace.c[step], states.c[:, 0], atol=1e-4)


def test_a_trained_model_differs_by_what_half_precision_rounds(german: Path):
    trace, runtime = read(Bundle.open(german))
    _, states = runtime.read(TOKENS, runtime.initial_state())
    np.testing.assert_allclose(trace.h[-1], states.h[:, 0], atol=2e-3)


def test_a_reading_can_go_on_from_any_state(model):
    trace, runtime = read(model)
    _, states = runtime.read(TOKENS[:9], runtime.initial_state())
    later = weights_of(model).trace(TOKENS[9:], states)
    np.testing.assert_allclose(later.forget, trace.forget[9:], atol=1e-4)
    np.testing.assert_allclose(later.c, trace.c[9:], atol=1e-4)


def test_the_cell_is_the_sum_of_what_is_left_of_each_step(model):
    trace, _ = read(model)
    np.testing.assert_allclose(trace.left().sum(axis=0), trace.c[-1], atol=1e-4)


def test_gates_are_between_closed_and_open(model):
    trace, _ = read(model)
    for gate in (trace.forget, trace.input, trace.output):
        assert gate.min() >= 0
        assert gate.max() <= 1


def test_no_token_leaves_nothing(model):
    trace = weights_of(model).trace([], Runtime.load(model).initial_state())
    assert trace.left().shape == (0, model.config.layers, model.config.hidden)


def test_a_file_without_the_weights_is_named(make_model, make_bundle):
    bundle = make_bundle(make_model(1), {WEIGHTS: b"something else"})
    with pytest.raises(ModelError, match=r"weights\.safetensors does not hold the weights .* install the model again"):
        GateWeights(bundle)
