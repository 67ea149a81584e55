"""Fine-tuned models of a profile: a row each, and files as sealed as everything else.

A model's folder is called `….part` while it comes or goes: then it belongs to the profile if, and only if, there is a
row for it. One with its own name and no row is nothing we know, and stays.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from autocomplete.atomic import is_temporary, private_folder, sync_folder, write_whole
from autocomplete.errors import ProfileError
from autocomplete.profile.disk import DAMAGED, is_folder, is_plain, read_plain, remove_files
from autocomplete.profile.encryption import BrokenSealError, Seal
from autocomplete.profile.manifest import PART
from autocomplete.profile.remains import MODELS, is_model_file
from autocomplete.profile.scratch import safe_name
from autocomplete.profile.store import Store
from autocomplete.profile.times import plausible


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
    return [
        TunedModel(name, language, plausible(made), report, bool(on), bool(stale))
        for name, made, on, stale, report in rows
    ]


class ModelFiles:
    """The files of the models, in a folder each."""

    def __init__(self, content: Path, seal: Seal) -> None:
        """`content`: the profile's content."""
        self._folder = content / MODELS
        self._seal = seal

    def read(self, name: str) -> dict[str, bytes]:
        """The files by name, opened. Raises ProfileError for a damaged one, or if there are none."""
        found = self._stored(name)
        if not found:
            raise ProfileError(
                f"The files of the tuned model {name} are missing from {self._folder}; "
                "put a backup of them there, or remove the model."
            )
        return {path.name: self._opened(path, name) for path in found}

    def has(self, name: str) -> bool:
        """Whether there are files of this model."""
        return bool(self._stored(name))

    def sealed(self, name: str) -> dict[str, bytes]:
        """The files of a model as they are, by their names in the content: "models/1f0c…/gates.onnx"."""
        return {f"{MODELS}/{name}/{path.name}": read_plain(path) for path in self._stored(name)}

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Each file whole; `keep` them once the model has a row."""
        part = self._folder / (name + PART)
        private_folder(self._folder)
        private_folder(part)
        try:
            for file, content in files.items():
                if not file or file != safe_name(file):
                    raise ValueError(f"{file!r} is no name for a model's file")
                write_whole(part / file, self._seal.seal(content, f"{MODELS}/{name}/{file}"))
        except BaseException:
            self.remove(name)
            raise

    def keep(self, name: str) -> None:
        """The files belong to a model that has a row."""
        self._rename(name + PART, name)

    def give_up(self, name: str) -> None:
        """The files belong to a model that is about to lose its row."""
        self._rename(name, name + PART)

    def remove(self, name: str) -> None:
        """Without the files of a model that has no row."""
        remove_files(self._folder / (name + PART), is_model_file)

    def settle(self, names: set[str]) -> None:
        """Finishes what a kill prevented. `names`: of the models that have a row."""
        for path in list(self._folder.iterdir()) if is_folder(self._folder) else ():
            name = path.name.removesuffix(PART)
            if name != path.name:
                (self.keep if name in names else self.remove)(name)

    def _rename(self, name: str, new: str) -> None:
        if is_folder(self._folder / name) and not os.path.lexists(self._folder / new):
            os.rename(self._folder / name, self._folder / new)
            sync_folder(self._folder)

    def _stored(self, name: str) -> list[Path]:
        """The paths of a model's files, sorted; those of one whose rename a kill prevented are there still."""
        for folder in (self._folder / name, self._folder / (name + PART)):
            if name.isalnum() and is_folder(folder):  # a name that is a path comes from a stranger
                return sorted(path for path in folder.iterdir() if is_plain(path) and not is_temporary(path.name))
        return []

    def _opened(self, path: Path, name: str) -> bytes:
        try:
            return self._seal.open(read_plain(path), f"{MODELS}/{name}/{path.name}")
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
