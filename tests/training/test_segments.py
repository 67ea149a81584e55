"""Segments: the order in which training reads, from document and line starts, by weight and seed."""

import numpy as np
import pytest

from autocomplete.errors import CorpusError
from autocomplete.training.segments import Segments
from autocomplete.training.shards import Shard

BOS, NEWLINE, LENGTH = 1, 2, 16


def _shard(documents: int, lines: int, weight: float = 1.0, first: int = 10) -> Shard:
    """Documents of so many lines of six words each; a word's id tells where it stands."""
    ids: list[int] = []
    for _ in range(documents):
        ids.append(BOS)
        for _ in range(lines):
            ids += [*range(first, first + 6), NEWLINE]
            first += 6
    return Shard(np.array(ids, np.uint16), len(ids), weight)


def _segments(shards: list[Shard], batch: int = 2, seed: int = 1) -> Segments:
    return Segments(shards, bos=BOS, newline=NEWLINE, length=LENGTH, batch=batch, seed=seed)


def _epoch(segments: Segments) -> np.ndarray:
    """All segments of the first epoch, one a row."""
    batches = [segments.batch(k).T for k in range(segments.batches_per_epoch)]
    return np.concatenate(batches)


def test_a_batch_has_segments_as_columns_and_the_token_behind_them() -> None:
    assert _segments([_shard(50, 2)], batch=3).batch(0).shape == (LENGTH + 1, 3)


def test_segments_begin_where_documents_begin() -> None:
    shard = _shard(200, 2)
    begins = {int(shard.tokens[at + 1]) for at in np.flatnonzero(shard.tokens == BOS)}
    rows = _epoch(_segments([shard]))
    assert (rows[:, 0] == BOS).all()
    assert np.mean([row[1] in begins for row in rows]) > 0.4


def test_long_documents_are_read_to_their_end_from_line_starts() -> None:
    shard = _shard(1, 300)
    rows = _epoch(_segments([shard]))
    assert (rows[:, 0] == BOS).all()
    assert ((rows[:, 1] - 10) % 6 == 0).all()
    seen = set(rows.ravel().tolist())
    words = {token for token in shard.tokens.tolist() if token >= 10}
    assert len(words & seen) > 0.9 * len(words)


def test_a_source_is_read_as_often_as_it_weighs() -> None:
    sources = [_shard(100, 3, 1.0, 10), _shard(100, 3, 2.5, 10_000), _shard(100, 3, 0.5, 20_000)]
    rows = _epoch(_segments(sources))
    counts = [np.count_nonzero(rows[:, 1] // 10_000 == number) for number in range(3)]
    assert counts[1] == pytest.approx(2.5 * counts[0], abs=2)
    assert counts[2] == pytest.approx(0.5 * counts[0], abs=2)


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    shard = _shard(100, 2)
    first, again, other = (_segments([shard], seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.batch(3), again.batch(3))
    assert not np.array_equal(first.batch(3), other.batch(3))


def test_epochs_differ_and_any_batch_can_be_asked_for_first() -> None:
    segments, later = _segments([_shard(100, 2)]), _segments([_shard(100, 2)])
    second_epoch = segments.batches_per_epoch
    assert not np.array_equal(segments.batch(0), segments.batch(second_epoch))
    np.testing.assert_array_equal(later.batch(second_epoch), segments.batch(second_epoch))


def test_a_corpus_smaller_than_a_batch_says_what_to_do() -> None:
    with pytest.raises(CorpusError, match=r"or a smaller --batch or --segment\."):
        _segments([_shard(2, 1)], batch=8)
