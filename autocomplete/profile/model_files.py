"""The files of fine-tuned models in a profile, as sealed as everything else.

A model's folder is called `….part` while it comes or goes: then it belongs to the profile if, and only if, there is a
row for it. One with its own name and no row is nothing we know, and stays.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from autocomplete.atomic import is_temporary, private_folder, sync_folder, write_whole
from autocomplete.errors import ProfileError
from autocomplete.profile.content_files import MODELS, is_model_file
from autocomplete.profile.disk import DAMAGED, is_folder, is_plain, read_plain, remove_files
from autocomplete.profile.encryption import BrokenSealError, Seal
from autocomplete.profile.manifest import PART
from autocomplete.profile.scratch import safe_name


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
                f"The files of the fine-tuned model {name} are missing from {self._folder}; "
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
        """Finish what a kill prevented. `names`: of the models that have a row."""
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
