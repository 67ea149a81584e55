"""The four networks are of one size and keep their word: the cache changes nothing, the sentences are what they say."""

from pathlib import Path

import pytest
import torch

from autocomplete.text.index import PieceIndex
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.mixture import Source
from autocomplete.training.segments import Segments
from autocomplete.training.shards import count_pieces, pack
from autocomplete.training.word_ends import WordEnds
from benchmarks.architectures.measures import bits_per_character
from benchmarks.architectures.network import Network
from benchmarks.architectures.runtime import NetworkRuntime, completer
from benchmarks.architectures.sentences import DISTANCES, pairs, training_lines
from benchmarks.architectures.sizes import KINDS, TOLERANCE, Kind, build
from benchmarks.architectures.training import Budget, LastWords, everything, train
from benchmarks.architectures.transformer import Transformer
from tests.tiny_model import sentences, tiny_tokenizer

VOCABULARY = 300


@pytest.fixture(autouse=True)
def repeatable() -> None:
    torch.manual_seed(3)


def test_the_networks_have_as_many_parameters_to_two_percent() -> None:
    counts = [build(kind, 12_000).parameters_in_all for kind in KINDS]
    assert max(counts) / min(counts) < 1 + TOLERANCE


@pytest.mark.parametrize("kind", KINDS)
def test_steps_give_what_reading_at_once_gives(kind: Kind) -> None:
    network = build(kind, VOCABULARY, hidden=128).eval()
    tokens = torch.randint(VOCABULARY, (40, 1))
    with torch.inference_mode():
        at_once, _ = network(tokens)
        state, steps = network.start(), []
        for token in tokens[:, 0].tolist():
            projected, (state,) = network.step([token], [state])
            steps.append(projected)
    torch.testing.assert_close(torch.stack(steps), at_once, atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_in_parts_gives_what_reading_at_once_gives(kind: Kind) -> None:
    network = build(kind, VOCABULARY, hidden=128).eval()
    tokens = torch.randint(VOCABULARY, (40, 2))
    with torch.inference_mode():
        at_once, _ = network(tokens)
        first, state = network(tokens[:25])
        second, _ = network(tokens[25:], state)
    torch.testing.assert_close(torch.cat([first, second]), at_once, atol=1e-4, rtol=0)


def test_a_cache_that_slides_gives_what_the_window_without_cache_gives() -> None:
    network = Transformer(VOCABULARY, 16, 32, 64, layers=1, heads=2, context=12).eval()
    tokens = torch.randint(VOCABULARY, (200, 1))
    with torch.inference_mode():
        state = network.start()
        for token in tokens[:, 0].tolist():
            projected, (state,) = network.step([token], [state])
        # One layer sees its window alone, wherever that begins.
        window, _ = network(tokens[-12:])
    torch.testing.assert_close(projected, window[-1], atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_may_be_gone_on_from_twice(kind: Kind) -> None:
    tokenizer = Tokenizer(tiny_tokenizer("en"))
    runtime = NetworkRuntime(build(kind, tokenizer.size, hidden=128), PieceIndex(tokenizer))
    _, start = runtime.read([1, 2, 3], runtime.initial_state())
    expected, _ = runtime.read([4, 5], start)
    runtime.read([6, 7, 8], start)
    states = runtime.step(torch.tensor([4, 9]).numpy(), start.take([0, 0]))[1]
    again, _ = runtime.step(torch.tensor([5, 5]).numpy(), states.take([0, 1]))
    torch.testing.assert_close(torch.from_numpy(again[0]), torch.from_numpy(expected), atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_search_and_the_batch_agree_about_the_bits_of_a_line(kind: Kind) -> None:
    tokenizer = Tokenizer(tiny_tokenizer("en"))
    network = build(kind, tokenizer.size, hidden=128).eval()
    typed = completer(network, "en", tokenizer)
    lines = ["I am on my way.", "See you"]
    bits = bits_per_character(network, tokenizer, lines) * sum(len(line) + 1 for line in lines)
    assert sum(map(typed.bits, lines)) == pytest.approx(bits, rel=1e-4)
    stream = typed.stream()
    stream.update("I am on my w")
    assert all(suggestion.text.startswith("w") for suggestion in stream.suggest(3))


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_at_least_sixty_pairs_differ_in_the_cue_alone(language: str, distance: int) -> None:
    found = pairs(language, distance)
    assert len(found) >= 60
    for pair in found:
        first, second = pair.first.text.split(), pair.second.text.split()
        differing = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
        assert len(differing) == 1
        assert len(first) - 1 - differing[0] == distance
        assert pair.first.answer != pair.second.answer


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_sentence_of_the_test_is_trained_on(language: str) -> None:
    trained = set(training_lines(language, 3000))
    tested = [gap for d in DISTANCES for pair in pairs(language, d) for gap in (pair.first, pair.second)]
    assert not trained & {f"{gap.text} {gap.answer}." for gap in tested}
    assert {gap.answer for gap in tested} <= {line.rstrip(".").split()[-1] for line in trained}


def test_the_probe_learns_the_last_word_of_each_sentence() -> None:
    tokenizer = Tokenizer(tiny_tokenizer("en"))
    targets = torch.tensor(tokenizer.encode("I am on my way. See you tomorrow. And"))[:, None]
    learned = targets[LastWords(tokenizer)(targets)].tolist()
    assert tokenizer.decode(learned) == "way tomorrow"


def test_every_network_learns_in_the_seconds_it_is_given(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(sentences("en") * 40, encoding="utf-8")
    tokenizer = Tokenizer(tiny_tokenizer("en"))
    shards = pack([Source(text)], tokenizer, tmp_path / "shards")
    budget = Budget(minutes=0.02, batch=8, chunk=32)
    segments = Segments(shards, bos=tokenizer.bos, newline=tokenizer.newline, length=128, batch=8, seed=1)
    networks = {kind: build(kind, tokenizer.size, hidden=64) for kind in KINDS}
    counts = torch.from_numpy(count_pieces(shards, tokenizer.size))
    lines = sentences("en").splitlines()[:20]

    def bits(network: Network) -> float:
        return bits_per_character(network, tokenizer, lines)

    before = {kind: bits(network.eval()) for kind, network in networks.items()}
    ends = WordEnds.of(tokenizer, torch.device("cpu"))
    runs = train(networks, budget, segments, counts, ends, everything, bits, [1.0], lambda _share: None)
    for kind, run in runs.items():
        ((minutes, after),) = run.curve
        assert minutes >= budget.minutes
        assert after < before[kind]
