"""Words in one piece of memory behave like a sorted list of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.model.wordlist import WordList, compress, decompress
from autocomplete.text.folding import fold

WORDS = st.lists(st.text("abÄäßé'", min_size=1, max_size=4), unique=True).map(
    lambda words: sorted(words, key=lambda word: (fold(word), word))
)


def listed(words: list[str]) -> WordList:
    return decompress(compress(words))


@given(WORDS)
def test_it_reads_like_a_list(words) -> None:
    found = listed(words)
    assert len(found) == len(words)
    assert list(found) == words
    assert [found[i] for i in range(-len(words), len(words))] == words + words
    assert found[1:3] == words[1:3]


@given(WORDS, st.text("abs'", max_size=3))
def test_words_are_found_by_their_beginning_and_as_a_whole(words, prefix) -> None:
    found = listed(words)
    low, high = found.slice(prefix, fold)
    assert found[low:high] == [word for word in words if fold(word).startswith(prefix)]
    assert [found[i] for i in found.equal(prefix, fold)] == [word for word in words if fold(word) == prefix]
    assert listed([fold(word) for word in words]).slice(prefix) == (low, high)


@pytest.mark.parametrize("at", [2, -3])
def test_there_is_nothing_beyond_the_ends(at) -> None:
    with pytest.raises(IndexError):
        listed(["a", "b"])[at]
