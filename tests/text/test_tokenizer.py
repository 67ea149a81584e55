"""Every text has tokens and comes back from them; a word has the same ones wherever it stands."""

import io

import pytest
import sentencepiece
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.errors import ModelError
from autocomplete.text.tokenizer import SPACE_MARK, Tokenizer
from autocomplete.text.units import count_closed, split_units
from tests.tiny_model import sentences, tiny_tokenizer

WORDS = ["Straße", "uber", "Über", "I'm", "geht's", "x" * 60, "日本", "שלום", "m²"]
SIGNS = [" ", "  ", "\n", ".", "„", "3", "▁", "\0", "\ud83d", "👋🏽", "u\u0308", "\u202e", "\r", "<s>", "<0x41>", "’"]
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS + SIGNS), max_size=10).map("".join), st.text(st.characters()))


@given(text=TEXTS, line_start=st.booleans())
def test_every_text_comes_back_unchanged(tokenizer, text, line_start):
    ids = tokenizer.encode(text, line_start=line_start)
    assert tokenizer.decode(ids, line_start=line_start) == text


@given(text=TEXTS)
def test_no_text_is_spelled_with_a_control_piece(tokenizer, text):
    assert not any(tokenizer.is_control(token) for token in tokenizer.encode(text))


@given(text=TEXTS)
def test_unit_by_unit_is_the_whole_text(tokenizer, text):
    ids: list[int] = []
    line_start = True
    for unit in split_units(text):
        ids += tokenizer.encode_unit(unit, line_start=line_start)
        line_start = unit == "\n"
    assert ids == tokenizer.encode(text)


@given(before=TEXTS, behind=TEXTS)
def test_text_cut_where_units_are_closed_has_the_tokens_of_its_parts(tokenizer, before, behind):
    units = split_units(before)
    read = "".join(units[: count_closed(units)])
    rest = before[len(read) :] + behind
    parts = tokenizer.encode(read) + tokenizer.encode(rest, line_start=read[-1:] in ("", "\n"))
    assert parts == tokenizer.encode(before + behind)


def test_what_it_was_trained_on_comes_back(tokenizer):
    text = sentences("de")
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_a_document_start_in_the_ids_is_no_text(tokenizer):
    ids = [tokenizer.bos, *tokenizer.encode("Ich bin\n"), tokenizer.bos, *tokenizer.encode("müde")]
    assert tokenizer.decode(ids) == "Ich bin\nmüde"


def test_a_word_has_the_same_pieces_in_a_line_and_at_its_start(tokenizer):
    inside = tokenizer.encode("x Himmel")[len(tokenizer.encode("x")) :]
    assert tokenizer.encode("Himmel") == inside
    assert tokenizer.encode("\nHimmel")[1:] == inside


def test_a_word_behind_a_sign_has_no_space_in_its_pieces(tokenizer):
    first = tokenizer.encode("(Himmel")[1]
    assert not tokenizer.pieces[first].startswith(SPACE_MARK)
    assert tokenizer.continues_word(first)


def test_subwords_are_fewer_than_characters(subwords):
    characters = Tokenizer(tiny_tokenizer("de", "char"))
    text = sentences("de")[:2000]
    assert len(subwords.encode(text)) < 0.6 * len(characters.encode(text))


def test_digits_and_signs_are_pieces_of_their_own(subwords):
    assert [subwords.pieces[token] for token in subwords.encode("15:30\n!")] == ["1", "5", ":", "3", "0", "\n", "!"]
    assert subwords.encode("\n") == [subwords.newline]


def test_what_no_piece_spells_is_spelled_in_bytes(tokenizer):
    ids = tokenizer.encode("👋")
    assert len(ids) == 4
    assert all(tokenizer.is_byte(token) and not tokenizer.spells_word(token) for token in ids)


def _foreign_model() -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences("en").splitlines()), model_writer=model, vocab_size=120, minloglevel=2
    )
    return model.getvalue()


@pytest.mark.parametrize("damage", ["empty", "truncated", "foreign bytes", "foreign pieces"])
def test_a_file_that_is_no_tokenizer_of_ours_is_named(tmp_path, capfd, damage):
    path = tmp_path / "tokenizer.model"
    whole = tiny_tokenizer("de")
    content = {"empty": b"", "truncated": whole[:2000], "foreign bytes": b"{}" * 99, "foreign pieces": _foreign_model()}
    path.write_bytes(content[damage])
    capfd.readouterr()
    with pytest.raises(ModelError, match=r"tokenizer\.model cannot be read .*install the model again"):
        Tokenizer.load(path)
    assert not capfd.readouterr().err


def test_a_tokenizer_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"tokenizer\.model cannot be read"):
        Tokenizer.load(tmp_path / "tokenizer.model")
