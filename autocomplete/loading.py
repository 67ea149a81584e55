"""Loads completers: the models of one or several languages, with what their user taught them."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autocomplete.errors import MissingProfileError, ModelError
from autocomplete.installed import languages, model_folder

if TYPE_CHECKING:
    from autocomplete.model.bundle import Bundle
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.language import Language
    from autocomplete.profile.profile import Profile


def load(
    *names: str | os.PathLike[str], profile: "Profile | str | os.PathLike[str] | None" = None, offensive: bool = False
) -> "Completer":
    """Load one or several models: shipped languages ("en", "de"), the small models that spell them letter by
    letter ("characters/en"), or folders that hold a model.

    profile: what a user taught it; of a folder, what it holds now. `offensive`: whether insults and vulgar words are
    offered, too. Raises `ModelError` with a sentence that names the language or the file and what is wrong with it, and
    `ProfileError` for a profile that cannot be read.
    """
    from autocomplete.model.bundle import Bundle
    from autocomplete.predict.completer import Completer
    from autocomplete.predict.language import Language

    if not names:
        raise ModelError(f"No language was named; there are {', '.join(languages())}.")
    opened = None if profile is None else _opened(profile)
    bundles = [Bundle.open(model_folder(name)) for name in dict.fromkeys(names)]
    loaded = [Language.load(bundle) if opened is None else _personal(bundle, opened) for bundle in bundles]
    return Completer(loaded, offensive=offensive)


def _opened(profile: "Profile | str | os.PathLike[str]") -> "Profile":
    from autocomplete.profile.profile import Profile

    if isinstance(profile, Profile):
        return profile
    if not Path(profile).is_dir():
        raise MissingProfileError(f"There is no profile in {os.fspath(profile)}; autocomplete finetune makes one.")
    return Profile.open(profile, read_only=True)


def _personal(bundle: "Bundle", profile: "Profile") -> "Language":
    """The language with what the user taught: their own words, and the fine-tuned LSTM if one is in use."""
    from autocomplete.predict.language import Language
    from autocomplete.profile.layer import ProfileLayer

    language = _tuned(bundle, profile) or Language.load(bundle)
    if language.ngram is not None:
        profile.use_base(language.name, language.ngram)
    return replace(language, personal=ProfileLayer(profile, language.name))


def _tuned(bundle: "Bundle", profile: "Profile") -> "Language | None":
    """The language with the fine-tuned LSTM in use; None if there is none that fits the language's pieces."""
    from autocomplete.predict.language import Language

    for model in profile.models(bundle.language):
        if model.active:
            tuned = bundle.with_files(profile.model_files(model.id), f"the profile {profile.folder}")
            with suppress(ModelError):
                return Language.load(tuned)
    return None
