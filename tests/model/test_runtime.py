"""The runtime gives what torch gives, for one text or many, and names a file it cannot use."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from autocomplete.errors import ModelError
from autocomplete.model.bundle import Bundle
from autocomplete.model.export import export
from autocomplete.model.lstm import LSTMLanguageModel, State
from autocomplete.model.runtime import Runtime, States
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.start import load_weights
from tests.model.conftest import CONTINUING, SHAPES, STARTING
from tests.tiny_model import sentences


def _tokens(steps: int, batch: int) -> NDArray[np.int64]:
    return np.random.default_rng(3).integers(0, 300, (steps, batch))


def _steps(runtime: Runtime, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float32], States]:
    """The projected states (steps, batch, embedding) behind tokens (steps, batch), and the last states."""
    states = States.stack([runtime.initial_state()] * tokens.shape[1])
    projected = []
    for row in tokens:
        behind, states = runtime.step(row, states)
        projected.append(behind)
    return np.stack(projected), states


class _InIntegers:
    """What the graphs promise, in torch: rows of 8 bits by weights of 7, a scale for each row of both."""

    def __init__(self, model: LSTMLanguageModel) -> None:
        self._model = model

    def read(self, tokens: torch.Tensor) -> tuple[torch.Tensor, State]:
        model, state = self._model, self._model.initial_state(tokens.shape[1])
        h, c, projected = list(state.h), list(state.c), []
        for row in tokens:
            x = model.embedding(row)
            for layer, (w, u, *bias, p) in enumerate(self._weights()):
                below = self._product(x, w) if layer else x @ w.t()
                i, f, g, o = (below + self._product(h[layer], u) + sum(bias)).chunk(4, dim=1)
                c[layer] = f.sigmoid() * c[layer] + i.sigmoid() * g.tanh()
                x = o.sigmoid() * c[layer].tanh()
                x = h[layer] = x if p is None else self._product(x, p)
            projected.append(model.projection(x))
        return torch.stack(projected), State(torch.stack(h), torch.stack(c))

    def _weights(self) -> list[list[torch.Tensor | None]]:
        return [[*weights, None][:5] for weights in self._model.lstm.all_weights]

    @staticmethod
    def _product(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        def rounded(rows: torch.Tensor, largest: int) -> torch.Tensor:
            scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-9) / largest
            return (rows / scale).round() * scale

        return rounded(x, 127) @ rounded(weight, 63).t()


@SHAPES
def test_a_step_is_the_step_of_torch_in_integers(make_model, make_bundle, layers, projected):
    model = make_model(layers, projected)
    runtime = Runtime.load(make_bundle(model, {}))
    tokens = _tokens(25, 5)
    with torch.no_grad():
        wanted, last = _InIntegers(model).read(torch.from_numpy(tokens))
        wanted_logs = model.log_probabilities(wanted).numpy()
    found, states = _steps(runtime, tokens)
    logs = np.stack([runtime.log_probabilities(row) for row in found])
    for one, other in ((found, wanted), (states.h, last.h), (states.c, last.c), (logs, wanted_logs)):
        apart = np.abs(one - np.asarray(other))
        # Now and then a number lies between two integers, and the last bit of a float decides.
        assert (apart < 1e-3).mean() > 0.9
        assert apart.max() < 0.2


@SHAPES
def test_integers_expect_what_torch_expects(make_model, make_bundle, layers, projected):
    model = make_model(layers, projected)
    runtime = Runtime.load(make_bundle(model, {}))
    tokens = _tokens(100, 5)
    with torch.no_grad():
        wanted = model.log_probabilities(model(torch.from_numpy(tokens), model.initial_state(5))[0]).numpy()
    found = np.stack([runtime.log_probabilities(row) for row in _steps(runtime, tokens)[0]])
    likely = np.exp(wanted)
    divergence = (likely * (wanted - found)).sum(-1).mean()
    entropy = -(likely * wanted).sum(-1).mean()
    assert divergence < 0.01 * entropy


def test_a_trained_model_needs_as_many_bits_in_integers(english):
    bundle = Bundle.open(english)
    model = LSTMLanguageModel(bundle.config)
    load_weights(model, english)
    tokenizer = Tokenizer.load(english / "tokenizer.model")
    tokens = np.array([tokenizer.bos, *tokenizer.encode(sentences("en"))][:3001])
    with torch.no_grad():
        projected, _ = model(torch.from_numpy(tokens[:-1, None]), model.initial_state(1))
    runtime = Runtime.load(bundle)

    def bits(logs: NDArray[np.float32]) -> float:
        return -float(logs[np.arange(3000), tokens[1:]].mean())

    exact = bits(runtime.log_probabilities(projected[:, 0].numpy()))
    assert bits(runtime.log_probabilities(_steps(runtime, tokens[:-1, None])[0][:, 0])) == pytest.approx(
        exact, rel=1e-2
    )


@SHAPES
@pytest.mark.parametrize("pieces", [STARTING, CONTINUING], ids=["starting", "continuing"])
def test_integers_tell_what_follows_as_torch_does(make_model, make_bundle, layers, projected, pieces):
    model = make_model(layers, projected)
    runtime = Runtime.load(make_bundle(model, {}))
    follow = runtime.begin if pieces is STARTING else runtime.resume
    tokens = torch.from_numpy(_tokens(100, 5))
    with torch.no_grad():
        behind = model(tokens, model.initial_state(5))[0].flatten(0, 1)
        likely = model.log_probabilities(behind)[:, pieces].softmax(-1)
        rows = behind.repeat_interleave(len(pieces), dim=0)
        ends = model.end_logits(rows, torch.from_numpy(pieces).repeat(len(behind))).sigmoid()
    wanted = (likely * ends.view_as(likely)).numpy()
    ending, going_on = follow(behind.numpy())
    np.testing.assert_allclose(ending.sum(axis=1) + going_on.sum(axis=1), 1, atol=1e-4)
    np.testing.assert_allclose(ending, wanted, atol=0.02)
    best = np.argsort(-wanted, axis=-1)[:, :3]
    same = (np.argsort(-ending, axis=-1)[:, :3] == best).all(axis=-1)
    assert same.mean() >= 0.98


@SHAPES
def test_hypotheses_in_a_batch_get_what_each_gets_alone(make_model, make_bundle, layers, projected):
    runtime = Runtime.load(make_bundle(make_model(layers, projected), {}))
    alone = [runtime.initial_state() for _ in range(8)]
    together = States.stack(alone)
    for row in _tokens(20, 8):
        behind, together = runtime.step(row, together)
        ending, _ = runtime.begin(behind)
        for n in range(8):
            single, alone[n] = runtime.step(row[n : n + 1], alone[n])
            np.testing.assert_array_equal(alone[n].h[:, 0], together.h[:, n])
            np.testing.assert_array_equal(alone[n].c[:, 0], together.c[:, n])
            np.testing.assert_allclose(single[0], behind[n], atol=1e-5)
            np.testing.assert_allclose(runtime.begin(single).ending[0], ending[n], atol=1e-4)


def test_reading_is_stepping_token_by_token(make_model, make_bundle):
    runtime = Runtime.load(make_bundle(make_model(2, 12), {}))
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
    c = np.arange(2 * 3 * 6, dtype=np.float32).reshape(2, 3, 6)
    states = States(h, c)
    taken = states.take([2, 0, 2])
    np.testing.assert_array_equal(taken.h, h[:, [2, 0, 2]])
    np.testing.assert_array_equal(taken.c, c[:, [2, 0, 2]])
    stacked = States.stack([states.take([n]) for n in range(3)])
    np.testing.assert_array_equal(stacked.h, h)
    np.testing.assert_array_equal(stacked.c, c)
    assert states.nbytes == h.nbytes + c.nbytes


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
    for name in ("step.onnx", "begin.onnx"):
        bundle = make_bundle(make_model(1), {name: two["step.onnx"]})
        with pytest.raises(ModelError, match=rf"{name} is not a model graph that can be run"):
            Runtime.load(bundle)


def test_weights_of_another_size_are_named(make_model, make_bundle):
    other = export(make_model(1, 12), STARTING, CONTINUING)
    bundle = make_bundle(make_model(1), {"weights.safetensors": other["weights.safetensors"]})
    with pytest.raises(ModelError, match=r"weights\.safetensors does not fit the sizes"):
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
    with pytest.raises(ModelError, match=r"the tuned model/step\.onnx is not a model graph"):
        Runtime.load(bundle.with_files({**files, "step.onnx": b"damaged"}, "the tuned model"))
