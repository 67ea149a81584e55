"""Counts of which older ones count less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.adaptation.decayed import DecayedCounts


def _counts(things: int, half_life: float) -> DecayedCounts:
    counts = DecayedCounts(half_life)
    for _ in range(things):
        counts.add()
    return counts


def test_behind_a_half_life_a_count_is_half():
    counts = _counts(2, 3)
    counts.count(0, 1.0)
    for _ in range(3):
        counts.count(1, 1.0)
    assert counts.values()[0] == pytest.approx(0.5)


def test_without_a_half_life_nothing_fades():
    counts = _counts(2, float("inf"))
    for thing in (0, 1, 1):
        counts.count(thing, 2.0)
    assert counts.values().tolist() == [2, 4]


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=60), st.sampled_from([0.01, 1.0, 50.0]))
def test_counts_are_those_of_the_formula_however_many_there_are(things, half_life):
    counts = _counts(2001, half_life)
    expected = [0.0] * 2001
    for thing in things:
        counts.count(thing, 1.0)
        expected = [value * 0.5 ** (1 / half_life) for value in expected]
        expected[thing] += 1
    assert counts.values().tolist() == pytest.approx(expected)
    assert counts.total == pytest.approx(sum(expected))
