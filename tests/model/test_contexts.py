"""The tree of contexts on disk: small numbers, and none lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.model.contexts import LOG_STEP, read_levels, read_offsets, to_byte, write_counts, write_level

TOP = {"backoffs": np.array([0.5, 0.25]), "masses": np.array([0.5, 0.5, 0.25])}


@given(st.lists(st.floats(1e-6, 1), min_size=1))
def test_a_probability_in_a_byte_is_off_by_three_percent_at_most(values) -> None:
    array = np.array(values)
    np.testing.assert_allclose(np.exp(-LOG_STEP * to_byte(array)), array, rtol=0.033)


@given(st.lists(st.integers(0, 300) | st.integers(0, 70_000), max_size=50))
def test_counts_of_any_size_come_back(counts) -> None:
    offsets = read_offsets("n", write_counts("n", np.array(counts, dtype=np.int64)), len(counts), sum(counts))
    assert offsets.tolist() == np.cumsum([0, *counts]).tolist()


def test_a_context_is_found_word_by_word_leftwards() -> None:
    ids = np.array([3, 8], dtype=np.uint16)
    levels = read_levels(
        write_level("1", np.array([2]), ids, np.array([0.5, 0.25]), np.array([2, 1]), ids[[0, 1, 1]], np.full(3, 0.5))
        | write_level("2", np.array([0, 1]), ids[:1], np.array([1.0]), np.array([1]), ids[1:], np.array([1.0])),
        9,
    )
    assert [levels[0].find(0, word) for word in (3, 8, 7, 9)] == [0, 1, -1, -1]
    assert levels[1].find(0, 3) == -1
    assert levels[1].find(1, 3) == 0
    assert levels[0].left_over(1) == pytest.approx(0.25, rel=0.03)
    words, masses = levels[0].successors(0)
    assert words.tolist() == [3, 8]
    assert masses == pytest.approx(0.5, rel=0.03)


def test_no_tensors_are_no_levels() -> None:
    assert read_levels({}, 9) == []
