"""A model on disk: one folder with a description and checked files.

`config.json` says what the model is and lists every other file with its size and SHA-256, so that a
truncated or foreign file is found before it is used. Nothing in a bundle is ever unpickled.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from autocomplete.errors import ModelError, brief
from autocomplete.model.config import LSTMConfig
from autocomplete.regular import open_regular

FORMAT = 3  # from 3 on the graphs find their matrices in the weights' file
_OLDEST = 2
CONFIG = "config.json"
TOKENIZER = "tokenizer.model"
NGRAM = "ngram.safetensors"
SPELLINGS = "spellings.safetensors"
WEIGHTS = "weights.safetensors"
GATES = "gates.onnx"
STEP = "step.onnx"
BEGIN = "begin.onnx"
CONTINUE = "continue.onnx"
SAMPLE = "sample.safetensors"

_BLOCK = 1 << 20
_LARGEST_CONFIG = 4_000_000  # bytes
_LARGEST_FILE = 1 << 30  # bytes; a hundred times what we ship, and no more than a machine bears
_LONGEST_NAME = 64  # characters of a language's name, and of all that is shown
_LARGEST_SIZE = 1 << 16  # of anything in the model; ids of pieces are 16-bit numbers
_SMALLEST = {"recurrent_projection": 0}  # a model may be without
_WAY_OUT = "install the model again"


@dataclass(frozen=True)
class _File:
    size: int
    sha256: str


class Bundle:
    """A model folder whose description was read; its files are checked when first asked for.

    Some files may be replaced by contents in memory (see `with_files`).
    """

    def __init__(self, folder: Path, description: Mapping[str, Any]) -> None:
        """`description`: what config.json says; KeyError, TypeError, ValueError if it is wrong."""
        self.folder = folder
        self.language: str = _name(description, "language")
        self.created: str = _name(description, "created")
        self.tokenizer_kind: str = _name(description, "tokenizer")
        self.training: dict[str, Any] = _typed(description, "training", dict)
        sizes = _typed(description, "model", dict)
        if any(
            type(size) is not int or not _SMALLEST.get(name, 1) <= size <= _LARGEST_SIZE for name, size in sizes.items()
        ):
            raise ValueError(f"model: sizes must be whole numbers from 1 to {_LARGEST_SIZE}")
        self.config = LSTMConfig(**sizes)
        self._files = {
            name: _File(_typed(entry, "bytes", int), _typed(entry, "sha256", str))
            for name, entry in _typed(description, "files", dict).items()
        }
        for name in self._files:
            _check_name(name)
        self._checked: set[str] = set()
        self._replaced: Mapping[str, bytes] = {}
        self._replaced_by = ""

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> "Bundle":
        """Read config.json; `ModelError` when there is none, or none that this version reads."""
        folder = Path(folder)
        path = folder / CONFIG
        if not os.path.isdir(folder):
            raise ModelError(f"There is no model folder {folder}; {_WAY_OUT}, or give another folder.")
        try:
            description = json.loads(_read_config(path))
            version = _typed(description, "format", int)
            if version > FORMAT:
                raise ModelError(f"{path} is of a newer format ({version}) than this app reads; update the app.")
            if version < _OLDEST:
                raise ModelError(f"{path} is of an older format ({version}) than this app reads; {_WAY_OUT}.")
            return cls(folder, description)
        except FileNotFoundError:
            raise ModelError(f"The folder {folder} is not a model: it has no {CONFIG}; {_WAY_OUT}.") from None
        except OSError as error:
            raise ModelError(f"{path} cannot be read ({error.strerror}); {_WAY_OUT}.") from error
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ModelError(f"{path} does not describe a model ({brief(error)}); {_WAY_OUT}.") from error

    def with_files(self, files: Mapping[str, bytes], origin: str) -> "Bundle":
        """The same model with other weights: these contents are read in place of the folder's files of those names.

        origin: what errors call the place they come from.
        """
        changed = copy(self)
        changed._replaced, changed._replaced_by = files, origin
        return changed

    def has(self, name: str) -> bool:
        """Whether the bundle lists a file of that name."""
        return name in self._files

    def where(self, name: str) -> str:
        """What errors call the file."""
        return f"{self._replaced_by}/{name}" if name in self._replaced else str(self.folder / name)

    def read(self, name: str) -> bytes:
        """The file's content, checked: `ModelError` if it is not as written."""
        if name in self._replaced:
            return self._replaced[name]
        path = self.folder / name
        expected = self._expected(name)
        with _reading(path), open_regular(path) as file:
            _check_size(path, expected, os.fstat(file.fileno()).st_size)
            content = file.read(expected.size)
        _check_content(path, expected, sha256(content).hexdigest())
        return content

    def path(self, name: str) -> Path:
        """Where the folder's file is; the first call checks it: `ModelError` if it is not as written."""
        path = self.folder / name
        if name not in self._checked:
            expected = self._expected(name)
            with _reading(path), open_regular(path) as file:
                _check_size(path, expected, os.fstat(file.fileno()).st_size)
                digest = _sha256(file)
            _check_content(path, expected, digest)
            self._checked.add(name)
        return path

    def _expected(self, name: str) -> _File:
        if name not in self._files:
            raise ModelError(f"The model {self.folder} lists no {name}; {_WAY_OUT}.")
        expected = self._files[name]
        if not 0 <= expected.size <= _LARGEST_FILE:
            raise ModelError(
                f"{self.folder / CONFIG} gives {name} {brief(expected.size)} bytes, which no file of a model has; "
                f"{_WAY_OUT}."
            )
        return expected


