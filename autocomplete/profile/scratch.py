"""A place for work in progress on a model, which the process that does the work reads and writes by itself."""

from pathlib import Path
from urllib.parse import quote

from autocomplete.atomic import is_temporary, private_folder, write_whole
from autocomplete.errors import ProfileError
from autocomplete.profile.disk import DAMAGED, is_folder, is_plain, read_plain, remove_files, translate_errors
from autocomplete.profile.encryption import BrokenSealError, Seal

_FORGOTTEN = ".forgotten"


def safe_name(name: str) -> str:
    """`name` as a file's name that stays in its folder and is never hidden."""
    return quote(name, safe="").replace(".", "%2E", 1) if name.startswith(".") else quote(name, safe="")


def is_scratch_file(name: str) -> bool:
    """Whether a file of a scratch may have this name."""
    return name == _FORGOTTEN or is_temporary(name) or name == safe_name(name)


class Scratch:
    """Files by name, sealed as the profile is. `Scratch(folder, key)` makes the same one in another process."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        """`folder`: made at the first write, as is the one above. `key`: the profile's, None where it isn't sealed."""
        self.folder = folder
        self.key = key
        self._seal = Seal(key)

    def read(self, name: str) -> bytes | None:
        """What was last written under this name; None if nothing was. Raises ProfileError if it is damaged."""
        path = self._path(name)
        try:
            with translate_errors(path):
                return self._seal.open(read_plain(path), self._purpose(name)) if path.is_file() else None
        except BrokenSealError:
            raise ProfileError(DAMAGED.format(place=path)) from None

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all: a kill leaves what was there before. Raises ProfileError."""
        path, sealed = self._path(name), self._seal.seal(content, self._purpose(name))
        with translate_errors(self.folder):
            self._make_folder()
            write_whole(path, sealed)

    def names(self) -> list[str]:
        """What can be read, sorted."""
        return sorted(name for name in self._files() if not name.startswith("."))

    def clear(self) -> None:
        """Remove everything: a new work begins."""
        with translate_errors(self.folder):
            remove_files(self.folder, is_scratch_file)

    @property
    def outdated(self) -> bool:
        """Whether something was forgotten since the work began: what it makes knows it still."""
        return (self.folder / _FORGOTTEN).exists()

    def outdate(self) -> None:
        """Remove what was made so far, for it knows what is now forgotten; what is still being made is outdated."""
        if self._files():
            self.clear()
            with translate_errors(self.folder):
                self._make_folder()
                write_whole(self.folder / _FORGOTTEN, self._seal.seal(b"", self._purpose(_FORGOTTEN)))

    def _make_folder(self) -> None:
        private_folder(self.folder.parent)
        private_folder(self.folder)

    def _files(self) -> list[str]:
        return [path.name for path in self.folder.iterdir() if is_plain(path)] if is_folder(self.folder) else []

    def _path(self, name: str) -> Path:
        if not name or name != safe_name(name):
            raise ValueError(f"{name!r} is no name for a file")
        return self.folder / name

    def _purpose(self, name: str) -> str:
        return f"tuning/{self.folder.name}/{name}"
