"""Which words announce which others, found in made-up sentences of word ids."""

import numpy as np
import pytest

from autocomplete.model.triggers import Triggers
from autocomplete.training import triggers as counting
from autocomplete.training.triggers import count_triggers

WORDS = 60
START = WORDS  # the id that begins a sentence
CLOUDS, SKY = 7, 8


@pytest.fixture(autouse=True)
def _no_function_words(monkeypatch) -> None:
    monkeypatch.setattr(counting, "FUNCTION_WORDS", 0)


def found(sentences: list[list[int]]) -> Triggers:
    ids = np.array([i for sentence in sentences for i in [START, *sentence]], dtype=np.uint16)
    tensors = count_triggers(ids, WORDS)
    return Triggers(*(tensors[f"triggers.{part}"] for part in ("offsets", "words", "gains")))


def noise(count: int) -> list[list[int]]:
    """Sentences of words that have nothing to do with each other."""
    random = np.random.default_rng(5)
    return [random.integers(10, WORDS, 6).tolist() for _ in range(count)]


def test_words_that_keep_company_announce_each_other() -> None:
    sentences = [[CLOUDS, a, b, SKY, c, d] for a, b, *_, c, d in noise(40)]
    announced, factors = found(sentences + noise(400)).factors([CLOUDS])
    assert announced.tolist() == [SKY]
    assert factors[0] > 1


def test_words_that_meet_by_chance_announce_nothing() -> None:
    chance = found(noise(400))
    assert all(len(chance.factors([cue])[0]) == 0 for cue in range(10, WORDS))


def test_what_stands_in_the_next_sentence_is_not_announced() -> None:
    sentences = [s for a, *rest in noise(40) for s in ([CLOUDS, a], [a, SKY, *rest])]
    assert SKY not in found(sentences + noise(400)).factors([CLOUDS])[0]


def test_a_neighbour_is_left_to_the_n_grams() -> None:
    sentences = [[CLOUDS, SKY, *rest] for rest in noise(40)]
    assert SKY not in found(sentences + noise(400)).factors([CLOUDS])[0]


def test_the_most_frequent_words_announce_nothing(monkeypatch) -> None:
    monkeypatch.setattr(counting, "FUNCTION_WORDS", 2)
    sentences = [[CLOUDS, a, b, SKY] for a, b, *_ in noise(300)]
    assert len(found(sentences + noise(100)).factors([CLOUDS])[0]) == 0


def test_a_text_of_nothing_has_no_triggers() -> None:
    assert len(found([[]]).factors([CLOUDS])[0]) == 0