def write_bundle(
    folder: str | os.PathLike[str],
    *,
    language: str,
    tokenizer_kind: str,
    config: LSTMConfig,
    files: Mapping[str, bytes | Path],
    training: Mapping[str, Any],
) -> Bundle:
    """Make `folder` a bundle of `files` (name → content, or a file to copy); replaces an old one.

    Everything is written into a folder beside and renamed at the end, so that a kill never leaves
    half a bundle in `folder`.
    """
    folder = Path(folder)
    beside = folder.with_name(f".{folder.name}.new")
    before = folder.with_name(f".{folder.name}.old")
    for leftover in (beside, before):
        shutil.rmtree(leftover, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, content in files.items():
        _check_name(name)
        if isinstance(content, bytes):
            (beside / name).write_bytes(content)
        else:
            shutil.copyfile(content, beside / name)
    description = {
        "format": FORMAT,
        "language": language,
        "created": datetime.now(UTC).date().isoformat(),
        "tokenizer": tokenizer_kind,
        "model": asdict(config),
        "training": dict(training),
        "files": {
            name: {"bytes": (beside / name).stat().st_size, "sha256": _sha256_of(beside / name)}
            for name in sorted(files)
        },
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    (beside / CONFIG).write_text(text, encoding="utf-8")
    if folder.exists():
        folder.rename(before)
    beside.rename(folder)
    shutil.rmtree(before, ignore_errors=True)
    return Bundle(folder, description)


def _typed(entry: Any, key: str, kind: type) -> Any:
    value = entry[key]
    if type(value) is not kind:
        raise TypeError(f"{key} must be {kind.__name__}, not {type(value).__name__}")
    return value


def _name(entry: Any, key: str) -> str:
    """A short text that can be shown."""
    value: str = _typed(entry, key, str)
    if not value.isprintable() or len(value) > _LONGEST_NAME:
        raise ValueError(f"{key} must be up to {_LONGEST_NAME} characters that can be printed")
    return value


def _read_config(path: Path) -> bytes:
    with open_regular(path) as file:
        content = file.read(_LARGEST_CONFIG + 1)
    if len(content) > _LARGEST_CONFIG:
        raise ValueError(f"it has more than {_LARGEST_CONFIG} bytes")
    return content


def _check_name(name: str) -> None:
    if name in {"", ".", "..", CONFIG} or "/" in name or "\\" in name:
        raise ValueError(f"{name!r} cannot name a file of a model")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a `ModelError` that names the file."""
    try:
        yield
    except FileNotFoundError:
        raise ModelError(f"{path} is missing; {_WAY_OUT}.") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {_WAY_OUT}.") from error


def _check_size(path: Path, expected: _File, size: int) -> None:
    if size != expected.size:
        raise ModelError(f"{path} has {size} bytes instead of {expected.size}; {_WAY_OUT}.")


def _check_content(path: Path, expected: _File, digest: str) -> None:
    if digest != expected.sha256:
        raise ModelError(f"{path} is not the file this model was made with; {_WAY_OUT}.")


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return _sha256(file)


def _sha256(file: BinaryIO) -> str:
    digest = sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
