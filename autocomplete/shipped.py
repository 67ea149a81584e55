"""Finds and loads models: the shipped languages and folders of the user's own."""

import os
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from autocomplete.errors import ModelError, ProfileError

if TYPE_CHECKING:
    from autocomplete.personal.profile import Profile
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.language import Language


def _shipped() -> Path:
    return Path(str(files("assets"))) / "models"


def languages() -> list[str]:
    """The shipped languages, as `load` takes them."""
    return _models("*/config.json")


def character_models() -> list[str]:
    """The shipped models that spell letter by letter, as `load` takes them: "characters/en"."""
    return _models("characters/*/config.json")


def _models(pattern: str) -> list[str]:
    folder = _shipped()
    return sorted(path.parent.relative_to(folder).as_posix() for path in folder.glob(pattern))


def load(
    *names: str | os.PathLike[str], profile: "Profile | str | os.PathLike[str] | None" = None, offensive: bool = False
) -> "Completer":
    """A completer for one or several models: shipped languages ("en", "de"), the small models that spell them letter by
    letter ("characters/en"), or folders that hold a model.

    profile: what a user taught it; of a folder, what it holds now. `offensive`: whether insults and vulgar words are
    offered, too. Raises `ModelError` with a sentence that names the language or the file and what is wrong with it, and
    `ProfileError` for a profile that cannot be read.
    """
    from autocomplete.model.bundle import Bundle
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.language import Language

    if not names:
        raise ModelError(f"No language was named; the shipped ones are {', '.join(languages())}.")
    loaded = [Language.load(Bundle.open(model_folder(name))) for name in dict.fromkeys(names)]
    if profile is not None:
        opened = _opened(profile)
        loaded = [_made_personal(language, opened) for language in loaded]
    return Completer(loaded, offensive=offensive)


def _opened(profile: "Profile | str | os.PathLike[str]") -> "Profile":
    from autocomplete.personal.profile import Profile

    if isinstance(profile, Profile):
        return profile
    if not Path(profile).is_dir():
        raise ProfileError(f"There is no profile in {os.fspath(profile)}; autocomplete finetune makes one.")
    return Profile.open(profile, read_only=True)


def _made_personal(language: "Language", profile: "Profile") -> "Language":
    from autocomplete.personal.layer import ProfileLayer

    if language.memory is not None:
        profile.use_base(language.name, language.memory)
    return replace(language, personal=ProfileLayer(profile, language.name))


def model_folder(name: str | os.PathLike[str]) -> Path:
    """The folder of a model as `load` takes it; `ModelError` if there is none."""
    shipped = _shipped() / name
    if isinstance(name, str) and name in (*languages(), *character_models()):
        return shipped
    if not Path(name).is_dir():
        raise ModelError(
            f"There is no language and no model folder {os.fspath(name)!r}; "
            f"the shipped languages are {', '.join(languages())}."
        )
    return Path(name)
