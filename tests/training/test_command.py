"""`autocomplete train`, whole: from text files to a model that suggests, killed and resumed."""

import errno
import importlib.util
import json
import signal
import subprocess
import sys
import time

import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

import autocomplete
from autocomplete.cli.app import app
from autocomplete.model.bundle import TOKENIZER, Bundle
from autocomplete.model.sample import Sample
from autocomplete.text.folding import fold
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training import checkpoint, pipeline, trainer
from tests.training.conftest import sentences

TINY = [
    "--language=en",
    "--pieces=360",
    "--embedding=8",
    "--hidden=12",
    "--batch=4",
    "--chunk=8",
    "--segment=16",
    "--samples=0",
    "--rate=0.02",
]


@pytest.fixture
def run(tmp_path, write_text):
    """Runs the command on a toy corpus of two files."""
    corpus = [str(write_text("mail.txt")), str(write_text("chat.txt", 100, seed=2))]

    def run(*options: object, out: str = "model"):
        arguments = [*TINY, *map(str, options), "--out", str(tmp_path / out), "--corpus", *corpus]
        return CliRunner().invoke(app, ["train", *arguments])

    return run


def _weights(tmp_path, out: str = "model"):
    return load_file(tmp_path / f"{out}.work" / "checkpoint.safetensors")


def _equal(one, other) -> bool:
    return one.keys() == other.keys() and all(one[name].equal(other[name]) for name in one)


def test_the_model_suggests(run, tmp_path) -> None:
    result = run("--steps", 30, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["steps"], report["tokens"]) == (30, 30 * 4 * 8)
    assert report["bits_per_character"] > 0
    assert [source["name"] for source in report["sources"]] == ["mail", "chat"]
    stream = autocomplete.load(tmp_path / "model").stream()
    stream.update("Anna sees the ")
    assert {"house", "old", "blue"} & {word.text for word in stream.suggest(3)}
    assert "| mail | 1 |" in (tmp_path / "model" / "MODEL_CARD.md").read_text()


def test_a_sample_of_the_text_comes_with_the_model_unless_refused(run, tmp_path) -> None:
    assert run("--steps", 1).exit_code == 0
    assert Sample.load(Bundle.open(tmp_path / "model")) is not None
    assert "`sample.safetensors` holds" in (tmp_path / "model" / "MODEL_CARD.md").read_text()
    assert run("--steps", 1, "--no-sample", out="other").exit_code == 0
    assert Sample.load(Bundle.open(tmp_path / "other")) is None
    assert "sample.safetensors" not in (tmp_path / "other" / "MODEL_CARD.md").read_text()


def test_the_ngram_model_can_be_left_out_and_characters_be_the_pieces(run, tmp_path) -> None:
    result = run("--steps", 2, "--no-ngram", "--tokenizer", "char")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "model" / "ngram.safetensors").exists()
    tokenizer = Tokenizer.load(tmp_path / "model" / TOKENIZER)
    assert tokenizer.decode(tokenizer.encode("Anna sees")) == "Anna sees"
    assert all(len(tokenizer.decode([token], line_start=False)) == 1 for token in tokenizer.encode("Anna sees")[1:])
    stream = autocomplete.load(tmp_path / "model").stream()
    stream.update("An")
    words = [word.text for word in stream.suggest(3)]
    assert words
    assert all(fold(word).startswith("an") for word in words)


def test_the_mixture_decides_what_is_read(run, tmp_path) -> None:
    mixture = tmp_path / "mixture.toml"
    mixture.write_text("[weights]\nmail = 0.5\nchat = 0\n")
    result = run("--steps", 1, "--json", "--mixture", mixture)
    (source,) = json.loads(result.stdout)["sources"]
    assert (source["name"], source["weight"]) == ("mail", 0.5)


def test_a_late_mixture_and_text_held_out_are_told_of(run, tmp_path) -> None:
    late, dev = tmp_path / "late.toml", tmp_path / "dev.txt"
    late.write_text("[weights]\nmail = 0\nchat = 2\n")
    dev.write_text(sentences(5, seed=9))
    record = json.loads(run("--steps", 20, "--json", "--late-mixture", late, "--dev", dev).stdout)
    assert record["late"] == {"chat": 2.0}
    looks = [json.loads(line) for line in (tmp_path / "model.work" / "log.jsonl").read_text().splitlines()]
    last = looks[-1]
    assert record["held_out_bits_per_character"] == min(last["dev"], last["dev_averaged"])
    late.write_text("[weights]\nchat = 1\n")
    sentence = _sentence(run("--steps", 20, "--late-mixture", late))
    assert "was begun with other options: late chat (2.0, now 1.0), late mail (none, now 1.0)" in sentence


