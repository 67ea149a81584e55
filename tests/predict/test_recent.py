"""What was written in this text is likelier to come again in it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autocomplete.model.ngram import NGramModel
from autocomplete.predict.completer import Completer
from autocomplete.predict.recent import RecentWords

WIDTH, KEPT = 4, 5
NAMES = ["Zwirkelbach", "Quendolin", "Xaverl", "xylm", "heute", "Himmel"]
MOST = 0.1  # of the whole probability


@pytest.fixture(scope="module")
def ngram(german: Path) -> NGramModel:
    return NGramModel.load(german / "ngram.safetensors")


STATES = np.random.default_rng(3).standard_normal((1000, WIDTH), np.float32)


def _shown(number: int, scale: float = 1.0) -> np.ndarray:
    """What some LSTM might show before the word of this number."""
    return np.float32(scale) * STATES[number]


def _read(ngram: NGramModel, *words: str, kept: int = KEPT, scale: float = 1.0) -> RecentWords:
    recent = RecentWords(ngram, WIDTH, kept)
    for number, word in enumerate(words):
        recent.add(number, word, begins_sentence=False, shown=_shown(number, scale))
    return recent


def test_without_words_nothing_is_likely(ngram):
    assert _read(ngram).likely(0, _shown(0)) == {}


def test_a_word_is_likely_once_it_was_written(ngram):
    recent = _read(ngram, "Zwirkelbach")
    assert recent.likely(0, _shown(0)) == {}
    assert list(recent.likely(1, _shown(0))) == ["Zwirkelbach"]


def test_common_words_are_left_to_the_models(ngram):
    assert set(_read(ngram, "heute", "Zwirkelbach", "am", "Himmel").likely(4, _shown(0))) == {"Zwirkelbach"}
    assert _read(ngram, "heute", "am").likely(2, _shown(0)) == {}


def test_a_common_word_is_one_at_a_sentences_start_too(ngram):
    recent = RecentWords(ngram, WIDTH, KEPT)
    recent.add(0, "Heute", begins_sentence=True, shown=_shown(0))
    recent.add(1, "Zwirkelbach", begins_sentence=True, shown=_shown(1))
    assert set(recent.likely(2, _shown(0))) == {"Zwirkelbach"}


def test_an_apostrophe_is_the_same_in_both_forms(ngram):
    assert list(_read(ngram, "Zwirk’s", "Zwirk's").likely(2, _shown(0))) == ["Zwirk's"]


def test_what_stood_where_things_looked_alike_is_likelier(ngram):
    recent = _read(ngram, "Zwirkelbach", "Quendolin", scale=3)
    for number, word in enumerate(["Zwirkelbach", "Quendolin"]):
        likely = recent.likely(2, _shown(number, scale=3))
        assert max(likely, key=likely.__getitem__) == word


def test_what_was_written_twice_is_likelier(ngram):
    likely = _read(ngram, "Zwirkelbach", "Quendolin", "Zwirkelbach").likely(3, np.zeros(WIDTH, np.float32))
    assert likely["Zwirkelbach"] == pytest.approx(2 * likely["Quendolin"])


@given(words=st.lists(st.sampled_from(NAMES), max_size=60), scale=st.sampled_from([0.0, 1.0, 100.0]))
@example(words=["Xaverl"] * 1000, scale=1.0)
def test_words_written_never_take_more_than_their_share(ngram, words, scale):
    likely = _read(ngram, *words, scale=scale).likely(len(words), _shown(7, scale))
    assert sum(likely.values()) < MOST
    assert all(share > 0 for share in likely.values())


@settings(max_examples=30)
@given(
    seed=st.integers(0, 99),
    count=st.sampled_from([0, 3, 404, 405, 406, 830]),  # 405 fit into the ring
    cuts=st.lists(st.tuples(st.integers(0, KEPT), st.lists(st.sampled_from(NAMES), max_size=8)), max_size=4),
)
def test_a_text_that_was_edited_is_one_that_was_typed_so(ngram, seed, count, cuts):
    choose = np.random.default_rng(seed)
    words = [NAMES[i] for i in choose.integers(0, len(NAMES), count)]
    recent, most = _read(ngram, *words), count
    for removed, added in cuts:
        stays = max(0, len(words) - removed, most - KEPT)
        recent.cut(stays)
        for number, word in enumerate(added, start=stays):
            recent.add(number, word, begins_sentence=False, shown=_shown(number))
        words = words[:stays] + added
        most = max(most, len(words))
    fresh = _read(ngram, *words, kept=1000)  # has room for all of it
    assert recent.likely(len(words), _shown(7)) == pytest.approx(fresh.likely(len(words), _shown(7)), rel=1e-5)


def test_words_far_back_are_forgotten(ngram):
    text = ["Zwirkelbach"] + ["xylm"] * 400
    assert "Zwirkelbach" in _read(ngram, *text[:-1]).likely(400, _shown(0))
    assert set(_read(ngram, *text).likely(401, _shown(0))) == {"xylm"}


def _words(completer: Completer, text: str) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [suggestion.text for suggestion in stream.suggest(3)]


@pytest.mark.parametrize("typed", ["Zw", "Zwi", "zwi"])
def test_a_name_is_offered_from_its_second_use_on(de, typed):
    assert "Zwirkelbach" not in _words(de, "Heute kann " + typed)
    assert _words(de, "Ich kann Herrn Zwirkelbach sehen. Heute kann " + typed)[0] == "Zwirkelbach"


@pytest.mark.parametrize("typed", ["Zw", "Zwi"])
def test_a_name_that_began_a_sentence_is_offered_inside_one(en, typed):
    assert _words(en, "Zwirkelbach would like to read. They see " + typed)[0] == "Zwirkelbach"


def test_two_languages_remember_it_too(both):
    assert _words(both, "Ich kann Herrn Zwirkelbach sehen. Heute kann Zwi")[0] == "Zwirkelbach"


def test_a_new_text_knows_nothing_of_another(de):
    stream = de.stream()
    stream.update("Ich kann Herrn Zwirkelbach sehen. ")
    assert "Zwirkelbach" not in _words(de, "Heute kann Zwi")


def test_a_name_that_was_deleted_is_forgotten(de):
    stream = de.stream()
    for text, offered in [
        ("Ich kann Herrn Zwirkelbach sehen. Heute kann Zwi", True),
        ("Ich kann Herrn", False),
        ("Ich kann Herrn sehen. Heute kann Zwi", False),
    ]:
        stream.update(text)
        assert ("Zwirkelbach" in [suggestion.text for suggestion in stream.suggest(3)]) == offered


TEXTS = st.lists(st.sampled_from(["Zwirkelbach", "Quendolin", "kann", "sehen.", "Heute", "Zw", "\n"]), max_size=12)


@settings(max_examples=30)
@given(texts=st.lists(TEXTS.map(" ".join), min_size=1, max_size=4), typed=st.sampled_from(["Zw", "Que", ""]))
def test_a_stream_remembers_what_stands_in_its_text_and_nothing_else(de, texts, typed):
    stream = de.stream()
    for text in texts:
        stream.update(text)
        stream.suggest(3)
    stream.update(texts[-1] + " " + typed)
    fresh = de.stream()
    fresh.update(texts[-1] + " " + typed)
    offered = {suggestion.text: suggestion.probability for suggestion in stream.suggest(50)}
    wanted = {suggestion.text: suggestion.probability for suggestion in fresh.suggest(50)}
    for name in ("Zwirkelbach", "Quendolin"):
        assert offered.get(name, 0.0) == pytest.approx(wanted.get(name, 0.0), abs=1e-5)
