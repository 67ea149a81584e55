"""What one person wrote, as a model of what comes next."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.adaptation.user_model import UserModel
from autocomplete.model.ngram import NGramModel
from autocomplete.text.folding import fold
from autocomplete.text.line import LEFT_OUT, Line, Span

NOW = 1_700_000_000.0
WORDS = st.sampled_from(["the", "Berlin", "we", "Quendolin", "xylm", "über", "don't", "tea", "Tea", "."])
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=6)


@pytest.fixture(scope="module")
def ngram(english: Path) -> NGramModel:
    return NGramModel.load(english / "ngram.safetensors")


@pytest.fixture
def written(ngram: NGramModel) -> UserModel:
    return UserModel(ngram)


def _learn(written: UserModel, *texts: str) -> UserModel:
    for text in texts:
        written.learn(Line(text, "en", NOW))
    return written


def _expected(written: UserModel, context: str, prefix: str = "") -> dict[str, float]:
    return {own.text: own.probability for own in written.after(context.split()).words(prefix)}


def test_who_wrote_nothing_is_expected_to_write_nothing(written):
    expected = written.after(["<s>", "the"])
    assert expected.words("") == []
    assert expected.left_over == 1


def test_a_word_that_followed_before_is_expected_to_follow_again(written):
    _learn(written, "we met at Quendolin today", "again at Quendolin")
    found = _expected(written, "meet at")
    assert max(found, key=found.get) == "Quendolin"


def test_a_longer_match_says_more(written):
    _learn(written, *["see you at the Zwirkel", "look at the Brumpf"] * 2)
    assert _expected(written, "see you at the")["Zwirkel"] > _expected(written, "the")["Zwirkel"]
    assert _expected(written, "see you at the")["Zwirkel"] > _expected(written, "see you at the")["Brumpf"]


def test_what_was_written_lately_counts_more(written):
    _learn(written, *["the Zwirkel"] * 2, *["and so on and on"] * 100, *["the Brumpf"] * 2)
    found = _expected(written, "the")
    assert found["Brumpf"] > found["Zwirkel"]


def test_a_new_word_is_expected_from_its_second_sighting_on(written):
    _learn(written, "meet at Quendolin")
    assert "Quendolin" not in _expected(written, "meet at")
    _learn(written, "meet at Quendolin")
    assert "Quendolin" in _expected(written, "meet at")
    assert "Quendolin" in _expected(written, "somewhere else", "que")


def test_a_word_that_the_base_knows_is_expected_from_its_first(written, ngram):
    known = next(word for word in ngram.words if word.islower() and ngram.frequency(ngram.id(word)) < 0.01)
    _learn(written, f"meet at {known}")
    assert known in _expected(written, "meet at")


def test_an_added_word_is_expected_at_once(written):
    written.add("Quendolin")
    assert "Quendolin" in _expected(written, "", "que")
    assert written.knows("Quendolin")
    assert written.words() == []
    _learn(written, "once Quendolin")
    assert written.knows("Quendolin")
    assert sorted((word, count) for word, count, *_ in written.words()) == [("Quendolin", 1), ("once", 1)]


def test_a_picked_word_teaches_more_than_a_typed_one(ngram):
    def share(weight: float) -> float:
        written = UserModel(ngram)
        for _ in range(2):
            written.learn(Line("at Zwirkel", "en", NOW, (Span(3, 10, weight),)))
            written.learn(Line("at Brumpf", "en", NOW))
        return _expected(written, "at")["Zwirkel"]

    assert share(2) > share(1)


def test_only_what_the_user_wrote_teaches(written):
    for _ in range(3):
        assert written.learn(Line("pasted Brumpf, typed Zwirkel", "en", NOW, (Span(21, 28, 1),))) == 1
    assert not written.knows("Brumpf")
    assert "Zwirkel" in _expected(written, "typed")
    assert [(word, count) for word, count, _, _ in written.words()] == [("Zwirkel", 3)]


def test_what_was_left_out_teaches_nothing(written):
    _learn(written, *[f"call {LEFT_OUT} tomorrow"] * 2)
    assert {word for word, *_ in written.words()} == {"call", "tomorrow"}
    assert LEFT_OUT not in _expected(written, "call")


def test_a_word_at_a_sentences_start_is_learned_small(written):
    _learn(written, *["Brumpfing is hard. Zwirkeling too."] * 2)
    assert written.knows("brumpfing")
    assert written.knows("zwirkeling")


def test_unless_only_its_capital_form_is_known(written):
    _learn(written, *["we saw Brumpf", "Brumpf was there"] * 2)
    assert [(word, count) for word, count, *_ in written.words() if fold(word) == "brumpf"] == [("Brumpf", 4)]


def test_the_users_share_grows_with_what_he_wrote(written):
    left = [_learn(written, *["meet me at the Brumpf"] * n).after(["at", "the"]).left_over for n in (1, 3, 9)]
    assert left[0] > left[1] > left[2]


def test_when_a_word_was_used_last_is_told(written):
    written.learn(Line("tea", "en", NOW))
    written.learn(Line("tea", "en", NOW - 5))
    assert written.words() == [("tea", 2, NOW, written.words()[0][3])]


@given(learned=TEXTS, context=st.lists(WORDS, max_size=6), prefix=st.sampled_from(["", "t", "b", "be", "x", "ub"]))
def test_probabilities_are_shares_of_one(ngram, learned, context, prefix):
    expected = _learn(UserModel(ngram), *learned).after(context)
    own = expected.words(prefix)
    assert all(word.probability > 0 and fold(word.text).startswith(prefix) for word in own)
    assert len({word.text for word in own}) == len(own)
    assert 0 < expected.left_over <= 1
    assert sum(word.probability for word in own) <= 1 - expected.left_over + 1e-9


@given(learned=TEXTS)
def test_learning_line_by_line_is_learning_all_at_once(ngram, learned):
    asked_between, at_once = UserModel(ngram), UserModel(ngram)
    for text in learned:
        _learn(asked_between, text).after(["the"]).words("")
    _learn(at_once, *learned)
    assert _expected(asked_between, "the") == pytest.approx(_expected(at_once, "the"))
    assert sorted(asked_between.words()) == sorted(at_once.words())


def test_without_a_memory_every_word_is_new():
    written = _learn(UserModel(), "tea")
    assert not written.knows("tea")
    assert _learn(written, "tea").knows("tea")


def test_thousands_of_words_are_learned(written):
    """More than the arrays hold at first."""
    _learn(written, *[f"word{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} and then" for i in range(1500)])
    assert "then" in _expected(written, "and")


def test_one_thread_may_learn_while_another_asks(written):
    """Every answer fits what was asked, whatever is learned meanwhile."""
    _learn(written, "we met at the tea table", "we met at the tea table")
    done = threading.Event()

    def learn() -> None:
        for number in range(300):
            name = "".join(chr(97 + int(digit)) for digit in str(number))
            _learn(written, f"we met {name}tea at the {name}tea table")
        done.set()

    with ThreadPoolExecutor(1) as pool:
        learning = pool.submit(learn)
        while not done.is_set():
            assert all(fold(own.text).startswith("b") for own in written.after(["we", "met"]).words("b"))
        learning.result()
