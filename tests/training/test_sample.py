"""The sample of the corpus: whole documents or lines, from every source as the mixture weighs it, a tenth set aside."""

import numpy as np
import pytest

from autocomplete.errors import ModelError
from autocomplete.model.bundle import SAMPLE, write_bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.sample import Sample
from autocomplete.training.sample import draw_sample
from autocomplete.training.shards import Shard

BOS, NEWLINE = 1, 2


def _shard(documents: int, lines: int, piece: int, weight: float = 1.0) -> Shard:
    """Documents of lines of nine pieces and a newline."""
    document = [BOS, *([piece] * 9 + [NEWLINE]) * lines]
    return Shard(np.array(document * documents, dtype=np.uint16), 0, weight)


def _draw(shards: list[Shard], tokens: int, seed: int = 1) -> Sample:
    return draw_sample(shards, bos=BOS, newline=NEWLINE, seed=seed, tokens=tokens)


def _documents(tokens: np.ndarray) -> list[list[int]]:
    starts = np.flatnonzero(tokens == BOS)
    return [part.tolist() for part in np.split(tokens, starts)[1:]]


def test_each_source_has_its_share_of_the_sample() -> None:
    sample = _draw([_shard(400, 2, 10), _shard(400, 2, 11, weight=0.5)], 6000)
    tokens = np.concatenate([sample.replay, sample.held_out])
    assert abs(len(tokens) - 6000) <= 50
    assert (tokens == 10).sum() / (tokens == 11).sum() == pytest.approx(2, abs=0.05)


def test_one_document_in_ten_is_set_aside_and_none_is_in_both() -> None:
    documents = [[BOS, number, NEWLINE] for number in range(10, 110)]
    sample = _draw([Shard(np.ravel(documents).astype(np.uint16), 0, 1.0)], 10_000)
    replay, held_out = _documents(sample.replay), _documents(sample.held_out)
    assert (len(replay), len(held_out)) == (90, 10)
    assert sorted(replay + held_out) == documents


def test_of_a_long_document_some_whole_lines_are_taken_as_a_document() -> None:
    for seed in range(20):
        sample = _draw([_shard(30, 100, 10)], 20_000, seed)
        for document in _documents(np.concatenate([sample.replay, sample.held_out])):
            assert document == [BOS, *([10] * 9 + [NEWLINE]) * ((len(document) - 1) // 10)]
            assert 1 < len(document) <= 256


def test_a_line_longer_than_that_is_cut() -> None:
    tokens = np.array([BOS, *[10] * 5000, NEWLINE] * 3, dtype=np.uint16)
    sample = _draw([Shard(tokens, 0, 1.0)], 1000)
    assert all(len(document) == 256 for document in _documents(sample.replay))


def test_the_same_seed_draws_the_same() -> None:
    shards = [_shard(300, 3, 10), _shard(50, 90, 11)]
    assert _draw(shards, 3000).as_bytes() == _draw(shards, 3000).as_bytes()
    assert _draw(shards, 3000).as_bytes() != _draw(shards, 3000, seed=2).as_bytes()


def test_a_bundle_gives_its_sample_back_and_one_without_has_none(tmp_path) -> None:
    def bundle(files: dict[str, bytes]):
        return write_bundle(
            tmp_path / "model",
            language="en",
            tokenizer_kind="unigram",
            config=LSTMConfig(300),
            files={"a": b"", **files},
            training={},
        )

    sample = _draw([_shard(40, 3, 10)], 1000)
    read = Sample.load(bundle({SAMPLE: sample.as_bytes()}))
    assert read is not None
    np.testing.assert_array_equal(read.held_out, sample.held_out)
    assert Sample.load(bundle({})) is None
    foreign = Sample(np.array([299, 300], np.uint16), sample.held_out)
    for damaged in (b"", b"something else", foreign.as_bytes()):
        with pytest.raises(ModelError, match=r"sample\.safetensors cannot be read .* install the model again"):
            Sample.load(bundle({SAMPLE: damaged}))
