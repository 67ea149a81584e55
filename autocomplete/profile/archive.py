"""A profile in one file, to keep or to carry elsewhere: a zip with the same files, sealed if the profile is.

An archive may come from a stranger. Nothing of it is unpacked by its names, its database is copied row by row into
one of ours, and all of it has been read before anything takes the place of what was there.
"""

import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from autocomplete.atomic import replacing
from autocomplete.errors import ProfileError
from autocomplete.profile.content_files import DATABASE, MODELS
from autocomplete.profile.copying import copy_store, make_profile, put_file
from autocomplete.profile.disk import translate_errors
from autocomplete.profile.downgrade import remember_seal
from autocomplete.profile.encryption import BrokenSealError, Seal, unlock
from autocomplete.profile.folder import MANIFEST, ProfileFolder
from autocomplete.profile.listing import Preview, previewed
from autocomplete.profile.manifest import Manifest
from autocomplete.profile.profile import Profile
from autocomplete.profile.scratch import safe_name
from autocomplete.profile.store import Store
from autocomplete.regular import open_regular
from autocomplete.text.files import StrPath

_FOREIGN = "{place} is not an export of a profile, or was damaged on the way; export the profile again."
_MAX_FILES = 1000
_MAX_SIZE = 4 * 2**30  # of all files together
_MAX_FILE = 2**29  # of one, which is read whole
_MAX_RATIO = 200  # of what is packed to how it is packed; text packs to a tenth
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_SMALL = 2**20  # a file that may be packed better


def export_profile(profile: Profile, path: StrPath, *, replace: bool = False) -> Preview:
    """Write a profile into one file and tell what it holds. Raises ProfileError if there is one, unless `replace`.

    Only an ordinary file is ever replaced, and none of the profile's own.
    """
    path = Path(path)
    with translate_errors(path):
        real = path.resolve()
        if path.exists() and not path.is_file():
            raise ProfileError(f"{path} is not an ordinary file; name another one for the export.")
        if profile.folder.resolve() in real.parents:
            raise ProfileError(f"{path} is in the profile's own folder; name a file somewhere else.")
    if path.exists() and not replace:
        raise ProfileError(f"{path} already exists; name another file, or allow it to be replaced.")
    files = profile.packed()
    with translate_errors(path), replacing(real) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return preview(path)


def preview(path: StrPath, passphrase: str | None = None) -> Preview:
    """Tell what an export holds, which needs no passphrase; one that is given is tried. Nothing is changed.

    Raises ProfileError if it is none, PassphraseError if the passphrase is another.
    """
    path = Path(path)
    with _opened(path) as archive:
        if passphrase is not None:
            unlock(archive.manifest.terms, passphrase, path)
        with _foreign(path), closing(archive.store(Seal())) as store:
            return previewed(archive.manifest, store, path.stat().st_size)


def import_profile(path: StrPath, folder: StrPath, passphrase: str | None, *, replace: bool = False) -> list[str]:
    """Make the profile in an export the one in `folder`, with the passphrase it was exported with.

    A profile that holds something is kept unless `replace`, and then until the new one is whole. Raises ProfileError.
    Gives the names of what else is in the folder and no part of the profile, such as one that could not be read.
    """
    path, profile_folder = Path(path), ProfileFolder(Path(folder).absolute())
    with _opened(path) as archive:
        seal = unlock(archive.manifest.terms, passphrase, path)
        if not (replace and profile_folder.holds_profile()):
            _check_empty(profile_folder)
        profile_folder.acquire()
        try:
            with translate_errors(profile_folder.folder):
                return _put(archive, seal, profile_folder)
        finally:
            profile_folder.release()


def _put(archive: "_Archive", seal: Seal, profile_folder: ProfileFolder) -> list[str]:
    if not profile_folder.holds_profile():
        profile_folder.begin()
        make_profile(profile_folder, None)  # a kill on the way leaves an empty one
    manifest = Manifest.new(archive.manifest.terms, archive.manifest)
    if manifest.terms is None:
        remember_seal(profile_folder.folder, sealed=False)  # before: a kill must not leave one that does not open
    profile_folder.put(manifest, lambda part: archive.unpack(part, seal))
    Store.snapshot(profile_folder.database(manifest), seal).close()
    profile_folder.settle(manifest)
    remember_seal(profile_folder.folder, sealed=manifest.terms is not None)
    return profile_folder.strangers(manifest)


def _check_empty(profile_folder: ProfileFolder) -> None:
    manifest = profile_folder.manifest()
    if manifest is None:
        return
    database = profile_folder.database(manifest)
    with translate_errors(profile_folder.folder, database), closing(Store.snapshot(database, Seal())) as store:
        empty = store.is_empty
    if not empty:
        raise ProfileError(
            f"The profile in {profile_folder.folder} is not empty; allow it to be replaced, "
            "or name another folder."
        )


class _Archive:
    """An export that was opened."""

    def __init__(self, archive: zipfile.ZipFile, place: Path) -> None:
        self._archive = archive
        self._place = place
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(infos) > _MAX_FILES or len(set(names)) < len(names) or not {MANIFEST, DATABASE} <= set(names):
            raise ValueError("other files than an export's")
        if sum(info.file_size for info in infos) > _MAX_SIZE or any(info.file_size > _MAX_FILE for info in infos):
            raise ValueError("too large")
        if any(info.flag_bits & _ENCRYPTED or info.compress_type not in _PACKINGS for info in infos):
            raise ValueError("packed as we do not")
        if any(info.file_size > max(_SMALL, _MAX_RATIO * info.compress_size) for info in infos):
            raise ValueError("packed too well")
        self._files = [name for name in names if name not in (MANIFEST, DATABASE)]
        if not all(map(_is_model_file, self._files)):
            raise ValueError("other files than an export's")
        self.manifest = Manifest.from_bytes(archive.read(MANIFEST), place, _FOREIGN)

    def store(self, seal: Seal) -> Store:
        """Its database, in memory."""
        return Store.of_bytes(self._archive.read(DATABASE), seal, self._place, _FOREIGN)

    def unpack(self, part: Path, seal: Seal) -> None:
        """Write it as a content into the folder `part`."""
        with _foreign(self._place):
            store = self.store(seal)
        with closing(store):
            copy_store(store, part, seal)
            names = {name for (name,) in store.select("models", "name")}
        with _foreign(self._place):
            if names != {PurePosixPath(name).parts[1] for name in self._files}:
                raise ValueError("models without files, or files without a model")
        for name in self._files:
            with _foreign(self._place):
                sealed = self._archive.read(name)
                seal.open(sealed, name)
            put_file(part, name, sealed)


def _is_model_file(name: str) -> bool:
    parts = name.split("/")
    return len(parts) == 3 and parts[0] == MODELS and all(part and part == safe_name(part) for part in parts)


@contextmanager
def _opened(path: Path) -> Iterator[_Archive]:
    try:
        file = open_regular(path)
    except OSError as error:
        raise ProfileError(f"{path} cannot be read: {error.strerror or error}.") from error
    with file:
        with _foreign(path):
            archive = _Archive(zipfile.ZipFile(file), path)
        yield archive


_WRONG = (
    BrokenSealError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError,
    TypeError, OverflowError, sqlite3.Error, MemoryError, struct.error, OSError,
)  # fmt: skip


@contextmanager
def _foreign(path: Path) -> Iterator[None]:
    """Turn what a damaged or hostile archive causes into one sentence."""
    try:
        yield
    except ProfileError:
        raise
    except _WRONG as error:
        raise ProfileError(_FOREIGN.format(place=path)) from error
