"""Rare words: many, each with no more than its spelling and its frequency."""

import numpy as np
import pytest

from autocomplete.model.rare import RareWords, write_rare


@pytest.fixture
def rare() -> RareWords:
    words = ["Bahnsteig", "Bahnsteige", "Bahnwärter", "bahnen", "zählbar"]
    order = [3, 0, 1, 2, 4]  # by folded spelling
    chances = np.array([4e-8, 2e-8, 1e-7, 5e-8, 1e-8])
    return RareWords.read(write_rare([words[i] for i in order], chances[order]))


def test_the_most_frequent_words_with_a_prefix_come(rare) -> None:
    assert set(rare.best("bahn", 2)) == {"Bahnwärter", "bahnen"}
    assert rare.best("bahn", 9) == pytest.approx(
        {"Bahnsteig": 4e-8, "Bahnsteige": 2e-8, "Bahnwärter": 1e-7, "bahnen": 5e-8}, rel=0.04
    )


def test_letters_are_compared_folded(rare) -> None:
    assert list(rare.best("zahl", 3)) == ["zählbar"]
    assert rare.best("x", 3) == {}


def test_a_word_is_known_in_its_exact_spelling(rare) -> None:
    assert rare.probability("Bahnwärter") == pytest.approx(1e-7, rel=0.04)
    assert rare.probability("bahnwärter") == 0
    assert rare.probability("Bahn") == 0


def test_there_may_be_none() -> None:
    none = RareWords.read(write_rare([], np.empty(0)))
    assert none.best("a", 3) == {}
    assert none.probability("a") == 0
