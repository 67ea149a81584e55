"""Tensors made to do harm are refused when a model is loaded, in a sentence that names the file, not at a later key."""

import json
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autocomplete
from tests.model.crafted import Tensors, alter, refusal, replace

WEIGHTS, NGRAM, SPELLINGS = "weights.safetensors", "ngram.safetensors", "spellings.safetensors"


def shorter(name: str) -> Callable[[Tensors], object]:
    return lambda tensors: tensors.update({name: tensors[name][:-1]})


def of_kind(name: str, kind: type) -> Callable[[Tensors], object]:
    return lambda tensors: tensors.update({name: tensors[name].astype(kind)})


def wider(name: str) -> Callable[[Tensors], object]:
    return of_kind(name, np.float32)


def with_first(name: str, value: float) -> Callable[[Tensors], object]:
    def change(tensors: Tensors) -> None:
        tensors[name].ravel()[0] = value

    return change


def without(name: str) -> Callable[[Tensors], object]:
    return lambda tensors: tensors.pop(name)


WEIGHT_NAMES = [
    *("embedding.weight", "bias", "projection.weight", "projection.bias"),
    *("lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l0", "lstm.bias_hh_l0"),
    *("end_query.weight", "end_query.bias", "end_vectors", "end_bias"),
]


@pytest.mark.parametrize("name", WEIGHT_NAMES)
@pytest.mark.parametrize("change", [shorter, wider, without])
def test_weights_of_other_shapes_are_refused(model, name, change):
    alter(model, WEIGHTS, change(name))
    sentence = refusal(model)
    assert WEIGHTS in sentence
    assert name in sentence


@pytest.mark.parametrize("name", WEIGHT_NAMES)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_refused(model, name, value):
    alter(model, WEIGHTS, with_first(name, value))
    assert f"its {name} holds what is not a number" in refusal(model)


@pytest.mark.parametrize("name", ["starting", "continuing"])
def test_pieces_that_are_not_the_tokenizers_are_refused(model, name):
    alter(model, WEIGHTS, with_first(name, 65_535))
    assert "was made for other pieces" in refusal(model)
    alter(model, WEIGHTS, of_kind(name, np.float64))
    assert WEIGHTS in refusal(model)


def count(name: str, value: int) -> Callable[[Tensors], object]:
    """All counts as if they were that many, so that they go on far behind the end."""
    return lambda tensors: tensors[name].fill(value)


def announcing(words: list[int], gains: list[int], last: int) -> Callable[[Tensors], object]:
    """As if the first of all words announced others."""

    def change(tensors: Tensors) -> None:
        tensors["triggers.words"], tensors["triggers.gains"] = np.array(words, np.uint16), np.array(gains, np.uint8)
        tensors["triggers.offsets"][1:] = last

    return change


@pytest.mark.parametrize(
    ("named", "change"),
    [
        ("unigram", shorter("unigram")),
        ("unigram", of_kind("unigram", np.float64)),
        ("unigram", with_first("unigram", np.nan)),
        ("unigram", with_first("unigram", np.inf)),
        ("unigram", with_first("unigram", -1)),
        ("unigram", with_first("unigram", 1e30)),
        ("triggers.offsets", shorter("triggers.offsets")),
        ("triggers.offsets", with_first("triggers.offsets", 5)),
        ("triggers.offsets", of_kind("triggers.offsets", np.int64)),
        ("triggers.offsets", announcing([3, 4], [1, 1], last=9)),
        ("triggers.offsets", announcing([3, 4], [1, 1], last=1)),
        ("triggers.words", announcing([3, 65_535], [1, 1], last=2)),
        ("triggers.gains", announcing([3, 4], [1], last=2)),
        ("rare.most", with_first("rare.most", np.nan)),
        ("rare.most", shorter("rare.most")),
        ("rare.words", without("rare.words")),
        ("children.1", shorter("lefts.1")),
        ("backoffs.1", shorter("backoffs.1")),
        ("masses.1", shorter("masses.1")),
        ("children.1", without("children.1")),
        ("children.2", count("children.2", 254)),
        ("children.2.large", count("children.2", 255)),
        ("successors.1", count("successors.1", 254)),
        ("successors.1", shorter("successors.1")),
        ("words.1", with_first("words.1", 65_535)),
        ("words.1", count("words.1", 0)),
        ("words.1", of_kind("words.1", np.int16)),
        ("masses.1", of_kind("masses.1", np.float32)),
    ],
)
def test_a_memory_whose_parts_do_not_fit_is_refused(model, named, change):
    alter(model, NGRAM, change)
    sentence = refusal(model)
    assert NGRAM in sentence
    assert named.removesuffix(".large") in sentence


def packed(content: bytes) -> np.ndarray[Any, Any]:
    return np.frombuffer(zlib.compress(content), np.uint8)


def test_words_that_differ_in_number_are_refused(model):
    alter(model, NGRAM, lambda tensors: tensors.update(folded=packed(b"a\nb")))
    assert "2 without their case" in refusal(model)


@pytest.mark.parametrize("name", ["words", "folded", "rare.words"])
@pytest.mark.parametrize("content", [b"a\n\nb", b"\na", b"a\n"])
def test_an_empty_word_is_refused(model, name, content):
    alter(model, NGRAM, lambda tensors: tensors.update({name: packed(content)}))
    assert "one of its words is empty" in refusal(model)


@pytest.mark.parametrize("name", ["words", "folded", "rare.words", "rare.shares"])
def test_words_that_unpack_without_end_are_refused(model, name):
    alter(model, NGRAM, lambda tensors: tensors.update({name: packed(bytes(200_000_000))}))
    assert "it unpacks to more than" in refusal(model)


def test_words_that_are_cut_off_are_refused(model):
    alter(model, NGRAM, lambda tensors: tensors.update({"words": tensors["words"][:-8]}))
    assert "cut off" in refusal(model)


def test_rare_words_that_are_no_utf8_can_be_typed(model):
    def change(tensors: Tensors) -> None:
        tensors |= {"rare.words": packed(b"ab\xff\nzz"), "rare.shares": packed(b"\0\0")}

    alter(model, NGRAM, change)
    stream = autocomplete.load(model).stream()
    for text in ("a", "ab", "z", "zz"):
        stream.update(text)
        assert all(suggestion.text.encode() for suggestion in stream.suggest(5))


@pytest.mark.parametrize(
    "change",
    [
        shorter("first"),
        shorter("share"),
        with_first("first", 65_535),
        with_first("share", np.nan),
        of_kind("first", np.int64),
        of_kind("share", np.float32),
        without("share"),
    ],
)
def test_spellings_that_do_not_fit_are_refused(model, change):
    alter(model, SPELLINGS, change)
    assert SPELLINGS in refusal(model)


@pytest.mark.parametrize("name", [WEIGHTS, NGRAM, SPELLINGS])
def test_a_kind_of_number_that_numpy_does_not_know_is_refused(model, name):
    header = json.dumps({"bias": {"dtype": "F8_E4M3", "shape": [2], "data_offsets": [0, 2]}}).encode()
    replace(model, name, len(header).to_bytes(8, "little") + header + b"\0\0")
    assert name in refusal(model)
