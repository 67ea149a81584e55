"""`autocomplete train --start`: trains on from a finished model."""

import json
import os
from dataclasses import replace
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


@pytest.mark.parametrize(
    "option", ["--embedding=7", "--hidden=11", "--layers=2", "--recurrent-projection=11"], ids=lambda option: option[2:]
)
def test_a_size_it_cannot_be_grown_to_is_refused_with_the_options_that_say_it(finished, train_on, option) -> None:
    sentence = _sentence(train_on(finished, "--hidden=12", option))
    assert f"{finished} (embedding 8, hidden 12, layers 1, recurrent projection 0)" in sentence
    assert "for --recurrent-projection 0 or no less than 12" in sentence


def test_a_projection_as_wide_as_the_cells_is_refused(train_on, finished) -> None:
    result = train_on(finished, "--recurrent-projection=12")
    assert "--recurrent-projection (12) must be smaller than --hidden (12)" in result.stderr


def test_the_sizes_are_the_finished_models_where_none_are_given(finished, write_text, tmp_path) -> None:
    options = ["--language=en", "--start", str(finished), "--steps=1", "--no-ngram", "--batch=4", "--chunk=8"]
    corpus, out = write_text("chat.txt", 100), tmp_path / "model"
    result = CliRunner().invoke(app, ["train", *options, "--segment=16", "--out", str(out), "--corpus", str(corpus)])
    assert result.exit_code == 0, result.output
    assert Bundle.open(out).config == Bundle.open(finished).config


def _outputs(model: LSTMLanguageModel) -> list[torch.Tensor]:
    """Everything the model says of some tokens."""
    torch.manual_seed(4)
    tokens = torch.randint(model.config.vocabulary, (30, 3))
    with torch.no_grad():
        projected, _ = model.eval()(tokens, model.initial_state(3))
        ends = model.end_logits(projected.flatten(0, 1), tokens.flatten())
        return [model.log_probabilities(projected), ends]


@pytest.mark.parametrize(
    "sizes",
    [
        {"hidden": 20},
        {"embedding": 10},
        {"hidden": 20, "recurrent_projection": 12},
        {"hidden": 24, "recurrent_projection": 14, "embedding": 11},
    ],
    ids=str,
)
def test_a_grown_model_begins_as_the_same_function_and_can_leave_it(finished, sizes) -> None:
    small = LSTMLanguageModel(Bundle.open(finished).config)
    load_weights(small, finished)
    torch.manual_seed(9)
    large = LSTMLanguageModel(replace(small.config, **sizes))
    load_weights(large, finished)
    for wanted, found in zip(_outputs(small), _outputs(large), strict=True):
        torch.testing.assert_close(found, wanted, atol=2e-6, rtol=0)
    tokens = torch.randint(large.config.vocabulary, (9, 2))
    projected, _ = large(tokens[:-1], large.initial_state(2))
    large.log_probabilities(projected).gather(2, tokens[1:, :, None]).sum().backward()
    read = large.lstm.weight_hr_l0 if "recurrent_projection" in sizes else large.lstm.weight_hh_l0
    assert read.grad[:, 12:].abs().sum() > 0 or "hidden" not in sizes
    assert large.lstm.weight_ih_l0.grad[:, 8:].abs().sum() > 0 or "embedding" not in sizes


def test_a_grown_model_can_be_grown_again(finished, tmp_path, train_on) -> None:
    result = train_on(finished, "--hidden=16", "--recurrent-projection=12", "--rate=0")
    assert result.exit_code == 0, result.output
    grown = LSTMLanguageModel(Bundle.open(tmp_path / "model").config)
    load_weights(grown, tmp_path / "model")
    assert (grown.config.hidden, grown.config.recurrent_projection) == (16, 12)
    larger = LSTMLanguageModel(replace(grown.config, hidden=20, recurrent_projection=15))
    load_weights(larger, tmp_path / "model")
    for wanted, found in zip(_outputs(grown), _outputs(larger), strict=True):
        torch.testing.assert_close(found, wanted, atol=2e-6, rtol=0)


@pytest.mark.parametrize("name", ["weights.safetensors", "tokenizer.model"])
def test_a_damaged_file_of_the_finished_model_is_named(damaged, train_on, name) -> None:
    os.truncate(damaged / name, 100)
    assert str(damaged / name) in _sentence(train_on(damaged))


def test_a_folder_that_is_missing_is_named(train_on, tmp_path) -> None:
    assert f"There is no model folder {tmp_path / 'nowhere'};" in _sentence(train_on(tmp_path / "nowhere"))


def test_a_folder_that_holds_no_model_is_named(train_on, tmp_path) -> None:
    (tmp_path / "letters").mkdir()
    assert f"{tmp_path / 'letters'} is not a model" in _sentence(train_on(tmp_path / "letters"))


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
    with pytest.raises(CorpusError, match="cannot be made into one of these sizes"):
        load_weights(LSTMLanguageModel(LSTMConfig(20, 8, 8, ends=4)), finished)
    with pytest.raises(CorpusError, match="another vocabulary"):
        load_weights(LSTMLanguageModel(LSTMConfig(20, 8, 12)), finished)


def test_a_damaged_model_gives_none(damaged) -> None:
    os.truncate(damaged / "weights.safetensors", 100)
    model = LSTMLanguageModel(Bundle.open(damaged).config)
    with pytest.raises(ModelError, match=r"weights\.safetensors"):
        load_weights(model, damaged)
