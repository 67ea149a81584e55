"""The LSTM language model is one function of tokens and state, however it is called."""

import pytest
import torch

from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel, State
from tests.model.conftest import SHAPES


@SHAPES
def test_step_by_step_is_the_whole_sequence(make_model, layers, projected):
    model = make_model(layers, projected)
    tokens = torch.randint(0, 300, (40, 3))
    with torch.no_grad():
        whole, end = model(tokens, model.initial_state(3))
        state, steps = model.initial_state(3), []
        for row in tokens:
            projected, state = model(row[None], state)
            steps.append(projected)
    torch.testing.assert_close(torch.cat(steps), whole, atol=1e-5, rtol=0)
    torch.testing.assert_close(state.h, end.h, atol=1e-5, rtol=0)
    torch.testing.assert_close(state.c, end.c, atol=1e-5, rtol=0)


def test_the_state_decides_what_follows_and_is_not_remembered(make_model):
    model = make_model(1)
    token = torch.tensor([[4]])
    with torch.no_grad():
        first, behind = model(token, model.initial_state(1))
        later, _ = model(token, behind)
        again, _ = model(token, model.initial_state(1))
    assert not torch.allclose(first, later)
    assert torch.equal(first, again)


@SHAPES
def test_texts_of_a_batch_do_not_touch_each_other(make_model, layers, projected):
    model = make_model(layers, projected)
    tokens = torch.randint(0, 300, (10, 4))
    with torch.no_grad():
        together, _ = model(tokens, model.initial_state(4))
        alone, _ = model(tokens[:, 2:3], model.initial_state(1))
    torch.testing.assert_close(together[:, 2:3], alone, atol=1e-5, rtol=0)


def test_probabilities_add_up_to_one(make_model):
    model = make_model(1)
    with torch.no_grad():
        projected, _ = model(torch.tensor([[1, 2]]), model.initial_state(2))
        total = model.log_probabilities(projected).exp().sum(-1)
    torch.testing.assert_close(total, torch.ones(1, 2))


def test_a_detached_state_carries_no_gradient(make_model):
    model = make_model(1)
    _, state = model(torch.tensor([[1]]), model.initial_state(1))
    assert state.h.requires_grad
    assert state.c.requires_grad
    assert not state.detach().h.requires_grad
    assert not state.detach().c.requires_grad


@SHAPES
@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")
def test_the_layers_are_those_of_torch(make_model, layers, projected):
    model = make_model(layers, projected)
    tokens = torch.randint(0, 300, (12, 3))
    with torch.no_grad():
        projected_states, state = model(tokens, model.initial_state(3))
        shown, (h, c) = model.lstm(model.embedding(tokens), tuple(model.initial_state(3)))
        wanted = model.projection(shown)
    torch.testing.assert_close(projected_states, wanted, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(state.h, h, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(state.c, c, atol=1e-5, rtol=1e-5)


@SHAPES
def test_reduced_precision_stays_close_and_keeps_the_cell_state_in_float32(make_model, layers, projected):
    model = make_model(layers, projected)
    tokens = torch.randint(0, 300, (12, 3))
    with torch.no_grad():
        exact, _ = model(tokens, model.initial_state(3))
        close, state = model(tokens, model.initial_state(3), torch.bfloat16)
    assert close.dtype == state.h.dtype == state.c.dtype == torch.float32
    assert (close - exact).abs().mean() < 0.05 * exact.abs().mean()


def test_the_forget_gates_are_open_before_training():
    model = LSTMLanguageModel(LSTMConfig(300, 16, 24, 2))
    for layer in range(2):
        bias = getattr(model.lstm, f"bias_ih_l{layer}")
        assert torch.equal(bias[24:48], torch.ones(24))


@pytest.mark.parametrize(
    ("embedding", "hidden", "layers", "projected"), [(16, 24, 1, 0), (16, 24, 3, 0), (8, 8, 2, 0), (16, 24, 2, 10)]
)
def test_the_config_knows_how_many_parameters_there_are(embedding, hidden, layers, projected):
    config = LSTMConfig(300, embedding, hidden, layers, recurrent_projection=projected)
    model = LSTMLanguageModel(config)
    assert config.parameters == sum(parameter.numel() for parameter in model.parameters())


def test_a_projection_shows_less_than_there_are_cells():
    model = LSTMLanguageModel(LSTMConfig(300, 16, 24, 2, recurrent_projection=10))
    state = model.initial_state(3)
    assert (tuple(state.h.shape), tuple(state.c.shape)) == ((2, 3, 10), (2, 3, 24))
    with pytest.raises(ValueError, match="smaller than hidden"):
        LSTMConfig(300, 16, 24, recurrent_projection=24)


def test_dropout_works_in_training_only():
    torch.manual_seed(1)
    model = LSTMLanguageModel(LSTMConfig(300, 16, 24, 2), dropout=0.5)
    tokens, start = torch.tensor([[1, 2]]), State(torch.zeros(2, 2, 24), torch.zeros(2, 2, 24))
    assert not torch.equal(model(tokens, start)[0], model(tokens, start)[0])
    model.eval()
    assert torch.equal(model(tokens, start)[0], model(tokens, start)[0])
