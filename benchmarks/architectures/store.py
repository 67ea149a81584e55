"""Networks on disk, and the corpus cut into pieces: what is there already is not made again."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file

from autocomplete.errors import CorpusError
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.mixture import Source, sources
from autocomplete.training.shards import Shard, pack
from benchmarks.architectures.network import Network
from benchmarks.architectures.sentences import training_lines
from benchmarks.architectures.sizes import KINDS, Kind, build

_SENTENCES = 60_000  # of the probe's training text
Record = dict[str, Any]
Networks = dict[Kind, Network]


class Store:
    """A folder with the finished networks of one language. `decides`: the options they were trained with."""

    def __init__(self, folder: Path, language: str, tokenizer: Tokenizer, decides: Mapping[str, Any]) -> None:
        """Raises `CorpusError` when the folder holds networks that were trained with other options."""
        self._folder, self._language, self._tokenizer = folder, language, tokenizer
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / "options.json"
        plain = json.loads(json.dumps(decides))
        if note.exists() and json.loads(note.read_text("utf-8")) != plain:
            raise CorpusError(f"{folder} holds networks trained with other options; name another folder, or delete it.")
        note.write_text(json.dumps(plain, indent=2), encoding="utf-8")

    def corpus(self, paths: list[Path]) -> list[Shard]:
        """The files as tokens."""
        return pack(sources(paths, {}), self._tokenizer, self._folder / "shards")

    def sentences(self) -> list[Shard]:
        """The memory test's training sentences as tokens."""
        path = self._folder / "sentences.txt"
        path.write_text("\n\n".join(training_lines(self._language, _SENTENCES)), encoding="utf-8")
        return pack([Source(path)], self._tokenizer, self._folder / "shards")

    def networks(
        self, stage: str, make: Callable[[Networks], dict[Kind, Record]], begin: Networks | None
    ) -> tuple[Networks, dict[Kind, Record]]:
        """All networks of a stage and what is recorded of each, loaded or made.

        make: trains fresh networks, or those that `begin` gives, in place, and returns the records.
        """
        networks = {kind: build(kind, self._tokenizer.size) for kind in KINDS}
        note = self._folder / f"{stage}.json"
        if note.exists():
            for kind, network in networks.items():
                network.load_state_dict(load_file(self._file(stage, kind)))
            return networks, json.loads(note.read_text("utf-8"))
        for kind, network in (begin or {}).items():
            networks[kind].load_state_dict(network.state_dict())
        records = make(networks)
        for kind, network in networks.items():
            save_file(network.state_dict(), self._file(stage, kind))
        note.write_text(json.dumps(records), encoding="utf-8")
        return networks, records

    def _file(self, stage: str, kind: Kind) -> Path:
        return self._folder / f"{stage}.{kind}.safetensors"
