"""Deletes a profile without opening it: its passphrase may be lost, or a file of it damaged."""

from pathlib import Path

from autocomplete.errors import MissingProfileError
from autocomplete.profile.disk import translate_errors
from autocomplete.profile.downgrade import remember_seal
from autocomplete.profile.folder import ProfileFolder


def delete_profile(folder: Path) -> list[str]:
    """Delete the profile in a folder; gives the names of what is no part of it, and is still there.

    Raises MissingProfileError if there is none, ProfileInUseError if it is open for writing, or another ProfileError.
    """
    profile_folder = ProfileFolder(folder.absolute())
    with translate_errors(folder):
        if not profile_folder.holds_profile():
            raise MissingProfileError(f"There is no profile in {folder}; nothing was deleted.")
        profile_folder.acquire()
        try:
            remember_seal(profile_folder.folder, sealed=False)
            return profile_folder.remove()
        finally:
            profile_folder.release()
