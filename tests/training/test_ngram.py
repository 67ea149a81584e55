"""The n-gram model is made of the corpus's own word sequences, within the room it is given."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load

from autocomplete.errors import CorpusError
from autocomplete.model.ngram import NGramModel
from autocomplete.text.reading import read_tokens
from autocomplete.training import ngram_counts
from autocomplete.training.mixture import Source
from autocomplete.training.ngram import NGramOptions, count_ngrams
from autocomplete.training.ngram_text import Vocabulary

ALL = NGramOptions(min_word=1.0, min_counts=(1.0, 1.0, 1.0))
texts = st.text(st.sampled_from(list("abCÄß .!?…,;'’-1\n")) | st.characters(codec="utf-8"), max_size=40)


@pytest.fixture
def remember(tmp_path):
    """The memory of some texts, each a source with a weight."""

    def remember(*weighted: tuple[str, float], options: NGramOptions = ALL) -> NGramModel:
        sources = []
        for number, (text, weight) in enumerate(weighted):
            path = tmp_path / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            sources.append(Source(path, weight))
        file = tmp_path / "ngram.safetensors"
        file.write_bytes(count_ngrams(sources, options))
        return NGramModel.load(file)

    return remember


def _probability(memory: NGramModel, context: list[str], word: str) -> float:
    at = memory.id(word)
    assert at is not None
    return float(memory.after(context).of(at, at + 1)[0])


def _bytes(memory: bytes) -> int:
    """What the tensors of a memory take, without their names and places."""
    return sum(tensor.nbytes for tensor in load(memory).values())


@given(st.lists(texts, min_size=1, max_size=4))
def test_the_text_is_read_as_read_tokens_reads_it(parts) -> None:
    documents = [part + "\n" for part in parts]
    vocabulary = Vocabulary()
    ids, begins = vocabulary.read(documents)
    found = [(vocabulary.tokens[i], flag) for i, flag in zip(ids, begins.tolist(), strict=True)]
    assert found == list(read_tokens("".join(documents)))


def test_what_often_followed_is_likely(remember) -> None:
    memory = remember(("I am on my way.\n" * 8 + "I am on my own.\n" * 2, 1.0))
    assert _probability(memory, ["am", "on", "my"], "way") > 0.6
    assert _probability(memory, ["am", "on", "my"], "own") > 0.1
    assert _probability(memory, ["am", "on", "my"], "am") < 0.1


def test_probabilities_behind_a_context_add_up_to_one(remember) -> None:
    memory = remember(("I am on my way. You are on my list. We are here.\n" * 5, 1.0))
    total = memory.after(["are", "on", "my"]).of(0, len(memory.words)).sum()
    assert total == pytest.approx(1, abs=0.05)


def test_a_source_counts_as_it_weighs(remember) -> None:
    memory = remember(("on my way\n" * 10, 0.5), ("on my own\n" * 10, 2.0))
    way, own = (_probability(memory, ["on", "my"], word) for word in ("way", "own"))
    assert own == pytest.approx(4.2 * way, rel=0.2)


def test_a_sentence_start_does_not_make_a_word_capital(remember) -> None:
    memory = remember(("We go. They said we go to Berlin.\n" * 5, 1.0))
    assert memory.id("we") is not None
    assert memory.id("We") is None
    assert memory.id("Berlin") is not None


def test_counting_in_small_parts_changes_nothing(write_text, monkeypatch) -> None:
    sources = [Source(write_text("a.txt")), Source(write_text("b.txt", seed=2), 0.25)]
    whole = count_ngrams(sources, NGramOptions())
    monkeypatch.setattr(ngram_counts, "_AT_ONCE", 100)
    assert count_ngrams(sources, NGramOptions()) == whole


def test_the_rare_ones_go_until_the_file_fits(write_text) -> None:
    sources = [Source(write_text(count=3000))]
    free = count_ngrams(sources, ALL)
    room = 0.8 * _bytes(free)
    small = count_ngrams(sources, replace(ALL, megabytes=room / 1e6))
    assert 0.8 * room < _bytes(small) < 1.05 * room
    assert 0 < len(load(small)["words.3"]) < len(load(free)["words.3"])


def test_of_two_words_the_one_seen_in_more_places_is_likelier_in_a_new_one(remember) -> None:
    new = "New York. " * 12
    varied = "".join(f"{a} car. " for a in ("my", "a", "the", "his", "her", "our"))
    memory = remember(((new + varied * 2 + "\n") * 3, 1.0))
    assert _probability(memory, ["xyzzy"], "car") > _probability(memory, ["xyzzy"], "York")
    assert _probability(memory, ["New"], "York") > 0.8


def test_n_grams_of_five_words_are_remembered(remember) -> None:
    memory = remember(("a b c d X.\nf b c d Y.\n" * 9, 1.0), options=replace(ALL, min_counts=(1.0,) * 4))
    assert _probability(memory, ["a", "b", "c", "d"], "X") > 0.8
    assert _probability(memory, ["f", "b", "c", "d"], "Y") > 0.8


def test_words_without_room_in_the_vocabulary_are_rare_ones(remember) -> None:
    text = "we go by train.\n" * 9 + "by Zeppelin.\n" * 2 + "by dinghy.\n"
    memory = remember((text, 1.0), options=replace(ALL, min_word=3.0, min_rare=2.0))
    assert list(memory.words) == ["by", "go", "train", "we"]
    assert list(memory.rare.words) == ["Zeppelin"]
    rare = memory.after(["by"]).unforeseen * memory.rare.probability("Zeppelin")
    assert 0 < rare < _probability(memory, ["by"], "train")
    assert list(memory.rare.best("zep", 3)) == ["Zeppelin"]


def test_what_follows_unknown_words_is_remembered(remember) -> None:
    text = "".join(f"mister {name} says so.\n" for name in ("Xyz", "Plugh", "Foo", "Bar", "Baz"))
    memory = remember((text, 1.0), options=replace(ALL, min_word=3.0))
    assert memory.id("Foo") is None
    assert _probability(memory, ["mister", "Quux"], "says") > 0.5


def test_room_for_nothing_is_refused(write_text) -> None:
    with pytest.raises(CorpusError, match="give more --ngram-megabytes"):
        count_ngrams([Source(write_text())], NGramOptions(megabytes=0.0))


def test_a_text_without_words_is_refused(tmp_path) -> None:
    path = tmp_path / "numbers.txt"
    path.write_text("1 2 3\n4 5 6\n")
    with pytest.raises(CorpusError, match="too few words"):
        count_ngrams([Source(path)], ALL)
