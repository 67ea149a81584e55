"""What one word announces, and how far that goes."""

import numpy as np
import pytest

from autocomplete.model.triggers import LARGEST_FACTOR, STRENGTH, Triggers, to_byte


@pytest.fixture
def triggers() -> Triggers:
    """Word 0 announces 2 and 3, word 1 announces 3, the others nothing; all gains are 1 nat."""
    return Triggers(
        np.array([0, 2, 3, 3, 3], dtype=np.uint32),
        np.array([2, 3, 3], dtype=np.uint16),
        to_byte(np.array([1.0, 1.0, 1.0])),
    )


def test_a_cue_makes_what_it_announces_likelier(triggers) -> None:
    announced, factors = triggers.factors([0])
    assert announced.tolist() == [2, 3]
    assert factors == pytest.approx(np.exp(STRENGTH * 1.0))


def test_two_cues_add_up(triggers) -> None:
    announced, factors = triggers.factors([0, 1])
    assert dict(zip(announced.tolist(), factors, strict=True))[3] == pytest.approx(np.exp(STRENGTH * 2.0))


def test_a_cue_said_twice_counts_once(triggers) -> None:
    assert triggers.factors([1, 1])[1] == pytest.approx(triggers.factors([1])[1])


def test_no_cue_announces_nothing(triggers) -> None:
    assert len(triggers.factors([])[0]) == 0
    assert len(triggers.factors([2, 3])[0]) == 0


def test_the_factor_is_bounded() -> None:
    cues = 9
    many = Triggers(
        np.arange(cues + 1, dtype=np.uint32), np.zeros(cues, dtype=np.uint16), to_byte(np.full(cues, 5.0))
    )
    assert many.factors(range(cues))[1] == pytest.approx(LARGEST_FACTOR)
