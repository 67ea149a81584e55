"""The work folder of a training run: what is finished stays, so that a run goes on where it ended."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autocomplete.atomic import write_whole
from autocomplete.errors import CorpusError

RECIPE = "recipe.json"


class WorkFolder:
    """A folder of one run, begun with one recipe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, recipe: Mapping[str, Mapping[str, Any]]) -> None:
        """Make the folder. recipe: for each stage's file the options that decide what is in it.

        Raises `CorpusError` if a file is there that was made with others.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / RECIPE
        if path.exists():
            changed = [
                f"{name} ({_shown(old)}, now {_shown(new)})"
                for file, options in self._read(path).items()
                if (self.folder / file).exists()
                for name, old, new in _differences(options, recipe[file])
            ]
            if changed:
                raise CorpusError(
                    f"{self.folder} was begun with other options: {', '.join(changed)}; "
                    "give those again, choose another --out, or delete the folder to start over."
                )
        write_whole(path, (json.dumps(recipe, indent=2, ensure_ascii=False) + "\n").encode())

    def _read(self, path: Path) -> dict[str, dict[str, Any]]:
        try:
            return {file: dict(options) for file, options in json.loads(path.read_bytes()).items()}
        except (ValueError, TypeError, AttributeError) as error:
            raise CorpusError(f"{path} is damaged; delete {self.folder} to start over.") from error

    def file(self, name: str, make: Callable[[], bytes]) -> Path:
        """The file of that name, made now unless an earlier run has finished it."""
        path = self.folder / name
        if not path.exists():
            write_whole(path, make())
        return path


def _differences(begun: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in {**begun, **now}:
        if begun.get(name) != now.get(name):
            yield name, begun.get(name), now.get(name)


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)
