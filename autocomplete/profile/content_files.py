"""A content's folder on the disk: which files of it are ours, and how they are removed, one by one."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from autocomplete.atomic import is_temporary
from autocomplete.profile.disk import is_folder, is_plain, remove_files, remove_if_empty
from autocomplete.profile.manifest import ORIGIN, Origin
from autocomplete.profile.schema import check_tables, is_empty
from autocomplete.profile.scratch import is_scratch_file, safe_name

DATABASE = "profile.sqlite3"
# What SQLite may keep beside the database's file.
SIDES = ("-wal", "-shm", "-journal")
MODELS = "models"
TUNING = "tuning"
_FILES = (DATABASE, *(DATABASE + side for side in SIDES))


def is_ours(content: Path) -> bool:
    """Whether we made this folder: it says so itself, or a profile's database is in it."""
    if Origin.of(content) is not None:
        return True
    database = content / DATABASE
    try:
        if is_plain(database):
            with closing(_connect(database, "mode=ro&immutable=1")) as connection:
                check_tables(connection)
                return True
    except sqlite3.Error:
        pass
    return False


def holds_nothing(content: Path) -> bool:
    """Whether nothing of a user's can have been put into the content yet. Only for who has the profile's lock."""
    database = content / DATABASE
    if not os.path.lexists(database):
        return True
    try:
        if is_plain(database):
            with closing(_connect(database, "mode=rw")) as connection:
                return is_empty(connection)
    except sqlite3.Error:
        pass
    return False


def remove_content(content: Path) -> None:
    """Remove what we put into a content's folder, and the folder unless something else is in it. Raises OSError."""
    if not is_folder(content):
        return
    for kind, known in ((MODELS, is_model_file), (TUNING, is_scratch_file)):
        if is_folder(content / kind):
            for folder in list((content / kind).iterdir()):
                remove_files(folder, known)
            remove_if_empty(content / kind)
    remove_files(content, lambda name: name in _FILES or is_temporary(name))
    remove_files(content, lambda name: name == ORIGIN)  # last: a removal that was broken off can be finished


def is_model_file(name: str) -> bool:
    """Whether a model's file may have this name."""
    return is_temporary(name) or name == safe_name(name)


def _connect(database: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(database))}?{how}", uri=True, isolation_level=None, timeout=5)
