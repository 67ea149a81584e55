"""What the first piece of a word tells about the LSTM's probability of the whole word."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save

from autocomplete.errors import ModelError
from autocomplete.model.ngram import NGramModel
from autocomplete.model.spelling import Spellings, spell
from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer(german: Path) -> Tokenizer:
    return Tokenizer.load(german / "tokenizer.model")


@pytest.fixture(scope="module")
def index(tokenizer: Tokenizer) -> PieceIndex:
    return PieceIndex(tokenizer)


@pytest.fixture(scope="module")
def ngram(german: Path) -> NGramModel:
    return NGramModel.load(german / "ngram.safetensors")


@pytest.fixture(scope="module")
def spellings(german: Path, index: PieceIndex, ngram: NGramModel) -> Spellings:
    return Spellings.load(german / "spellings.safetensors", index, ngram)


def test_a_word_of_one_piece_has_the_place_of_that_piece_and_no_share(spellings, index, ngram):
    alone = [word for word in ngram.words if word in index.starting.places]
    assert alone
    for word in alone:
        number = ngram.id(word)
        assert spellings.share[number] == 0
        assert spellings.first[number] == index.starting.places[word]


def test_every_other_word_begins_with_its_piece_and_has_a_share(spellings, index, ngram):
    for number, word in enumerate(ngram.words):
        if word not in index.starting.places:
            assert word.startswith(index.starting.texts[spellings.first[number]])
            assert 0 < spellings.share[number] <= 1


def test_the_words_behind_one_piece_share_all_of_what_goes_on_behind_it(spellings):
    total = np.bincount(spellings.first, spellings.share, spellings.pieces)
    np.testing.assert_allclose(total[total > 0], 1, atol=0.01)


def test_the_more_frequent_of_two_words_behind_one_piece_has_the_larger_share(spellings, ngram):
    for number in np.flatnonzero(spellings.share):
        for other in np.flatnonzero((spellings.first == spellings.first[number]) & (spellings.share > 0)):
            ratio = ngram.frequency(int(number)) / ngram.frequency(int(other))
            assert spellings.share[number] / spellings.share[other] == pytest.approx(ratio, rel=0.01)


def test_a_piece_promises_what_its_most_frequent_word_has(spellings):
    for piece in range(spellings.pieces):
        behind = spellings.share[spellings.first == piece]
        assert spellings.hopes[piece] == max(behind, default=0)


def test_a_word_of_one_piece_is_as_likely_as_that_the_word_ends_there(spellings, ngram, index):
    ending = np.linspace(0.1, 0.2, spellings.pieces, dtype=np.float32)
    nothing = np.zeros(spellings.pieces, np.float32)
    for word in ngram.words:
        if word in index.starting.places:
            wanted = ending[index.starting.places[word]]
            assert spellings.estimate(ngram.id(word), ending, nothing) == pytest.approx(wanted)


def test_a_longer_word_takes_its_share_of_what_goes_on(spellings, ngram):
    going_on = np.linspace(0.1, 0.2, spellings.pieces, dtype=np.float32)
    nothing = np.zeros(spellings.pieces, np.float32)
    number = ngram.id("Himmel")
    wanted = spellings.share[number] * going_on[spellings.first[number]]
    assert spellings.estimate(number, nothing, going_on) == pytest.approx(wanted)


def test_the_same_memory_gives_the_same_file(german, ngram, tokenizer):
    assert spell(ngram, tokenizer) == (german / "spellings.safetensors").read_bytes()


def _refusal(path: Path, index: PieceIndex, ngram: NGramModel) -> str:
    with pytest.raises(ModelError) as caught:
        Spellings.load(path, index, ngram)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path, index, ngram):
    assert "cannot be read" in _refusal(tmp_path / "spellings.safetensors", index, ngram)


@pytest.mark.parametrize("content", [b"", b"something else" * 50], ids=["empty", "foreign"])
def test_a_damaged_file_is_named(tmp_path, index, ngram, content):
    path = tmp_path / "spellings.safetensors"
    path.write_bytes(content)
    assert "cannot be read" in _refusal(path, index, ngram)


def test_half_of_the_spellings_are_none(tmp_path, index, ngram):
    path = tmp_path / "spellings.safetensors"
    path.write_bytes(save({"first": np.zeros(len(ngram.words), np.uint16)}))
    assert "it has no share" in _refusal(path, index, ngram)


def test_a_file_of_another_memory_is_named(english, index, ngram):
    assert "does not fit the n-gram model" in _refusal(english / "spellings.safetensors", index, ngram)


def test_a_file_of_another_tokenizer_is_named(german, tmp_path, index, ngram):
    tensors = load_file(german / "spellings.safetensors")
    tensors["first"][-1] = len(index.starting.ids)
    path = tmp_path / "spellings.safetensors"
    path.write_bytes(save(tensors))
    assert "does not fit the n-gram model" in _refusal(path, index, ngram)
