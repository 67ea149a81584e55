"""The tables of a profile's database, and whether a database has these and no others."""

import sqlite3

TABLES = {
    "secrets": "id INTEGER PRIMARY KEY, content BLOB NOT NULL",
    "documents": "id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, content BLOB NOT NULL",
    "lines": "id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, language TEXT NOT NULL, "
    "time REAL NOT NULL, words INTEGER NOT NULL, content BLOB NOT NULL",
    "words": "id INTEGER PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, content BLOB NOT NULL",
    "suppressed": "id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, seen INTEGER NOT NULL",
    "models": "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, language TEXT NOT NULL, created REAL NOT NULL, "
    "active INTEGER NOT NULL, stale INTEGER NOT NULL, last_line INTEGER NOT NULL, content BLOB NOT NULL",
}
INDEX = "CREATE INDEX lines_of_a_document ON lines(document)"
_SEQUENCE = "CREATE TABLE sqlite_sequence(name,seq)"
_OURS = {("table", name, f"CREATE TABLE {name}({columns})") for name, columns in TABLES.items()}
_OURS |= {("index", "lines_of_a_document", INDEX), ("table", "sqlite_sequence", _SEQUENCE)}
# Rows and words that nobody lives to write; larger numbers are a stranger's, and overflow when they are added up.
_MAX_NUMBER = 2**48
_MAX_NAME = 200
_PLAIN = {
    "INTEGER": f"typeof({{0}}) = 'integer' AND {{0}} BETWEEN 0 AND {_MAX_NUMBER}",
    "REAL": "typeof({0}) IN ('real', 'integer')",
    "TEXT": f"typeof({{0}}) = 'text' AND length({{0}}) <= {_MAX_NAME}",
    "BLOB": "typeof({0}) = 'blob'",
}


def make_tables(connection: sqlite3.Connection) -> None:
    """Make all of them, empty."""
    for name, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {name}({columns})")
    connection.execute(INDEX)


def columns_of(table: str) -> list[str]:
    """The names of a table's columns."""
    return [column.split()[0] for column in TABLES[table].split(", ")]


def kinds_of(table: str) -> list[str]:
    """What its columns hold: INTEGER, REAL, TEXT or BLOB."""
    return [column.split()[1] for column in TABLES[table].split(", ")]


def check_tables(connection: sqlite3.Connection) -> None:
    """An sqlite3.DatabaseError where there is anything but our tables: another's triggers and views might act."""
    kinds = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if set(kinds) != _OURS:
        raise sqlite3.DatabaseError("other tables than a profile's")


def check_rows(connection: sqlite3.Connection) -> None:
    """An sqlite3.DatabaseError where a page is damaged, or a value is of another kind or size than any of ours."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("damaged pages")
    for table in TABLES:
        plain = " AND ".join(
            _PLAIN[kind].format(name) for name, kind in zip(columns_of(table), kinds_of(table), strict=True)
        )
        if table == "models":
            plain += " AND active <= 1 AND stale <= 1"
        odd = f"SELECT 1 FROM {table} WHERE NOT ({plain}) LIMIT 1"  # noqa: S608 - all of it is ours
        if connection.execute(odd).fetchone():
            raise sqlite3.DatabaseError(f"values in {table} that are none of a profile's")


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing of a user's is in our tables, or there are no tables yet."""
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        return True
    check_tables(connection)
    kept = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in TABLES if table != "secrets")  # noqa: S608 - ours
    return connection.execute(f"{kept} LIMIT 1").fetchone() is None
