"""The files of an export: the content as it is, with a fresh copy of the database."""

from contextlib import closing

from autocomplete.errors import ProfileError
from autocomplete.profile import models
from autocomplete.profile.content_files import DATABASE
from autocomplete.profile.folder import MANIFEST
from autocomplete.profile.open_profile import OpenProfile
from autocomplete.profile.store import Store


def packed_files(profile: OpenProfile, store: Store) -> dict[str, bytes]:
    """The files by their names, sealed as the profile is; work in progress is not among them. Under its lock."""
    if profile.manifest is None:
        raise ProfileError(f"There is no profile in {profile.folder}.")
    with closing(profile.empty_copy()) as copy:
        store.copy_into(copy)
        files: dict[str, bytes] = {}
        for (name,) in store.select("models", "name"):
            if profile.files.has(name):
                files |= profile.files.sealed(name)
            else:  # nobody could import a model without its files
                with copy.transaction():
                    models.remove_row(copy, name)
        return {MANIFEST: profile.manifest.as_bytes(), DATABASE: copy.as_bytes()} | files
