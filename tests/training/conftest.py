"""A toy language and tiny models: what training does, in seconds."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.distributed import alone
from autocomplete.training.held_out import HeldOut
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.mixture import Source
from autocomplete.training.options import TrainingOptions
from autocomplete.training.segments import Segments
from autocomplete.training.shards import Shard, count_pieces, pack
from autocomplete.training.tokenizer import count_units, train_tokenizer
from autocomplete.training.trainer import Texts, Trainer
from autocomplete.training.word_ends import WordEnds

BATCH, CHUNK, SEGMENT = 4, 8, 32

WriteText = Callable[..., Path]
MakeTrainer = Callable[..., Trainer]


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)


def sentences(count: int, seed: int = 1) -> str:
    """Lines of a language of two dozen words, five to a document."""
    choose = random.Random(seed).choice
    names, verbs = ["Anna", "Ben", "Clara", "David", "Emma", "Felix"], ["sees", "likes", "finds"]
    things = ["the house", "a small dog", "the old car", "some fresh bread", "the blue book"]
    lines = []
    for number in range(count):
        lines.append(f"{choose(names)} {choose(verbs)} {choose(things)} {choose(['now', 'soon'])}.")
        if number % 5 == 4:
            lines.append("")
    return "\n".join(lines) + "\n"


@pytest.fixture
def write_text(tmp_path: Path) -> WriteText:
    """Writes a file of the toy language."""

    def write(name: str = "toy.txt", count: int = 400, seed: int = 1) -> Path:
        path = tmp_path / name
        path.write_text(sentences(count, seed), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    path = tmp_path_factory.mktemp("toy") / "toy.txt"
    path.write_text(sentences(400), encoding="utf-8")
    return Tokenizer(train_tokenizer(count_units([Source(path)]), 1000, "char"))


@pytest.fixture
def shards(write_text: WriteText, tokenizer: Tokenizer, tmp_path: Path) -> list[Shard]:
    return pack([Source(write_text())], tokenizer, tmp_path / "shards")


@pytest.fixture
def make_trainer(shards: list[Shard], tokenizer: Tokenizer, tmp_path: Path) -> MakeTrainer:
    """Makes a trainer of a new tiny model, the same each time, in the folder of that name."""

    def make(
        folder: str = "run",
        seed: int = 1,
        dropout: float = 0.0,
        late: list[Shard] | None = None,
        held_out: Path | None = None,
        **options: object,
    ) -> Trainer:
        chosen = TrainingOptions(
            **{
                "batch": BATCH,
                "chunk": CHUNK,
                "segment": SEGMENT,
                "samples": 32,
                "rate": 0.02,
                "warmup": 5,
                "seed": seed,
                **options,
            }
        )

        def segments(shards: list[Shard], seed: int) -> Segments:
            bos, newline = tokenizer.bos, tokenizer.newline
            length, batch = chosen.segment, chosen.batch
            return Segments(shards, bos=bos, newline=newline, length=length, batch=batch, seed=seed)

        texts = Texts(
            segments(shards, seed),
            segments(late, seed + 1) if late else None,
            HeldOut(held_out, tokenizer) if held_out else None,
        )
        torch.manual_seed(seed)
        model = LSTMLanguageModel(LSTMConfig(tokenizer.size, 16, 24), dropout)
        counts = torch.from_numpy(count_pieces(shards, tokenizer.size))
        (tmp_path / folder).mkdir(exist_ok=True)
        loss = SampledSoftmax(counts, chosen.samples, seed)
        ends = WordEnds.of(tokenizer, torch.device("cpu"))
        return Trainer(model, texts, loss, ends, chosen, tmp_path / folder, alone())

    return make
