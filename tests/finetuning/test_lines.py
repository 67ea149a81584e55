"""Which lines are learned from, which measured on, and what of them teaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete import TuningError
from autocomplete.finetuning.lines import documents, encode, own_words, split_lines
from autocomplete.text.line import LEFT_OUT, Line, Span
from autocomplete.text.tokenizer import Tokenizer


def _lines(count: int, words: int = 10) -> list[Line]:
    return [Line(" ".join(["word"] * words), "en", float(number)) for number in range(count)]


def test_the_newest_tenth_is_set_aside():
    split = split_lines(_lines(1000))
    assert split.learned + split.aside == tuple(_lines(1000))
    assert (split.words, split.words_aside) == (9000, 1000)


def test_of_little_text_more_is_set_aside_and_of_much_only_what_is_quick_to_measure():
    assert split_lines(_lines(100)).words_aside == 200
    assert split_lines(_lines(30)).words_aside == 100
    assert split_lines(_lines(10_000)).words_aside == 3000


def test_too_little_text_says_how_much_is_missing():
    with pytest.raises(TuningError, match="10 more words of yours are needed"):
        split_lines(_lines(19))
    assert split_lines(_lines(20)).words > 100


def test_words_that_somebody_else_wrote_do_not_count():
    line = Line("pasted words here but typed there", "en", 0.0, (Span(18, 33, 1.0),))
    assert own_words(line) == 3
    with pytest.raises(TuningError, match="140 more"):
        split_lines([line] * 20)


def test_lines_mostly_pasted_are_not_measured_on():
    typed = Line("all of it is typed by me", "en", 0.0)
    pasted = Line("a long line that was pasted with one word", "en", 0.0, (Span(33, 36, 1.0),))
    split = split_lines([typed] * 40 + [pasted, typed] * 20)
    assert set(split.aside) == {typed}
    assert pasted in split.learned


@given(st.lists(st.integers(0, 40), min_size=1, max_size=300))
def test_a_split_loses_no_line_and_keeps_their_order(lengths: list[int]):
    lines = [Line("word " * length, "en", float(number)) for number, length in enumerate(lengths)]
    total = sum(lengths)
    if total < 200:
        with pytest.raises(TuningError, match=f"{200 - total} more words"):
            split_lines(lines)
        return
    split = split_lines(lines)
    wordless = [line for line in lines[len(split.learned) :] if not line.text]
    assert list(split.learned) + sorted([*split.aside, *wordless], key=lambda line: line.time) == lines
    assert split.words + split.words_aside == total


@pytest.fixture(scope="module")
def tokenizer(english) -> Tokenizer:
    return Tokenizer.load(english / "tokenizer.model")


def _taught(line: Line, tokenizer: Tokenizer) -> str:
    tokens, weights = encode(line, tokenizer)
    return tokenizer.decode([token for token, weight in zip(tokens, weights, strict=True) if weight])


def test_a_line_is_its_tokens_and_its_end(tokenizer):
    line = Line("They would like to read.", "en", 0.0)
    tokens, weights = encode(line, tokenizer)
    assert tokens == tokenizer.encode("They would like to read.\n")
    assert set(weights) == {1.0}


def test_what_is_outside_the_spans_is_read_and_not_learned(tokenizer):
    line = Line("They would like to read", "en", 0.0, (Span(5, 10, 2.0), Span(16, 18, 1.0)))
    tokens, weights = encode(line, tokenizer)
    assert tokens == tokenizer.encode("They would like to read\n")
    assert _taught(line, tokenizer).strip() == "would to"
    assert max(weights) == 2.0


def test_what_stands_for_a_secret_is_not_learned(tokenizer):
    line = Line(f"my card is {LEFT_OUT} and yours", "en", 0.0)
    assert LEFT_OUT not in _taught(line, tokenizer)
    assert "and yours" in _taught(line, tokenizer)


def test_lines_belong_together_until_a_pause():
    times = [0.0, 1.0, 600.0, 1201.0, 1202.0, 5.0]
    found = documents([Line("a", "en", time) for time in times])
    assert [[line.time for line in document] for document in found] == [[0.0, 1.0, 600.0], [1201.0, 1202.0], [5.0]]
