"""Training a tokenizer: the same text gives the same pieces, weights count."""

from collections import Counter

import pytest

from autocomplete.errors import CorpusError
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.mixture import Source
from autocomplete.training.tokenizer import count_units, train_tokenizer


@pytest.fixture
def counts(write_text) -> Counter[str]:
    return count_units([Source(write_text())])


def test_training_repeats_byte_for_byte(counts) -> None:
    again = Counter(dict(reversed(counts.items())))
    assert train_tokenizer(counts, 360) == train_tokenizer(again, 360)


def test_words_of_the_text_become_pieces_and_text_comes_back(counts) -> None:
    tokenizer = Tokenizer(train_tokenizer(counts, 360))
    assert tokenizer.size == 360
    text = "Anna sees the blue book.\nGrüße 🙂\n"
    assert tokenizer.decode(tokenizer.encode(text)) == text
    assert len(tokenizer.encode("the")) == 1


def test_characters_are_a_tokenizer_too(tokenizer) -> None:
    text = "Anna sees\nZoë"
    assert tokenizer.decode(tokenizer.encode(text)) == text
    assert len(tokenizer.encode("house")) == len("▁house")


def test_a_source_weighs_as_often_as_it_is_read(write_text) -> None:
    one, other = write_text("a.txt", 50), write_text("b.txt", 50, seed=2)
    alone, beside = count_units([Source(one)]), count_units([Source(other)])
    both = count_units([Source(one, 2.0), Source(other, 0.5)])
    assert both[" the"] == round(2 * alone[" the"] + 0.5 * beside[" the"])


def test_too_few_words_for_the_pieces_wanted_are_told(counts) -> None:
    with pytest.raises(CorpusError, match=r"5000 pieces can't be made .* give another --pieces"):
        train_tokenizer(counts, 5000)
