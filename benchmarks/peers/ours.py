"""This project, through its public face."""

import os
from pathlib import Path

import autocomplete
from autocomplete.assets import assets
from benchmarks.peers.peer import Setting, size


class Ours:
    note = ""

    def __init__(self, setting: Setting) -> None:
        self._completer = autocomplete.load(setting.model)
        shipped = assets() / "models" / setting.model
        self.disk = size(shipped if setting.model in autocomplete.languages() else Path(setting.model))
        self.pid = os.getpid()

    def begin(self) -> None:
        self._stream = self._completer.stream()

    def suggest(self, before: str, k: int) -> list[str]:
        self._stream.update(before)
        return [suggestion.text for suggestion in self._stream.suggest(k)]
