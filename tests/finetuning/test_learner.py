"""The model learns what it is given, nothing else, and the way back to the base is a straight one."""

import numpy as np
import pytest
import torch

from autocomplete.finetuning.batches import Batch, Update
from autocomplete.finetuning.learner import Learner, bits
from autocomplete.finetuning.lines import Piece
from autocomplete.finetuning.material import Material

TEXT = "Zora polishes the zither again.\n"


@pytest.fixture
def learner(make_job) -> Learner:
    return Material.of(make_job(), lambda: None).learner


@pytest.fixture
def piece(sampled) -> Piece:
    from autocomplete.text.tokenizer import Tokenizer

    tokenizer = Tokenizer.load(sampled / "tokenizer.model")
    tokens = [tokenizer.bos, *tokenizer.encode(TEXT)]
    return Piece(tokens, [0.0] + [1.0] * (len(tokens) - 1))


def _teach(learner: Learner, own: Piece, replay: Piece | None = None, times: int = 8) -> list[float]:
    update = Update(Batch.of([own]), Batch.of([replay]) if replay else None)
    return [learner.update(update, step, 0.3, lambda: None) for step in range(times)]


def _bits(model, piece: Piece) -> float:
    return bits(model, [piece], lambda: None)


def test_what_is_read_is_learned_and_the_base_stays(learner, piece):
    before = _bits(learner.base, piece)
    losses = _teach(learner, piece)
    assert losses[-1] < losses[0]
    assert _bits(learner.tuned, piece) < 0.8 * before
    assert _bits(learner.base, piece) == before


def test_both_outputs_learn(learner, piece):
    before = learner.tuned.end_bias.detach().clone()
    _teach(learner, piece)
    assert not torch.equal(learner.tuned.end_bias, before)


def test_what_has_no_weight_is_not_learned(learner, piece):
    half = len(piece.tokens) // 2
    quiet = Piece(piece.tokens, [0.0] * half + piece.weights[half:])
    loud = Piece(piece.tokens, piece.weights[:half] + [0.0] * (len(piece.tokens) - half))
    _teach(learner, quiet)
    assert _bits(learner.tuned, quiet) < 0.8 * _bits(learner.base, quiet)
    assert _bits(learner.tuned, loud) > 0.9 * _bits(learner.base, loud)


def test_padding_and_neighbours_change_nothing(learner, piece):
    short = Piece(piece.tokens[:5], piece.weights[:5])
    alone = _bits(learner.base, piece) + _bits(learner.base, short)
    assert bits(learner.base, [piece, short], lambda: None) == pytest.approx(alone, rel=1e-5)


def test_blends_lie_between_the_base_and_the_tuned(learner, piece):
    _teach(learner, piece)
    found = [_bits(learner.blended(alpha), piece) for alpha in (0.0, 0.5, 1.0)]
    assert found[0] == _bits(learner.base, piece)
    assert found[2] == pytest.approx(_bits(learner.tuned.eval(), piece), rel=1e-4)
    assert found[2] < found[1] < found[0]


def test_what_was_saved_goes_on_as_if_it_had_not_ended(make_job, piece):
    whole, broken, resumed = (Material.of(make_job(), lambda: None).learner for _ in range(3))
    _teach(whole, piece, times=4)
    _teach(whole, piece, times=4)
    _teach(broken, piece, times=4)
    resumed.resume(broken.state())
    _teach(resumed, piece, times=4)
    _assert_equal(resumed.state(), whole.state())


def _assert_equal(one, other) -> None:
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


def test_an_update_broken_off_in_the_middle_changes_nothing(learner, piece):
    calls = []

    def stop() -> None:
        calls.append(1)
        raise InterruptedError

    before = {name: array.copy() for name, array in learner.state().items()}
    with pytest.raises(InterruptedError):
        learner.update(Update(Batch.of([piece]), Batch.of([piece])), 0, 0.5, stop)
    assert calls == [1]
    _assert_equal(learner.state(), before)
