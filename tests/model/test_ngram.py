"""The n-gram model: probabilities of whole words, kept small."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from autocomplete.errors import ModelError
from autocomplete.model.ngram import NGramModel, largest
from autocomplete.text.folding import fold
from autocomplete.text.reading import read_tokens
from tests.tiny_model import sentences


@pytest.fixture(scope="module")
def memory(german) -> NGramModel:
    return NGramModel.load(german / "ngram.safetensors")


TOKENS = [token for token, _ in read_tokens(sentences("de"))][:600]


def _whole(memory: NGramModel, context: list[str]) -> np.ndarray:
    return memory.after(context).of(0, len(memory.words))


@given(at=st.integers(0, len(TOKENS)), length=st.integers(0, 3), odd=st.sampled_from([[], ["xyzzy"], ["<other>"]]))
def test_the_probabilities_of_all_words_add_up_to_one(memory, at, length, odd):
    context = odd + TOKENS[max(0, at - length) : at]
    assert _whole(memory, context).sum() == pytest.approx(1, abs=0.06)


@given(at=st.integers(0, len(TOKENS)), prefix=st.text("abdehimsu'", max_size=3))
def test_a_slice_is_that_part_of_the_whole(memory, at, prefix):
    context = TOKENS[max(0, at - 3) : at]
    low, high = memory.slice(prefix)
    assert memory.words[low:high] == [word for word in memory.words if fold(word).startswith(prefix)]
    assert list(memory.spelled(prefix)) == [i for i, word in enumerate(memory.words) if fold(word) == prefix]
    np.testing.assert_allclose(memory.after(context).of(low, high), _whole(memory, context)[low:high], rtol=1e-6)


@given(at=st.integers(0, len(TOKENS) - 1), prefix=st.text("abdehimsu'", max_size=3))
def test_the_mass_of_a_slice_is_that_of_its_words(memory, at, prefix):
    context = [TOKENS[at]]  # announces nothing: it stands too near
    low, high = memory.slice(prefix)
    assert memory.mass(context, low, high) == pytest.approx(float(memory.after(context).of(low, high).sum()), abs=1e-4)


def test_what_was_written_is_remembered(memory):
    words = _whole(memory, ["Die", "Wolken", "sind", "am"])
    assert memory.words[int(words.argmax())] == "Himmel"
    assert memory.words[int(_whole(memory, ["sind", "am"]).argmax())] == "Himmel"


def test_unknown_words_are_all_one(memory):
    np.testing.assert_array_equal(_whole(memory, ["am", "xyzzy"]), _whole(memory, ["am", "plugh"]))
    np.testing.assert_array_equal(_whole(memory, ["Die", "xyzzy", "am"]), _whole(memory, ["Die", "<unknown>", "am"]))


def test_behind_a_context_that_is_not_remembered_the_shorter_one_decides(memory):
    np.testing.assert_array_equal(_whole(memory, ["Himmel", "Himmel", "am"]), _whole(memory, ["am"]))


def test_words_are_known_in_their_exact_spelling(memory):
    number = memory.id("Himmel")
    assert number is not None
    assert memory.words[number] == "Himmel"
    assert memory.id("himmel") is None
    assert memory.id("xyzzy") is None
    assert [memory.id(word) for word in memory.words] == list(range(len(memory.words)))


def test_signs_have_ids_that_no_word_has(memory):
    assert memory.id("<s>") == len(memory.words)
    assert memory.id(",") not in (None, *range(len(memory.words)))


@pytest.mark.parametrize(
    ("word", "usual"), [("Das", "das"), ("Himmel", "Himmel"), ("sehen", "sehen"), ("Xyzzy", "Xyzzy"), ("Anna", "Anna")]
)
def test_the_usual_case_is_that_within_a_sentence(memory, word, usual):
    assert memory.usual_case(word) == usual


def test_frequencies_are_shares_of_one(memory):
    assert sum(memory.frequency(i) for i in range(len(memory.words))) == pytest.approx(1, abs=1e-4)


@given(st.lists(st.integers(0, 50), max_size=3000), st.integers(1, 12))
def test_the_largest_are_those_that_sorting_finds(values, count):
    array = np.array(values, dtype=np.float32)
    places = largest(array, count)
    assert len(set(places.tolist())) == len(places) == min(count, len(values))
    assert sorted(array[places].tolist(), reverse=True) == sorted(values, reverse=True)[:count]


def test_the_largest_of_many_are_found_in_rows_and_behind_the_last_row():
    values = np.random.default_rng(3).random(64 * 100 + 7, dtype=np.float32)
    values[-1] = 2
    assert set(largest(values, 12)) == set(np.argsort(values)[-12:])


@pytest.mark.parametrize("content", [b"", b"junk" * 50, b"\x08\0\0\0\0\0\0\0{}      "])
def test_a_file_that_is_no_memory_is_named(tmp_path, content):
    path = tmp_path / "ngram.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"ngram\.safetensors cannot be read"):
        NGramModel.load(path)


@pytest.mark.parametrize("name", ["words", "folded", "rare.words", "unigram", "lefts.2", "children.1"])
def test_a_memory_that_lacks_a_part_is_named(tmp_path, german, name):
    tensors = load_file(german / "ngram.safetensors")
    del tensors[name]
    save_file(tensors, tmp_path / "ngram.safetensors")
    with pytest.raises(ModelError, match=r"ngram\.safetensors cannot be read .*install the model again"):
        NGramModel.load(tmp_path / "ngram.safetensors")


@pytest.mark.parametrize("name", ["words", "rare.words", "rare.shares", "words.2", "masses.1", "backoffs.2", "unigram"])
def test_a_memory_whose_parts_do_not_fit_together_is_named(tmp_path, german, name):
    tensors = load_file(german / "ngram.safetensors")
    tensors[name] = tensors[name][:-1].copy()
    save_file(tensors, tmp_path / "ngram.safetensors")
    with pytest.raises(ModelError, match=r"ngram\.safetensors cannot be read .*install the model again"):
        NGramModel.load(tmp_path / "ngram.safetensors")
