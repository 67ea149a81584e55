"""Learns what importers found in files: one rule for the command line and the app."""

from collections.abc import Iterable

from autocomplete.importers import Found
from autocomplete.profile.profile import Profile


def learn_found(profile: Profile, found: Iterable[Found]) -> int:
    """Learn the lines of files that the profile does not hold yet; gives how many words that was.

    A file read again, also after it grew or under another path, teaches only what is new in it. Each file is a
    document of the profile by its absolute path, in its own transaction. Raises ProfileError.
    """
    known = {line.text for language in profile.languages() for line in profile.lines(language)}
    return sum(profile.learn(file.lines, str(file.path.resolve()), file.path.name, known=known) for file in found)
