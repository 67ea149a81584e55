"""What the fine-tuning process is given to do, as one line of JSON."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from autocomplete.finetuning.options import TuningOptions
from autocomplete.model.bundle import CONFIG
from autocomplete.profile.scratch import Scratch
from autocomplete.text.line import Line, Span


@dataclass(frozen=True)
class Job:
    """`bundle`: the folder of the language's model. `lines`: all the person wrote, oldest first. `scratch`: where to
    keep what is done so far and to leave the result."""

    bundle: Path
    lines: tuple[Line, ...]
    scratch: Scratch
    options: TuningOptions = field(default_factory=TuningOptions)

    @property
    def fingerprint(self) -> str:
        """The same for work that one can go on with: the same lines, model and options."""
        digest = sha256((self.bundle / CONFIG).read_bytes())
        options = self.options.as_dict() | {"minutes": None, "nice": None}  # decide how long it takes, only
        digest.update(json.dumps([options, [_plain(line) for line in self.lines]]).encode())
        return digest.hexdigest()

    def as_json(self) -> bytes:
        """One line. It holds the profile's key: it goes through a pipe, never into a file."""
        key = self.scratch.key
        plain = {
            "bundle": str(self.bundle),
            "lines": [_plain(line) for line in self.lines],
            "scratch": str(self.scratch.folder),
            "key": key.hex() if key is not None else None,
            "options": self.options.as_dict(),
        }
        return json.dumps(plain).encode() + b"\n"

    @classmethod
    def from_json(cls, text: bytes) -> "Job":
        """The opposite of `as_json`."""
        plain = json.loads(text)
        key = bytes.fromhex(plain["key"]) if plain["key"] is not None else None
        return cls(
            Path(plain["bundle"]),
            tuple(_line(line) for line in plain["lines"]),
            Scratch(Path(plain["scratch"]), key),
            TuningOptions(**plain["options"]),
        )


def _plain(line: Line) -> list[Any]:
    return [line.text, line.language, line.time, [list(span) for span in line.spans]]


def _line(plain: list[Any]) -> Line:
    text, language, time, spans = plain
    return Line(text, language, time, tuple(Span(*span) for span in spans))
