"""Shards: the corpus as tokens on disk, made once and whole or not at all."""

import numpy as np
import pytest

from autocomplete.errors import CorpusError
from autocomplete.training import shards as module
from autocomplete.training.mixture import Source
from autocomplete.training.shards import (
    Shard,
    count_ends,
    count_pieces,
    pack,
    tokens_per_character,
)


def test_a_shard_spells_the_corpus_with_bos_before_each_document(write_text, tokenizer, tmp_path) -> None:
    path = write_text(count=12)
    (shard,) = pack([Source(path)], tokenizer, tmp_path / "shards")
    wanted = path.read_text().replace("\n\n", "\n")
    assert tokenizer.decode(shard.tokens.tolist()) == wanted
    assert np.count_nonzero(shard.tokens == tokenizer.bos) == 3
    assert shard.characters == len(wanted)


def test_what_is_packed_is_not_packed_again(write_text, tokenizer, tmp_path, monkeypatch) -> None:
    source = Source(write_text(), 0.5)
    (first,) = pack([source], tokenizer, tmp_path / "shards")
    monkeypatch.setattr(module, "documents", None)
    (again,) = pack([source], tokenizer, tmp_path / "shards")
    np.testing.assert_array_equal(first.tokens, again.tokens)
    assert (again.characters, again.weight) == (first.characters, 0.5)


def test_a_source_that_fails_halfway_leaves_no_shard(tokenizer, tmp_path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(b"good line\n" * 30_000 + b"\xff\n")
    with pytest.raises(CorpusError):
        pack([Source(path)], tokenizer, tmp_path / "shards")
    assert list((tmp_path / "shards").iterdir()) == []


def test_pieces_are_counted_by_weight(tokenizer) -> None:
    one, two = np.array([5, 5, 6], np.uint16), np.array([6, 7], np.uint16)
    counts = count_pieces([Shard(one, 9, 1.0), Shard(two, 9, 0.5)], 8)
    assert counts.tolist() == [0, 0, 0, 0, 0, 2, 1.5, 0.5]


def test_a_piece_ends_its_word_where_no_continuing_piece_follows(tokenizer) -> None:
    ids = tokenizer.encode("so so sob\n" * 100)
    ends = count_ends([Shard(np.array(ids, np.uint16), 1000, 1.0)], tokenizer)
    (letter,) = {token for token in ids if tokenizer.pieces[token] == "o"}
    assert ends[letter] == pytest.approx(2 / 3, abs=0.01)
    assert ends[tokenizer.bos] == 0.5  # never seen


def test_tokens_per_character_weighs_the_sources() -> None:
    one, two = np.zeros(10, np.uint16), np.zeros(40, np.uint16)
    shards = [Shard(one, 20, 2.0), Shard(two, 40, 0.5)]
    assert tokens_per_character(shards) == pytest.approx(40 / 60)
