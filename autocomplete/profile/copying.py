"""Writes a profile's content: an empty one, or all of one with another seal."""

from pathlib import Path

from autocomplete.atomic import is_temporary, private_folder, write_whole
from autocomplete.errors import ProfileError
from autocomplete.profile.content_files import DATABASE, TUNING
from autocomplete.profile.disk import DAMAGED, is_folder, is_plain, read_plain
from autocomplete.profile.encryption import BrokenSealError, Seal, Terms
from autocomplete.profile.folder import ProfileFolder
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.model_files import ModelFiles
from autocomplete.profile.store import Store


def make_profile(profile_folder: ProfileFolder, passphrase: str | None) -> tuple[Manifest, Seal]:
    """An empty profile in a folder that has none, sealed if a passphrase is given."""
    terms, seal = Terms.make(passphrase) if passphrase is not None else (None, Seal())
    manifest = Manifest.new(terms)
    profile_folder.put(manifest, lambda part: Store.create(part / DATABASE, seal).close())
    return manifest, seal


def reseal(store: Store, content: Path, seal: Seal, part: Path, new: Seal) -> None:
    """Write a content again, in the folder `part`, with another seal."""
    copy_store(store, part, new)
    for name, sealed in stored_files(store, content, seal).items():
        try:
            opened = seal.open(sealed, name)
        except BrokenSealError:
            raise ProfileError(DAMAGED.format(place=content / name)) from None
        put_file(part, name, new.seal(opened, name))


def copy_store(store: Store, part: Path, seal: Seal) -> None:
    """Write a database again."""
    copy = Store.create(part / DATABASE, seal, store.secret)
    try:
        store.copy_into(copy)
    finally:
        copy.close()


def stored_files(store: Store, content: Path, seal: Seal) -> dict[str, bytes]:
    """The files of the models and of work in progress, as they are, by their names in the content."""
    models = ModelFiles(content, seal)
    found: dict[str, bytes] = {}
    for (name,) in store.select("models", "name"):
        found |= models.sealed(name)
    for path in sorted((content / TUNING).glob("*/*")):
        if is_plain(path) and is_folder(path.parent) and not is_temporary(path.name):
            found[path.relative_to(content).as_posix()] = read_plain(path)
    return found


def put_file(content: Path, name: str, sealed: bytes) -> None:
    """Write one of these."""
    path = content / name
    for folder in (path.parent.parent, path.parent):
        private_folder(folder)
    write_whole(path, sealed)
