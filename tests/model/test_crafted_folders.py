"""A model folder made to do harm is refused at once, in one sentence; one that is only unusual is loaded."""

import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autocomplete
from tests.model.crafted import describe, refusal, replace

FILES = [
    *("begin.onnx", "continue.onnx", "gates.onnx", "step.onnx", "tokenizer.model"),
    *("ngram.safetensors", "spellings.safetensors", "weights.safetensors"),
]


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "e" * 1_000_000},
        {"language": "en\n"},
        {"language": "\ud800"},
        {"language": None},
        {"tokenizer": "\x1b[31m"},
        {"created": "2" * 1_000},
        {"model": {"vocabulary": 2**62}},
        {"model": {"vocabulary": float("nan")}},
        {"model": {"vocabulary": -1}},
        {"model": {"vocabulary": 300, "hidden": 10**400}},
        {"model": {"vocabulary": 300, "layers": 100_000_000}},
        {"model": {"x" * 1_000_000: 5}},
        {"files": {"x" * 1_000_000 + "/": {}}},
        {"files": {"tokenizer.model": {"bytes": 2**62, "sha256": ""}}},
        {"files": {"tokenizer.model": {"bytes": -1, "sha256": ""}}},
        {"files": {"tokenizer.model": {"bytes": float("nan"), "sha256": ""}}},
        {"training": []},
        {"format": float("inf")},
        {"format": 10**400},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_absurd_descriptions_are_refused(model, changes):
    describe(model, **changes)
    assert "config.json" in refusal(model)


@pytest.mark.parametrize(
    "content",
    [b"[" * 1_000_000, b'{"a":' * 200_000, b"9" * 1_000_000, b'{"format": 2, "x": "' + b"x" * 5_000_000 + b'"}'],
    ids=["lists", "objects", "digits", "text"],
)
def test_a_description_without_end_is_refused(model, content):
    (model / "config.json").write_bytes(content)
    assert "config.json" in refusal(model)


@pytest.mark.parametrize("name", ["config.json", *FILES])
def test_a_pipe_or_a_device_in_a_files_place_is_refused_at_once(model, name):
    (model / name).unlink()
    os.mkfifo(model / name)
    assert name in refusal(model)
    (model / name).unlink()
    (model / name).symlink_to("/dev/zero")
    assert name in refusal(model)
    (model / name).unlink()
    (model / name).symlink_to(name)
    assert name in refusal(model)


@pytest.mark.parametrize("name", ["config.json", "ngram.safetensors", "weights.safetensors", "tokenizer.model"])
def test_a_file_with_a_hole_of_a_terabyte_is_refused_at_once(model, name):
    with (model / name).open("r+b") as file:
        file.truncate(1 << 40)
    assert name in refusal(model)
    if name != "config.json":
        files = json.loads((model / "config.json").read_text())["files"]
        describe(model, files=files | {name: {"bytes": 1 << 40, "sha256": "0" * 64}})
        assert name in refusal(model)


def test_links_to_a_model_and_its_files_are_followed(model, tmp_path):
    (tmp_path / "link").symlink_to(model)
    (model / "ngram.safetensors").rename(tmp_path / "elsewhere")
    (model / "ngram.safetensors").symlink_to(tmp_path / "elsewhere")
    assert autocomplete.load(tmp_path / "link").languages == ("en",)


def test_a_model_may_be_named_from_the_current_folder(model, monkeypatch):
    monkeypatch.chdir(model.parent)
    assert autocomplete.load(model.name).languages == ("en",)
    assert autocomplete.load(f"./{model.name}/").languages == ("en",)
    monkeypatch.chdir(model)
    assert autocomplete.load(".").languages == ("en",)


def test_loading_leaves_a_model_as_it_was(model):
    before = {path.name: path.stat().st_mtime_ns for path in model.iterdir()}
    for path in model.iterdir():
        path.chmod(0o444)
    model.chmod(0o555)
    autocomplete.load(model)
    assert {path.name: path.stat().st_mtime_ns for path in model.iterdir()} == before
    model.chmod(0o755)


class Trap:
    """Tells that it was unpickled by making a file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.place,))


@pytest.mark.parametrize("name", ["config.json", *FILES])
@pytest.mark.parametrize("form", ["pickle", "numpy", "torch"])
def test_a_pickle_in_a_files_place_is_never_opened(model, tmp_path, name, form):
    sprung = tmp_path / "sprung"
    trap = tmp_path / "trap"
    if form == "pickle":
        trap.write_bytes(pickle.dumps(Trap(sprung)))
    elif form == "numpy":
        with trap.open("wb") as file:
            np.save(file, np.array([Trap(sprung)], dtype=object), allow_pickle=True)
    else:
        import torch

        torch.save({"embedding.weight": Trap(sprung)}, trap)
    if name == "config.json":
        (model / name).write_bytes(trap.read_bytes())
    else:
        replace(model, name, trap.read_bytes())
    assert name in refusal(model)
    assert not sprung.exists()
