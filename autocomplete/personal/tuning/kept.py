"""What a tuning leaves in its scratch folder: a checkpoint to go on from, and the best model so far.

Each is one file, so that a kill at any moment leaves a whole one; each names the work it belongs to.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from autocomplete.errors import ProfileError
from autocomplete.personal.scratch import Scratch
from autocomplete.personal.tuning.report import Point

CHECKPOINT = "checkpoint"
BEST = "best"


@dataclass(frozen=True)
class Best:
    """An evaluated model: what was found, and its files of a bundle."""

    point: Point
    files: Mapping[str, bytes]


def write_best(scratch: Scratch, fingerprint: str, best: Best) -> None:
    """Replaces the one before."""
    scratch.write(BEST, pack({"fingerprint": fingerprint, "point": asdict(best.point)}, best.files))


def read_best(scratch: Scratch, fingerprint: str) -> Best | None:
    """None where there is none, or one of other work."""
    found = read(scratch, BEST, fingerprint)
    return Best(Point(**found[0]["point"]), found[1]) if found else None


def read(scratch: Scratch, name: str, fingerprint: str) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    """A packed file's note and contents; None where there is none, a damaged one, or one of other work."""
    try:
        content = scratch.read(name)
        if content is None:
            return None
        note, files = unpack(content)
    except (ProfileError, ValueError):  # nothing is lost but time
        return None
    return (note, files) if note["fingerprint"] == fingerprint else None


def lines_begun_with(scratch: Scratch) -> int | None:
    """How many lines the work that a checkpoint is of began with; None without one that can be read."""
    try:
        content = scratch.read(CHECKPOINT)
        return None if content is None else int(unpack(content)[0]["lines"])
    except (ProfileError, ValueError, KeyError):
        return None


def pack(note: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """A note of plain values and some files, as one."""
    parts = {"note": json.dumps(note).encode(), **{f"file.{name}": content for name, content in files.items()}}
    return save({name: np.frombuffer(part, np.uint8) for name, part in parts.items()})


def unpack(content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The opposite of `pack`. Raises ValueError for anything else."""
    try:
        parts = load(content)
        note: dict[str, Any] = json.loads(parts.pop("note").tobytes())
    except (SafetensorError, KeyError) as error:
        raise ValueError(f"nothing that was packed: {error}") from error
    return note, {name.removeprefix("file."): part.tobytes() for name, part in parts.items()}
