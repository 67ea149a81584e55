"""A typed prefix is one slice of the pieces."""

from hypothesis import given
from hypothesis import strategies as st

from autocomplete.text.folding import fold
from autocomplete.text.index import PieceIndex, PieceList
from autocomplete.text.tokenizer import SPACE_MARK, Tokenizer

LETTERS = "aäsß'u\U0010fffd"
PIECES = st.lists(st.text(LETTERS, max_size=4), max_size=20)


def _list(texts: list[str]) -> PieceList:
    return PieceList(list(enumerate(texts)))


@given(PIECES, st.text(LETTERS, max_size=4).map(fold))
def test_a_slice_holds_exactly_the_pieces_that_begin_with_the_prefix(texts, prefix):
    pieces = _list(texts)
    found = sorted(int(pieces.ids[i]) for i in pieces.covering(prefix))
    assert found == [i for i, text in enumerate(texts) if fold(text).startswith(prefix)]


@given(PIECES, st.text(LETTERS, max_size=4).map(fold))
def test_shorter_pieces_are_the_proper_beginnings_of_the_prefix(texts, prefix):
    pieces = _list(texts)
    found = sorted(int(pieces.ids[i]) for i in pieces.within(prefix))
    shorter = [i for i, text in enumerate(texts) if prefix.startswith(fold(text)) and fold(text) != prefix]
    assert found == shorter


@given(PIECES)
def test_what_is_known_of_a_piece_stands_at_one_place(texts):
    pieces = _list(texts)
    for i, token in enumerate(pieces.ids.tolist()):
        assert pieces.texts[i] == texts[token]
        assert pieces.folded[i] == fold(texts[token])
        assert pieces.closes[i] == texts[token][-1:].isalpha()


def test_pieces_with_a_space_begin_words_and_the_others_continue_them(subwords: Tokenizer):
    index = PieceIndex(subwords)
    assert {subwords.pieces[token] for token in index.starting.ids} == {
        piece for i, piece in enumerate(subwords.pieces) if piece.startswith(SPACE_MARK) and subwords.spells_word(i)
    }
    assert all(subwords.continues_word(token) for token in index.continuing.ids.tolist())
    both = {*index.starting.ids.tolist(), *index.continuing.ids.tolist()}
    left = [piece for i, piece in enumerate(subwords.pieces) if i not in both and not subwords.is_byte(i)]
    assert not any(c.isalpha() for piece in left for c in piece if piece not in ("<s>", "<unk>"))
