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
from typing import Any

from autocomplete.errors import ModelError
from autocomplete.model.config import LSTMConfig

FORMAT = 3  # from 3 on the graphs find their matrices in the weights' file
_OLDEST = 2
CONFIG = "config.json"
TOKENIZER = "tokenizer.model"
WEIGHTS = "weights.safetensors"
GATES = "gates.onnx"
STEP = "step.onnx"
BEGIN = "begin.onnx"
CONTINUE = "continue.onnx"
SAMPLE = "sample.safetensors"

_BLOCK = 1 << 20
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
        self.language: str = _typed(description, "language", str)
        self.created: str = _typed(description, "created", str)
        self.tokenizer_kind: str = _typed(description, "tokenizer", str)
        self.training: dict[str, Any] = _typed(description, "training", dict)
        sizes = _typed(description, "model", dict)
        if any(type(size) is not int or size < (name != "recurrent_projection") for name, size in sizes.items()):
            raise ValueError("model: sizes must be whole numbers above 0")
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
        """Reads config.json; `ModelError` when there is none, or none that this version reads."""
        folder = Path(folder)
        path = folder / CONFIG
        if not folder.is_dir():
            raise ModelError(f"There is no model folder {folder}; {_WAY_OUT}, or give another folder.")
        try:
            description = json.loads(path.read_bytes())
            version = _typed(description, "format", int)
            if version > FORMAT:
                raise ModelError(f"{path} is of a newer format ({version}) than this app reads; update the app.")
            if version < _OLDEST:
                raise ModelError(f"{path} is of an older format ({version}) than this app reads; {_WAY_OUT}.")
            return cls(folder, description)
        except FileNotFoundError:
            raise ModelError(f"The folder {folder} is no model: it has no {CONFIG}; {_WAY_OUT}.") from None
        except OSError as error:
            raise ModelError(f"{path} cannot be read ({error.strerror}); {_WAY_OUT}.") from error
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ModelError(f"{path} does not describe a model ({error}); {_WAY_OUT}.") from error

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
        with _reading(path):
            content = path.read_bytes()
        _check(path, expected, len(content), sha256(content).hexdigest())
        return content

    def path(self, name: str) -> Path:
        """Where the folder's file is; the first call checks it: `ModelError` if it is not as written."""
        path = self.folder / name
        if name not in self._checked:
            expected = self._expected(name)
            with _reading(path):
                _check(path, expected, path.stat().st_size, _sha256(path))
            self._checked.add(name)
        return path

    def _expected(self, name: str) -> _File:
        if name not in self._files:
            raise ModelError(f"The model {self.folder} lists no {name}; {_WAY_OUT}.")
        return self._files[name]


def write_bundle(
    folder: str | os.PathLike[str],
    *,
    language: str,
    tokenizer_kind: str,
    config: LSTMConfig,
    files: Mapping[str, bytes | Path],
    training: Mapping[str, Any],
) -> Bundle:
    """Makes `folder` a bundle of `files` (name → content, or a file to copy); replaces an old one.

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
            name: {"bytes": (beside / name).stat().st_size, "sha256": _sha256(beside / name)} for name in sorted(files)
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


def _check_name(name: str) -> None:
    if name in {"", ".", "..", CONFIG} or "/" in name or "\\" in name:
        raise ValueError(f"{name!r} cannot name a file of a model")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turns what the disk refuses into a `ModelError` that names the file."""
    try:
        yield
    except FileNotFoundError:
        raise ModelError(f"{path} is missing; {_WAY_OUT}.") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {_WAY_OUT}.") from error


def _check(path: Path, expected: _File, size: int, digest: str) -> None:
    if size != expected.size:
        raise ModelError(f"{path} has {size} bytes instead of {expected.size}; {_WAY_OUT}.")
    if digest != expected.sha256:
        raise ModelError(f"{path} is not the file this model was made with; {_WAY_OUT}.")


def _sha256(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
