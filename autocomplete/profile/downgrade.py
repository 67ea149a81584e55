"""What this machine remembers of profiles beside them: which of them were sealed when they were last used.

Whoever can write to a profile's folder can put an unsealed one in the place of a sealed one, and read what is learned
from then on. That cannot be told from the folder itself.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Any

import platformdirs

from autocomplete.atomic import private_folder, write_whole
from autocomplete.errors import ProfileUnsealedError
from autocomplete.profile.manifest import Manifest
from autocomplete.regular import open_regular

_MAX_SIZE = 2**20


def refuse_unsealed(folder: Path, manifest: Manifest | None, passphrase: str | None) -> None:
    """A ProfileUnsealedError if what is in the folder isn't sealed, but was when it was last used.

    `manifest`: None if there is no profile any more; `passphrase`: what a new one would be sealed with.
    """
    sealed = manifest.terms is not None if manifest is not None else passphrase is not None
    if not sealed and _sealed() & _names(folder):
        now = "is gone" if manifest is None else "is not any more"
        raise ProfileUnsealedError(
            f"The profile in {folder} was encrypted with a passphrase and {now}; restore the encrypted one, or, "
            "if you did that yourself, continue without: "
            f"autocomplete profile passphrase --remove --profile {quote(str(folder))}"
        )


def remember_seal(folder: Path, *, sealed: bool) -> None:
    """Remember whether the profile in the folder is sealed. Where that cannot be kept, nothing is noticed later."""
    known, names = _sealed(), _names(folder)
    changed = sorted(known | names if sealed else known - names)
    if set(changed) != known:
        with suppress(OSError, ValueError):
            private_folder(_place().parent)
            write_whole(_place(), json.dumps({"sealed": changed}, indent=2).encode() + b"\n")


def _names(folder: Path) -> set[str]:
    """The folder as it was named, without detours, and as it is without links: it is the same by whatever name."""
    return {os.path.abspath(folder), os.path.realpath(folder)}


def _place() -> Path:
    """Not in the profile's folder, where it would be replaced together with the profile."""
    return Path(platformdirs.user_config_dir("autocomplete-desktop", appauthor=False)) / "sealed.json"


def _sealed() -> set[str]:
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError), open_regular(_place()) as file:
        data: Any = json.loads(file.read(_MAX_SIZE))
        return {folder for folder in data["sealed"] if isinstance(folder, str)}
    return set()
