"""What a fine-tuning leaves in its scratch folder: a checkpoint to go on from, and the best model so far.

Each is one file, so that a kill at any moment leaves a whole one; each names the work it belongs to.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from autocomplete.errors import ProfileError
from autocomplete.finetuning.report import Point
from autocomplete.profile.scratch import Scratch

CHECKPOINT = "checkpoint"
BEST = "best"
_PREFIX = "of "  # so that no name is "note"

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Best:
    """An evaluated model: what was found, and its files of a bundle."""

    point: Point
    files: Mapping[str, bytes]


def write_best(scratch: Scratch, fingerprint: str, best: Best) -> None:
    """Replace the one before."""
    files = {name: np.frombuffer(content, np.uint8) for name, content in best.files.items()}
    scratch.write(BEST, pack({"fingerprint": fingerprint, "point": asdict(best.point)}, files))


def read_best(scratch: Scratch, fingerprint: str) -> Best | None:
    """None where there is none, or one of other work."""
    found = read(scratch, BEST, fingerprint)
    return Best(Point(**found[0]["point"]), _files(found[1])) if found else None


def best_files(scratch: Scratch) -> dict[str, bytes] | None:
    """The files of the best model, of whatever work; None where there is none. Raises ProfileError for damaged ones."""
    content = scratch.read(BEST)
    return None if content is None else _files(unpack(content)[1])


def read(scratch: Scratch, name: str, fingerprint: str) -> tuple[dict[str, Any], Arrays] | None:
    """A packed file's note and arrays; None where there is none, a damaged one, or one of other work."""
    try:
        content = scratch.read(name)
        if content is None:
            return None
        note, arrays = unpack(content)
    except (ProfileError, ValueError):  # nothing is lost but time
        return None
    return (note, arrays) if note["fingerprint"] == fingerprint else None


def lines_begun_with(scratch: Scratch) -> int | None:
    """How many lines the work that a checkpoint is of began with; None without one that can be read."""
    try:
        content = scratch.read(CHECKPOINT)
        return None if content is None else int(unpack(content)[0]["lines"])
    except (ProfileError, ValueError, KeyError):
        return None


def pack(note: Mapping[str, Any], arrays: Arrays) -> bytes:
    """A note of plain values and some arrays, as one."""
    text = np.frombuffer(json.dumps(note).encode(), np.uint8)
    return save({"note": text, **{_PREFIX + name: array for name, array in arrays.items()}})


def unpack(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The opposite of `pack`. Raises ValueError for anything else."""
    try:
        arrays = load(content)
        note: dict[str, Any] = json.loads(arrays.pop("note").tobytes())
    except (SafetensorError, KeyError) as error:
        raise ValueError(f"nothing that was packed: {error}") from error
    return note, {name.removeprefix(_PREFIX): array for name, array in arrays.items()}


def _files(arrays: Arrays) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in arrays.items()}
