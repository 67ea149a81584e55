"""Models that somebody made on purpose: their hashes are right, and what the hashes are of is not."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from safetensors.numpy import load, save

import autocomplete
from autocomplete import ModelError

Tensors = dict[str, Any]


def refusal(model: Path) -> str:
    """The sentence with which a model is not loaded."""
    with pytest.raises(ModelError) as caught:
        autocomplete.load(model)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence.splitlines()) == 1
    assert len(sentence) < 1_000
    return sentence


def describe(folder: Path, **changes: object) -> None:
    """Changes what config.json says."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def replace(folder: Path, name: str, content: bytes) -> None:
    """Puts another file in, as a bundle that was made with it would describe it."""
    (folder / name).write_bytes(content)
    files = json.loads((folder / "config.json").read_text())["files"]
    files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    describe(folder, files=files)


def alter(folder: Path, name: str, change: Callable[[Tensors], object]) -> None:
    """Lets `change` do what it likes to the tensors of a file."""
    tensors = load((folder / name).read_bytes())
    change(tensors)
    replace(folder, name, save(tensors))
