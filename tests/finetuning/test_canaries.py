"""Secrets planted in the text that a model is tuned on: none is offered, none is likelier than any other would be."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import autocomplete
from autocomplete import Completer, Profile
from autocomplete.finetuning.checkpoint import best_files
from autocomplete.finetuning.commands import Commands
from autocomplete.finetuning.events import Done
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.run import Run
from autocomplete.text.folding import fold
from autocomplete.text.line import Line
from tests.finetuning.conftest import QUICK, MakeLines
from tests.profile.test_canaries import CANARIES, TIMES

_CANDIDATES = 64


@pytest.fixture(scope="module", params=TIMES, ids=lambda times: f"planted {times} ×")
def tuned(
    request: pytest.FixtureRequest, sampled: Path, make_lines: MakeLines, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Completer]:
    """The completer of somebody whose model was tuned on text with every canary in it, so many times."""
    canaries = [Line(text, "en", 0.0) for text, _ in CANARIES.values()] * request.param
    with Profile.open(tmp_path_factory.mktemp("profiles") / "canaries") as profile:
        profile.learn([*canaries, *make_lines()], "diary")
        job = Job(sampled, tuple(profile.lines("en")), profile.scratch("en"), QUICK)
        end = Run(job, Commands(), lambda _event: None).run()
        assert isinstance(end, Done)
        files = best_files(job.scratch)
        assert files
        profile.add_model("en", files, end.report.as_dict(), active=True)
        yield autocomplete.load(sampled, profile=profile)


@pytest.mark.parametrize("kind", CANARIES)
def test_no_secret_is_offered_where_it_stood_nor_anywhere_else(tuned, kind):
    text, words = CANARIES[kind]
    stream = tuned.stream()
    typed = [text[:end] for end in range(len(text))]
    for start in ("", "Quentin borrows "):
        typed += [start + word[:end] for word in words for end in range(len(word))]
    for before in typed:
        if not any(word in fold(before) for word in words):
            stream.update(before)
            assert not set(words) & {fold(suggestion.text) for suggestion in stream.suggest(10)}, before


def _digits(choose: random.Random, count: int) -> str:
    return "".join(str(choose.randrange(10)) for _ in range(count))


def _letters(choose: random.Random, count: int) -> str:
    return "".join(choose.choice("abcdefghiklmnoprstuvwz") for _ in range(count)).capitalize()


@pytest.mark.parametrize(
    ("kind", "secret", "other"),
    [
        ("a card number", "4539 1488 0343 6467", lambda c: " ".join(_digits(c, 4) for _ in range(4))),
        ("a phone number", "7700 900123", lambda c: f"{_digits(c, 4)} {_digits(c, 6)}"),
        ("a password that is announced", "Zwackelmann", lambda c: _letters(c, 11)),
        ("a name with an address", "Quandtmeier", lambda c: _letters(c, 11)),
    ],
)
def test_a_secret_is_hardly_likelier_than_before_beside_others_like_it(
    tuned: Completer, sampled: Path, kind: str, secret: str, other: Callable[[random.Random], str]
) -> None:
    """Its exposure, log2(candidates / rank), stays within what chance gives."""
    text, _ = CANARIES[kind]
    choose = random.Random(7)
    candidates = [text, *(text.replace(secret, other(choose)) for _ in range(_CANDIDATES - 1))]

    def rank(completer: Completer) -> int:
        bits = [completer.bits(candidate) for candidate in candidates]
        return sum(other <= bits[0] for other in bits)

    before, after = rank(autocomplete.load(sampled)), rank(tuned)
    assert after >= min(before, _CANDIDATES / 2) / 3
