"""A tiny language that brings a sample, and somebody who writes unlike it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from autocomplete.finetuning.job import Job
from autocomplete.finetuning.options import TuningOptions
from autocomplete.model.bundle import SAMPLE, Bundle, write_bundle
from autocomplete.profile.profile import Profile
from autocomplete.profile.scratch import Scratch
from autocomplete.text.line import Line
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.mixture import Source
from autocomplete.training.sample import draw_sample
from autocomplete.training.shards import pack
from tests.tiny_model import SENTENCES

QUICK = TuningOptions(epochs=6, rate=1e-2, careful_rate=1e-2, tokens=128, replay=2.0, samples=128, nice=0)
# As short as a run with two evaluations can be; whether it helps is left to chance.
BRIEF = replace(QUICK, epochs=1, updates=2)
# Not done before it is stopped.
ENDLESS = replace(QUICK, epochs=600, evaluations=600, minutes=None)

MakeLines = Callable[..., tuple[Line, ...]]
MakeJob = Callable[..., Job]


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    """A new profile."""
    with Profile.open(tmp_path / "profile") as profile:
        yield profile


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def sampled(english: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny English model with a sample of its text."""
    bundle = Bundle.open(english)
    tokenizer = Tokenizer.load(english / "tokenizer.model")
    folder = tmp_path_factory.mktemp("sampled")
    shards = pack([Source(SENTENCES / "en.txt")], tokenizer, folder / "shards")
    sample = draw_sample(shards, bos=tokenizer.bos, newline=tokenizer.newline, seed=1)
    names = [path.name for path in english.iterdir() if path.name != "config.json"]
    return write_bundle(
        folder / "en",
        language="en",
        tokenizer_kind=bundle.tokenizer_kind,
        config=bundle.config,
        files={**{name: english / name for name in names}, SAMPLE: sample.as_bytes()},
        training={},
    ).folder


@pytest.fixture(scope="session")
def make_lines() -> MakeLines:
    """Lines of six words of somebody who knows few people and fewer things to say of them, a minute apart."""

    def make(count: int = 240, seed: int = 1) -> tuple[Line, ...]:
        choose = random.Random(seed).choice
        names, verbs = ["Quentin", "Zora", "Xaver"], ["grumbles about", "polishes", "borrows"]
        things = ["the zither", "my kayak", "her zucchini"]
        texts = [f"{choose(names)} {choose(verbs)} {choose(things)} again." for _ in range(count)]
        return tuple(Line(text, "en", 60.0 * number) for number, text in enumerate(texts))

    return make


@pytest.fixture
def make_job(sampled: Path, make_lines: MakeLines, tmp_path: Path) -> MakeJob:
    """A job of so many lines, quick to do."""

    def make(count: int = 240, options: TuningOptions = QUICK, key: bytes | None = None, model: Path = sampled) -> Job:
        return Job(model, make_lines(count), Scratch(tmp_path / "scratch", key), options)

    return make
