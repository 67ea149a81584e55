"""The transformer's word search, over a model of a few tokens whose probabilities are known."""

import numpy as np
import pytest

from benchmarks.peers.smollm_search import STEPS, WordSearch, pieces_of

TOKENS = [" the", " th", " I", "e", "ey", "re", "'m", " well", "-", "known", ".", " Über"]


# Behind each spelling, what is likely to follow; all else is one in a thousand.
FOLLOWS = {
    "": {" th": 0.3, " the": 0.2, " well": 0.1, " I": 0.2, " Über": 0.1},
    " th": {"ey": 0.6, "e": 0.3},
    " the": {"re": 0.5, ".": 0.5},
    " I": {"'m": 0.5, ".": 0.5},
    " well": {"-": 0.8, ".": 0.2},
    " well-": {"known": 0.9},
}


class Model:
    def __init__(self) -> None:
        self.spelled = {0: ""}
        self.steps = 0

    def pieces(self) -> list[bytes]:
        return [token.encode() for token in TOKENS]

    def after(self, text: str) -> np.ndarray:
        follows = FOLLOWS.get(text, {".": 0.99})
        return np.log(np.array([follows.get(token, 0.001) for token in TOKENS], np.float32))

    def step(self, parent: int, branch: int, token: int, depth: int) -> np.ndarray:
        self.steps += 1
        self.spelled[branch] = self.spelled[parent] + TOKENS[token]
        return self.after(self.spelled[branch])


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def search(model: Model) -> WordSearch:
    spaced, _, following = pieces_of(model)
    return WordSearch(model, spaced, following, model.after(""))


def best(words: dict[str, float]) -> str:
    return max(words, key=lambda word: words[word])


def test_a_word_s_probability_is_that_of_its_tokens_and_its_end(search: WordSearch) -> None:
    assert search.words("they")["they"] == pytest.approx(0.3 * 0.6, rel=0.02)


def test_the_ways_to_spell_a_word_count_together(search: WordSearch) -> None:
    assert search.words("the")["the"] > 0.2 * 0.5 + 0.3 * 0.3 / 2


def test_a_hyphen_or_apostrophe_ends_no_word(search: WordSearch) -> None:
    assert best(search.words("well")) == "well-known"
    assert "I'm" in search.words("i")
    assert not any(word.endswith("-") for word in search.words("w"))


def test_a_prefix_finds_words_without_its_accents(search: WordSearch) -> None:
    assert "Über" in search.words("ub")


def test_steps_are_bounded_and_kept_for_the_next_letter(search: WordSearch, model: Model) -> None:
    search.words("t")
    assert 0 < model.steps <= STEPS
    stepped = model.steps
    search.words("t")
    assert model.steps == stepped
