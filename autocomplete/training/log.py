"""The diary of a training run: one JSON object a line, for people and for plots."""

import json
from collections.abc import Mapping
from pathlib import Path

from autocomplete.atomic import write_whole
from autocomplete.training.checkpoint import Progress

LOG = "log.jsonl"
_EVERY = 20  # updates


class TrainingLog:
    """Writes `log.jsonl` in `folder`; entries behind `begin`, of a run that was killed, go first."""

    def __init__(self, folder: Path, begin: Progress, tokens: int) -> None:
        """`tokens`: read between two updates."""
        self._path = folder / LOG
        self._tokens = tokens
        self._step, self._seconds = begin.step, begin.seconds
        if self._path.exists():
            lines = self._path.read_bytes().splitlines(keepends=True)
            write_whole(self._path, b"".join(line for line in lines if _step(line) <= begin.step))

    def note(self, progress: Progress, rate: float) -> None:
        """Called after every update; `rate`: its learning rate."""
        if progress.step % _EVERY:
            return
        passed = max(progress.seconds - self._seconds, 1e-9)
        speed = (progress.step - self._step) * self._tokens / passed
        self._step, self._seconds = progress.step, progress.seconds
        entry = {
            "step": progress.step,
            "seconds": round(progress.seconds, 1),
            "loss": round(progress.loss, 4),
            "rate": rate,
            "tokens_per_second": round(speed),
        }
        self._write(entry)

    def held_out(self, progress: Progress, last: float, averaged: float) -> None:
        """Note bits per character of the text held out, with the last weights and with the averaged ones."""
        self._write({"step": progress.step, "dev": round(last, 4), "dev_averaged": round(averaged, 4)})

    def _write(self, entry: Mapping[str, float]) -> None:
        with self._path.open("a") as log:
            log.write(json.dumps(entry) + "\n")


def _step(line: bytes) -> float:
    try:
        return float(json.loads(line)["step"])
    except (ValueError, KeyError, TypeError):  # cut off by a kill
        return float("inf")
