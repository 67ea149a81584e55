"""What the updates read: all of the person's text in every epoch, and the language's share in between."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.finetuning.batches import LONGEST, Batch, Updates, pieces, sample_documents
from autocomplete.finetuning.lines import Piece

BOS, NEWLINE = 1, 2

_line = st.lists(st.integers(3, 50), min_size=1, max_size=300).map(lambda ids: Piece(ids, [1.0] * len(ids)))
_documents = st.lists(st.lists(_line, min_size=1, max_size=8), min_size=1, max_size=6)


@given(st.lists(_line, min_size=1, max_size=12), st.integers(LONGEST // 4, LONGEST))
def test_pieces_are_the_document_cut_into_texts_of_their_own(document: list[Piece], first: int):
    found = list(pieces(document, BOS, first))
    assert list(chain.from_iterable(piece.tokens[1:] for piece in found)) == [
        token for line in document for token in line.tokens
    ]
    for piece in found:
        assert piece.tokens[0] == BOS
        assert 2 <= len(piece.tokens) <= LONGEST
        assert piece.weights == [0.0] + [1.0] * (len(piece.tokens) - 1)


def _updates(own: list[list[Piece]], replay: list[list[Piece]], share: float = 0.5, seed: int = 1) -> Updates:
    return Updates(own, replay, bos=BOS, tokens=60, share=share, seed=seed)


def _read(batch: Batch) -> list[int]:
    """The tokens that teach, in no order."""
    return sorted(batch.tokens[1:][batch.weights > 0].tolist())


@given(_documents)
def test_every_epoch_reads_all_of_the_text(documents: list[list[Piece]]):
    updates = _updates(documents, [])
    wanted = sorted(token for document in documents for line in document for token in line.tokens)
    for epoch in range(2):
        read = [_read(updates[epoch * updates.per_epoch + place].own) for place in range(updates.per_epoch)]
        assert all(read)
        if sum(map(len, read)) == len(wanted):  # a text of few pieces is read more than once
            assert sorted(chain.from_iterable(read)) == wanted
        assert set(chain.from_iterable(read)) == set(wanted)


@given(_documents, _documents)
def test_the_language_has_its_share_of_each_update(own: list[list[Piece]], replay: list[list[Piece]]):
    update = _updates(own, replay)[0]
    assert update.replay is not None
    share = 0.5 * sum(len(column) for column in _columns(update.own))
    assert share <= sum(len(column) for column in _columns(update.replay)) < share + LONGEST


def _columns(batch: Batch) -> list[list[int]]:
    return [column[column > 0].tolist() for column in batch.tokens.T]


def test_the_same_seed_reads_the_same_and_each_epoch_another_order():
    own = [[Piece([token] * 20, [1.0] * 20)] * 3 for token in range(3, 30)]
    updates = _updates(own, own)
    order = [updates[place].own.tokens.tolist() for place in range(2 * updates.per_epoch)]
    again = _updates(own, own)
    assert [again[place].own.tokens.tolist() for place in reversed(range(2 * updates.per_epoch))] == order[::-1]
    assert order[: updates.per_epoch] != order[updates.per_epoch :]
    assert _updates(own, own, seed=2)[0].own.tokens.tolist() != order[0]


def test_without_a_share_or_a_sample_nothing_is_replayed():
    own = [[Piece([5] * 20, [1.0] * 20)]]
    assert _updates(own, own, share=0)[0].replay is None
    assert _updates(own, [])[0].replay is None


def test_text_that_teaches_nothing_is_left_out():
    own = [[Piece([5] * 20, [0.0] * 20)], [Piece([6] * 20, [1.0] * 20)]]
    updates = _updates(own, [])
    assert set(chain.from_iterable(_read(updates[place].own) for place in range(updates.per_epoch))) == {6}


def test_a_sample_is_cut_at_its_documents_and_lines():
    tokens = np.array([BOS, 5, 6, NEWLINE, 7, NEWLINE, BOS, 8, NEWLINE], np.uint16)
    found = sample_documents(tokens, bos=BOS, newline=NEWLINE)
    assert [[line.tokens for line in document] for document in found] == [
        [[5, 6, NEWLINE], [7, NEWLINE]],
        [[8, NEWLINE]],
    ]
