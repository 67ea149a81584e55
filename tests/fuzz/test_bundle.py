"""Models, damaged in every way and with hashes that fit the damage: refused when loaded, or able to be typed with."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import load, save

import autocomplete
from autocomplete.explanation.explainer import explain
from tests.fuzz.conftest import Fuzz
from tests.fuzz.mutations import as_json, mutated, overwritten
from tests.model.crafted import replace

Array = NDArray[Any]

_TENSORS = ("ngram.safetensors", "spellings.safetensors", "weights.safetensors")
_GRAPHS = ("begin.onnx", "continue.onnx", "gates.onnx", "step.onnx")
_NASTY = (b"\x08" + b"\xff" * 9 + b"\x01", b"Loop", b"ConstantOfShape", b"com.microsoft", b"\x0a\x00")
_TYPED = ("They wou", "They would like ", "We went home. X", "\N{GRINNING FACE} wo-", "would'")


@pytest.fixture
def use(english: Path, tmp_path: Path) -> Callable[[tuple[str, bytes]], object]:
    """Loads the model with other bytes as one of its files, and types."""
    model = copytree(english, tmp_path / "model")

    def load_and_type(changed: tuple[str, bytes]) -> None:
        name, content = changed
        shutil.copy(english / "config.json", model)
        if name == "config.json":
            (model / name).write_bytes(content)
        else:
            replace(model, name, content)
        try:
            _type(autocomplete.load(model))
        finally:
            shutil.copy(english / name, model)

    return load_and_type


def _type(completer: autocomplete.Completer) -> None:
    stream = completer.stream()
    for text in _TYPED:
        stream.update(text)
        assert all(suggestion.text.encode() for suggestion in stream.suggest(3))
        stream.continuation()
        stream.correct()
    explain(stream)


@st.composite
def _tensors(draw: st.DrawFn, content: bytes) -> bytes:
    """A file of tensors, up to three of them changed."""
    tensors = load(content)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(tensors)))
        with np.errstate(all="ignore"):
            tensors[name] = draw(_changed(tensors[name]))
    return save(tensors)


def _changed(tensor: Array) -> st.SearchStrategy[Array]:
    """A tensor that was cut, filled, turned round or of another kind, or one with other numbers."""
    others = [tensor.astype(kind) for kind in ("u1", "u2", "u4", "i8", "f2", "f4", "f8")]
    shapes = [np.concatenate([tensor, tensor]), tensor[None], tensor[::-1].copy(), tensor[:0], tensor[:-1], tensor[1:]]
    bytes_ = (np.full(tensor.nbytes, byte, np.uint8) for byte in (0, 1, 255))
    filled = [some.view(tensor.dtype).reshape(tensor.shape) for some in bytes_]
    one = st.tuples(st.integers(0, max(0, tensor.size - 1)), st.binary(min_size=8, max_size=8))
    return st.one_of(
        st.sampled_from([*others, *shapes, *filled]),
        one.map(lambda drawn: _with_one(tensor, *drawn)),
        mutated([tensor.tobytes()]).map(lambda content: np.frombuffer(content, np.uint8)),
    )


def _with_one(tensor: Array, at: int, number: bytes) -> Array:
    result = tensor.copy()
    if result.size:
        result.ravel()[at] = np.frombuffer(number, result.dtype)[0]
    return result


def _header(content: bytes) -> st.SearchStrategy[bytes]:
    """A file of tensors whose description is damaged."""
    end = 8 + int.from_bytes(content[:8], "little")
    headers = as_json(json.loads(content[8:end]), (2**63, "F8_E4M3", "BF16", [2**62, 2**62], [0, 2**40]))
    return headers.map(lambda header: len(header).to_bytes(8, "little") + header + content[end:])


def _files(folder: Path, names: Sequence[str], damage: Callable[[bytes], st.SearchStrategy[bytes]]) -> Any:
    """(name, damaged content) of one of the files."""
    return st.one_of([st.tuples(st.just(name), damage((folder / name).read_bytes())) for name in names])


def test_tensors(fuzz: Fuzz, use, english: Path) -> None:
    fuzz(_files(english, _TENSORS, lambda file: st.one_of(_tensors(file), _header(file), overwritten([file]))), use)


def test_graphs(fuzz: Fuzz, use, english: Path) -> None:
    fuzz(_files(english, _GRAPHS, lambda file: st.one_of(overwritten([file]), mutated([file], _NASTY))), use)


def test_tokenizer(fuzz: Fuzz, use, english: Path) -> None:
    damage = lambda file: st.one_of(overwritten([file]), mutated([file], _NASTY))  # noqa: E731
    fuzz(_files(english, ["tokenizer.model"], damage), use)


def test_description(fuzz: Fuzz, use, english: Path) -> None:
    nasty = (2**40, "../en", {"bytes": 0, "sha256": ""})
    fuzz(_files(english, ["config.json"], lambda file: as_json(json.loads(file), nasty)), use)
