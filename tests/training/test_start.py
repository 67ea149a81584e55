"""`autocomplete train --start`: trains on from a finished model."""

import json
import os
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save
from typer.testing import CliRunner

from autocomplete.cli.app import app
from autocomplete.errors import CorpusError, ModelError
from autocomplete.model.bundle import Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training.start import load_weights
from tests.training.conftest import sentences

TINY = [
    "--language=en",
    "--embedding=8",
    "--hidden=12",
    "--batch=4",
    "--chunk=8",
    "--segment=16",
    "--samples=0",
    "--no-ngram",
]


def _train(corpus: Path, out: Path, *options: object):
    arguments = [*TINY, *map(str, options), "--out", str(out), "--corpus", str(corpus)]
    return CliRunner().invoke(app, ["train", *arguments])


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    """A model that was trained on the toy language."""
    folder = tmp_path_factory.mktemp("finished")
    (folder / "mail.txt").write_text(sentences(400), encoding="utf-8")
    result = _train(folder / "mail.txt", folder / "model", "--pieces=360", "--steps=30", "--rate=0.02")
    assert result.exit_code == 0, result.output
    return folder / "model"


@pytest.fixture
def damaged(finished, tmp_path) -> Path:
    """A copy of it, to be damaged."""
    return copytree(finished, tmp_path / "damaged")


@pytest.fixture
def train_on(write_text, tmp_path):
    """Trains on from a model, on other sentences."""
    corpus = write_text("chat.txt", 100, seed=2)

    def train_on(start: Path, *options: object):
        return _train(corpus, tmp_path / "model", "--start", start, "--steps=1", "--rate=1e-6", *options)

    return train_on


def _replace(model: Path, name: str, content: bytes) -> None:
    """Puts another file in, as a bundle that was made with it would describe it."""
    (model / name).write_bytes(content)
    description = json.loads((model / "config.json").read_text())
    description["files"][name] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    (model / "config.json").write_text(json.dumps(description))


def _sentence(result) -> str:
    assert 64 <= result.exit_code <= 77, result.output  # as sysexits.h counts them
    assert result.stderr.startswith("autocomplete: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_the_tokenizer_is_the_finished_models(finished, train_on, tmp_path) -> None:
    result = train_on(finished, "--pieces=300")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "model" / "tokenizer.model").read_bytes() == (finished / "tokenizer.model").read_bytes()


def test_the_weights_begin_where_the_finished_model_ended(finished, train_on, tmp_path) -> None:
    result = train_on(finished)
    assert result.exit_code == 0, result.output
    before, after = (load_file(folder / "weights.safetensors") for folder in (finished, tmp_path / "model"))
    assert before.keys() == after.keys()
    for name, weights in before.items():
        np.testing.assert_allclose(after[name], weights, atol=1e-4)


def test_the_model_says_what_it_began_with(finished, train_on) -> None:
    result = train_on(finished, "--json")
    began = sha256((finished / "config.json").read_bytes()).hexdigest()
    assert began.startswith(json.loads(result.stdout)["options"]["start"])


def test_another_start_than_the_run_was_begun_with_is_refused(finished, damaged, train_on) -> None:
    assert train_on(finished).exit_code == 0
    (damaged / "config.json").write_text((damaged / "config.json").read_text() + "\n")
    assert "was begun with other options: start (" in _sentence(train_on(damaged))


@pytest.mark.parametrize("option", ["--embedding=9", "--hidden=13", "--layers=2"])
def test_another_size_is_refused_with_the_options_that_say_it(finished, train_on, option) -> None:
    sentence = _sentence(train_on(finished, option))
    assert str(finished) in sentence
    assert "give its --embedding, --hidden and --layers" in sentence


@pytest.mark.parametrize("name", ["weights.safetensors", "tokenizer.model"])
def test_a_damaged_file_of_the_finished_model_is_named(damaged, train_on, name) -> None:
    os.truncate(damaged / name, 100)
    assert str(damaged / name) in _sentence(train_on(damaged))


def test_a_folder_that_is_missing_is_named(train_on, tmp_path) -> None:
    assert f"There is no model folder {tmp_path / 'nowhere'};" in _sentence(train_on(tmp_path / "nowhere"))


def test_a_folder_that_holds_no_model_is_named(train_on, tmp_path) -> None:
    (tmp_path / "letters").mkdir()
    assert f"{tmp_path / 'letters'} is no model" in _sentence(train_on(tmp_path / "letters"))


@pytest.mark.parametrize(
    "content", [b"something else", save({"embedding": np.zeros((2, 2), np.float16)})], ids=["foreign", "another model"]
)
def test_weights_that_were_foreign_from_the_start_are_one_sentence(damaged, train_on, content) -> None:
    _replace(damaged, "weights.safetensors", content)
    assert str(damaged / "weights.safetensors") in _sentence(train_on(damaged))


def test_a_model_takes_all_weights(finished) -> None:
    torch.manual_seed(9)
    model = LSTMLanguageModel(Bundle.open(finished).config)
    load_weights(model, finished)
    stored = load_file(finished / "weights.safetensors")
    for name, weights in model.state_dict().items():
        np.testing.assert_array_equal(weights.numpy(), stored[name])


def test_a_model_of_another_shape_takes_none(finished) -> None:
    with pytest.raises(CorpusError, match="has other sizes"):
        load_weights(LSTMLanguageModel(LSTMConfig(20, 8, 8, ends=4)), finished)


def test_a_damaged_model_gives_none(damaged) -> None:
    os.truncate(damaged / "weights.safetensors", 100)
    model = LSTMLanguageModel(Bundle.open(damaged).config)
    with pytest.raises(ModelError, match=r"weights\.safetensors"):
        load_weights(model, damaged)
