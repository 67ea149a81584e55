"""Fine-tuned models of a profile: a row each, and files as sealed as everything else."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from autocomplete.atomic import private_folder, write_whole
from autocomplete.errors import ProfileError
from autocomplete.personal.disk import DAMAGED, remove_folder
from autocomplete.personal.scratch import safe_name
from autocomplete.personal.sealing import BrokenSealError, Seal
from autocomplete.personal.store import Store

MODELS = "models"


@dataclass(frozen=True)
class TunedModel:
    """`created`: seconds since the epoch. `stale`: it learned from something that was forgotten since."""

    id: str
    language: str
    created: float
    report: dict[str, Any]
    active: bool
    stale: bool


def tuned_models(store: Store, language: str) -> list[TunedModel]:
    """The models of a language, oldest first."""
    rows = store.select("models", "name, created, active, stale, content", "language = ?", (language,))
    return [TunedModel(name, language, made, report, bool(on), bool(stale)) for name, made, on, stale, report in rows]


class ModelFiles:
    """The files of the models, in a folder each."""

    def __init__(self, content: Path, seal: Seal) -> None:
        """`content`: the profile's content."""
        self._folder = content / MODELS
        self._seal = seal

    def read(self, name: str) -> dict[str, bytes]:
        """The files by name, opened. Raises ProfileError for a damaged one, OSError if there are none."""
        return {path.name: self._opened(path) for path in sorted((self._folder / name).iterdir())}

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Each file whole; the folder counts once its model has a row."""
        folder = self._folder / name
        private_folder(folder.parent)
        private_folder(folder)
        try:
            for file, content in files.items():
                if not file or file != safe_name(file):
                    raise ValueError(f"{file!r} is no name for a model's file")
                write_whole(folder / file, self._seal.seal(content, f"{MODELS}/{name}/{file}"))
        except BaseException:
            remove_folder(folder)
            raise

    def remove(self, name: str) -> None:
        """Without the model's files."""
        remove_folder(self._folder / name)

    def keep_only(self, names: set[str]) -> None:
        """Removes what a kill left of models that have no row."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in names:
                    remove_folder(path)

    def _opened(self, path: Path) -> bytes:
        try:
            return self._seal.open(path.read_bytes(), f"{MODELS}/{path.parent.name}/{path.name}")
        except BrokenSealError:
            raise ProfileError(DAMAGED.format(place=path)) from None


def new_name() -> str:
    """The id of a new model."""
    return uuid4().hex[:12]


def add_row(store: Store, name: str, language: str, report: Mapping[str, Any], *, stale: bool) -> None:
    """A new model that has learned from all lines there are."""
    (last_line,) = store.one("SELECT coalesce(max(id), 0) FROM lines")
    times = {"created": time.time(), "last_line": last_line}
    store.add("models", name=name, language=language, active=0, stale=int(stale), **times, content=dict(report))


def use(store: Store, language: str, name: str | None) -> None:
    """Makes one model of the language the active one, or none."""
    rows = store.select("models", "id, name", "language = ?", (language,))
    if name is not None and name not in (row[1] for row in rows):
        raise ProfileError(f"There is no tuned model {name!r} for {language!r} in the profile.")
    for row_id, of in rows:
        store.change("models", row_id, active=int(of == name))


def remove_row(store: Store, name: str) -> None:
    """Without the model; ProfileError if there is none."""
    store.remove("models", row_of(store, name))


def row_of(store: Store, name: str) -> int:
    """The number of a model's row; ProfileError if there is none."""
    rows = store.select("models", "id", "name = ?", (name,))
    if not rows:
        raise ProfileError(f"There is no tuned model {name!r} in the profile.")
    row_id: int = rows[0][0]
    return row_id