def test_a_run_killed_and_started_again_ends_as_one_that_was_not(run, tmp_path, monkeypatch) -> None:
    # The faster number format is found by timing: on a busy machine two runs may choose differently.
    monkeypatch.setattr(pipeline, "fastest_dtype", lambda _device: torch.float32)
    same = "import torch; from autocomplete.training import pipeline; pipeline.fastest_dtype = lambda _: torch.float32"
    corpus = [str(tmp_path / "mail.txt"), str(tmp_path / "chat.txt")]
    options = [*TINY, "--steps=60", "--save-minutes=0", "--out", str(tmp_path / "model")]
    program = f"{same}; from autocomplete.cli import main; main()"
    command = [sys.executable, "-c", program, "train", *options, "--corpus", *corpus]
    path = tmp_path / "model.work" / "checkpoint.safetensors"
    with subprocess.Popen(command) as process:
        while not path.exists() and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "model").exists()
    assert run("--steps", 60).exit_code == 0
    assert run("--steps", 60, out="whole").exit_code == 0
    assert _equal(_weights(tmp_path), _weights(tmp_path, "whole"))


def test_ctrl_c_says_how_to_go_on_and_the_same_command_does(run, tmp_path, monkeypatch) -> None:
    note = trainer.TrainingLog.note

    def interrupt(log, progress, rate) -> None:
        note(log, progress, rate)
        if progress.step == 7:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(trainer.TrainingLog, "note", interrupt)
    result = run("--steps", 20)
    ways = "the same command continues, or exports the model as it is with --finish"
    assert result.stderr == f"autocomplete: stopped; {ways}.\n"
    assert result.exit_code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    monkeypatch.undo()
    steps: list[int] = []
    monkeypatch.setattr(trainer.TrainingLog, "note", lambda _log, p, _rate: steps.append(p.step))
    assert run("--steps", 20).exit_code == 0
    assert steps == list(range(9, 21))  # the 8th was under way and was finished


def test_measures_come_into_the_card_without_training_again(run, tmp_path, monkeypatch) -> None:
    assert run("--steps", 2).exit_code == 0
    measured = {"lines": 9, "ksr": 0.5, "hit1": 0.1, "hit3": 0.2, "bpc": 1.5}
    measured["latency"] = {"p50": 0.5, "p99": 1.0}
    measures = tmp_path / "measures.json"
    measures.write_text(json.dumps({"files": [{"file": "dev.txt", **measured}]}))
    monkeypatch.setattr(trainer.Trainer, "_update", None)
    assert run("--steps", 2, "--measures", measures).exit_code == 0
    assert "| dev.txt | 9 | 50.0% |" in (tmp_path / "model" / "MODEL_CARD.md").read_text()


def _sentence(result) -> str:
    assert 64 <= result.exit_code <= 77, result.output  # as sysexits.h counts them
    assert result.stderr.startswith("autocomplete: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_full_disk_is_one_sentence_and_the_old_checkpoint_stays(run, tmp_path, monkeypatch) -> None:
    write_whole, written = checkpoint.write_whole, []

    def fill(path, content) -> None:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(content)
        write_whole(path, content)

    monkeypatch.setattr(checkpoint, "write_whole", fill)
    assert "No space is left on the disk" in _sentence(run("--steps", 9, "--save-minutes", 0))
    assert (tmp_path / "model.work" / "checkpoint.safetensors").read_bytes() == written[-1]


def test_other_options_are_refused(run) -> None:
    assert run("--steps", 2).exit_code == 0
    assert "was begun with other options: steps (2, now 3)" in _sentence(run("--steps", 3))


def test_a_corpus_too_small_for_a_batch_can_be_retried_with_a_smaller_one(run) -> None:
    assert "smaller --batch or --segment" in _sentence(run("--steps", 2, "--segment", 8000))
    assert run("--steps", 2).exit_code == 0


def test_a_folder_that_is_no_model_is_never_replaced(run, tmp_path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "letter.txt").write_text("mine")
    assert "exists and is not a model; choose another --out" in _sentence(run("--steps", 2))
    assert (tmp_path / "model" / "letter.txt").read_text() == "mine"


def test_missing_torch_names_what_to_install(run, monkeypatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("autocomplete.cli.train.find_spec", lambda name: None if name == "torch" else find(name))
    assert 'pip install "autocomplete-desktop[train]"' in _sentence(run("--steps", 2))


def test_a_missing_file_is_named(run, tmp_path) -> None:
    (tmp_path / "mail.txt").unlink()
    assert _sentence(run()) == f"autocomplete: There is no corpus file {tmp_path}/mail.txt.\n"
