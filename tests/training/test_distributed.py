"""Two processes train the model that one process with the whole batch trains."""

import multiprocessing
import sys
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from safetensors.torch import load_file

from autocomplete.errors import CorpusError
from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training.distributed import Distributed, alone
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.options import TrainingOptions
from autocomplete.training.segments import Segments
from autocomplete.training.shards import Shard
from autocomplete.training.trainer import Texts, Trainer
from autocomplete.training.word_ends import WordEnds

CPU = torch.device("cpu")


def _trainer(folder: Path, team: Distributed, batch: int = 4) -> Trainer:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    tokens = torch.randint(3, 40, (3000,), generator=torch.Generator().manual_seed(2))
    tokens[::20] = 1
    shard = Shard(tokens.numpy().astype("uint16"), 9000, 1.0)
    options = TrainingOptions(steps=10, batch=batch, chunk=8, segment=24, samples=16, rate=0.01, save_minutes=0)
    segments = Segments([shard], bos=1, newline=2, length=24, batch=batch, seed=1)
    model = LSTMLanguageModel(LSTMConfig(40, 8, 12))
    folder.mkdir(exist_ok=True)
    letters = torch.arange(40) >= 3
    ends = WordEnds(letters, letters & (torch.arange(40) % 2 == 0))
    return Trainer(model, Texts(segments), SampledSoftmax(torch.ones(40), 16, 1), ends, options, folder, team)


def _work(rank: int, folder: Path, rendezvous: str) -> None:
    dist.init_process_group("gloo", init_method=rendezvous, rank=rank, world_size=2)
    trainer = _trainer(folder, alone())
    # Stopped in the middle of a segment by one of the two, then resumed by both.
    updates = iter(range(100))
    try:
        trainer.run(stop=lambda: rank == 1 and next(updates) == 4)
    except KeyboardInterrupt:
        _trainer(folder, alone()).run()
    dist.destroy_process_group()


@pytest.mark.skipif(sys.platform == "win32", reason="gloo meets in a file")
def test_two_processes_stopped_once_train_what_one_trains(tmp_path) -> None:
    context = multiprocessing.get_context("spawn")
    meeting = (tmp_path / "meeting").as_uri()
    other = context.Process(target=_work, args=(1, tmp_path / "two", meeting), daemon=True)
    other.start()
    _trainer(tmp_path / "one", alone()).run()
    _work(0, tmp_path / "two", meeting)
    other.join(60)
    assert other.exitcode == 0
    one, two = (load_file(tmp_path / name / "checkpoint.safetensors") for name in ("one", "two"))
    assert one.keys() == two.keys()
    for name in one:
        if not name.startswith("optimizer"):
            torch.testing.assert_close(two[name], one[name], atol=1e-5, rtol=0, msg=name)


def test_a_batch_that_cannot_be_shared_out_is_refused(tmp_path) -> None:
    with pytest.raises(CorpusError, match=r"--batch \(3\) must be a multiple of the 2 processes"):
        _trainer(tmp_path, Distributed(0, 2, CPU), batch=3)
