"""Makes a profile's content: a new one, or the same sealed in another way."""

from collections.abc import Iterator
from pathlib import Path

import platformdirs

from autocomplete.atomic import PARTIAL, private_folder, write_whole
from autocomplete.errors import PassphraseError, ProfileError
from autocomplete.personal.disk import DAMAGED
from autocomplete.personal.home import DATABASE, Head, Home
from autocomplete.personal.models import MODELS
from autocomplete.personal.sealing import BrokenSealError, Seal, Terms
from autocomplete.personal.store import Store

TUNING = "tuning"


def default_folder() -> Path:
    """Where this user's profile is unless another folder is named."""
    return Path(platformdirs.user_data_dir("autocomplete-desktop", appauthor=False)) / "profile"


def unlock(terms: Terms | None, passphrase: str | None, place: Path) -> Seal:
    """The seal of what is in `place`; PassphraseError where the passphrase is missing or wrong."""
    if terms is None:
        return Seal()
    if passphrase is None:
        raise PassphraseError(f"{place} is sealed with a passphrase; give the passphrase to open it.")
    try:
        return terms.unlock(passphrase)
    except BrokenSealError:
        raise PassphraseError(f"That is not the passphrase of {place}; nothing was changed.") from None


def make_profile(home: Home, passphrase: str | None) -> tuple[Head, Seal]:
    """An empty profile in a folder that has none, sealed if a passphrase is given."""
    terms, seal = Terms.make(passphrase) if passphrase is not None else (None, Seal())
    head = Head.new(terms)
    home.put(head, lambda part: Store.create(part / DATABASE, seal).close())
    return head, seal


def reseal(store: Store, content: Path, seal: Seal, part: Path, new: Seal) -> None:
    """Writes a content again, in the folder `part`, with another seal."""
    copy_store(store, part, new)
    for name, sealed in sealed_files(content, MODELS, TUNING):
        try:
            opened = seal.open(sealed, name)
        except BrokenSealError:
            raise ProfileError(DAMAGED.format(place=content / name)) from None
        put_file(part, name, new.seal(opened, name))


def copy_store(store: Store, part: Path, seal: Seal) -> None:
    """Writes a database again."""
    copy = Store.create(part / DATABASE, seal, store.secret)
    try:
        store.copy_into(copy)
    finally:
        copy.close()


def sealed_files(content: Path, *kinds: str) -> Iterator[tuple[str, bytes]]:
    """The files beside the database, as they are, with their names in the content: "models/1f0c…/gates.onnx"."""
    for kind in kinds:
        for path in sorted((content / kind).glob("*/*")):
            if not path.name.endswith(PARTIAL):
                yield path.relative_to(content).as_posix(), path.read_bytes()


def put_file(content: Path, name: str, sealed: bytes) -> None:
    """Writes one of these."""
    path = content / name
    for folder in (path.parent.parent, path.parent):
        private_folder(folder)
    write_whole(path, sealed)
