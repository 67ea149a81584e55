"""Connections to SQLite as a profile needs them: what is deleted is overwritten, and a hostile file does nothing."""

import sqlite3

from autocomplete.profile.schema import check_tables

# The last two: a damaged or hostile file can do no more than fail to be read.
_SETTINGS = (
    "secure_delete = ON", "synchronous = NORMAL", "temp_store = MEMORY", "trusted_schema = OFF", "cell_size_check = ON",
)  # fmt: skip


def checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, to a database with our tables and no others; an sqlite3.DatabaseError if it isn't."""
    try:
        check_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect(target: str) -> sqlite3.Connection:
    """Open a file, a `file:` address or `:memory:`, with our settings."""
    # check_same_thread: the profile's lock sees to it. isolation_level: transactions are said, not guessed.
    connection = sqlite3.connect(
        target, uri=target.startswith("file:"), check_same_thread=False, isolation_level=None, timeout=5
    )
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection
