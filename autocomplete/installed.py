"""Finds models: the shipped ones, and those that the user put into a folder of their own.

A language is a folder of data. One that lies in `user_models` is offered as the shipped ones are, by the name of its
folder; where both have a name, the user's own counts.
"""

import os
from pathlib import Path

import platformdirs

from autocomplete.assets import assets
from autocomplete.errors import MissingModelError, brief

_CONFIG = "config.json"  # what tells a model's folder from others


def user_models() -> Path:
    """The folder for models that were not shipped; it need not be there."""
    return Path(platformdirs.user_data_dir("autocomplete-desktop", appauthor=False)) / "models"


def languages() -> list[str]:
    """List the languages there are, as `load` takes them, sorted."""
    return sorted({name for folder in _folders() for name in _models(folder, f"*/{_CONFIG}")})


def character_models() -> list[str]:
    """List the models that spell letter by letter, as `load` takes them: "characters/en"."""
    return sorted({name for folder in _folders() for name in _models(folder, f"characters/*/{_CONFIG}")})


def model_folder(name: str | os.PathLike[str]) -> Path:
    """The folder of a model as `load` takes it; `ModelError` if there is none."""
    if isinstance(name, str) and name in (*languages(), *character_models()):
        return next(folder / name for folder in _folders() if (folder / name / _CONFIG).is_file())
    if not os.path.isdir(name):
        raise MissingModelError(
            f"There is no language and no model folder {brief(repr(os.fspath(name)))}; "
            f"the languages are {', '.join(languages())}."
        )
    return Path(name)


def shipped_models() -> Path:
    """The folder of the models that were installed with this package."""
    return assets() / "models"


def _folders() -> tuple[Path, Path]:
    return user_models(), shipped_models()


def _models(folder: Path, pattern: str) -> list[str]:
    try:
        return [path.parent.relative_to(folder).as_posix() for path in folder.glob(pattern)]
    except OSError:  # the user's data folder may be no folder, or be forbidden
        return []
