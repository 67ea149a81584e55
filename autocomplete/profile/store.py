"""What a profile holds, as rows of an SQLite database: every word, title and report sealed, and nothing else.

In the clear are numbers, times and languages' names, so that how much there is can be told without the passphrase.
Deleted rows are overwritten (secure_delete), and each change notes how the rows were before if it is to be undone.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from hashlib import blake2b
from os import urandom
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from autocomplete.atomic import private_file
from autocomplete.errors import ProfileError
from autocomplete.profile.connection import checked, connect
from autocomplete.profile.disk import DAMAGED
from autocomplete.profile.encryption import BrokenSealError, Seal
from autocomplete.profile.rows import as_line, can_be_ours, flat, well_formed
from autocomplete.profile.schema import TABLES, check_rows, columns_of, is_empty, kinds_of, make_tables
from autocomplete.profile.timestamps import LATEST, plausible
from autocomplete.text.line import Line

_DIGEST = 16
_SECRET = 32
# What is larger is no value of ours; a hostile archive may hold anything.
_MAX_VALUE = 64 * 2**20

Row = tuple[Any, ...]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Before(NamedTuple):
    """A row as it was; None: there was none."""

    table: str
    id: int
    row: Row | None


class Sum(NamedTuple):
    """How many words of a language were learned, when first and when last."""

    language: str
    words: int
    first: float
    last: float


class Store:
    """One database. Not for several threads at once: whoever owns it holds a lock.

    Errors of SQLite pass through (see `disk.translate_errors`); a value that does not open is a ProfileError.
    """

    def __init__(self, connection: sqlite3.Connection, seal: Seal, place: Path, damaged: str = DAMAGED) -> None:
        """`place`: the file. `damaged`: the sentence about a damaged one, with {place}."""
        self._connection = connection
        self._before: list[Before] = []
        self._seal = seal
        self._damaged = ProfileError(damaged.format(place=place))

    @classmethod
    def create(cls, place: Path | None, seal: Seal, secret: bytes | None = None) -> "Store":
        """An empty one, in a new file or, without a place, in memory. `secret`: keys the digests; None: a new one."""
        if place is not None:
            private_file(place)
        connection = connect(str(place or ":memory:"))
        if place is not None:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        make_tables(connection)
        sealed = seal.seal(secret or urandom(_SECRET), "secrets")
        connection.execute("INSERT INTO secrets(content) VALUES (?)", (sealed,))
        connection.execute("COMMIT")
        return cls(connection, seal, place or Path(":memory:"))

    @classmethod
    def open(cls, place: Path, seal: Seal) -> "Store":
        """The one in this file, for reading and writing."""
        return cls(checked(connect(f"file:{quote(str(place))}?mode=rw")), seal, place)

    @classmethod
    def snapshot(cls, place: Path, seal: Seal) -> "Store":
        """A copy in memory of what the file holds now; neither the file nor its folder is touched."""
        # Without a log nobody is writing. Then SQLite needn't make its own files beside, which stay after a reader.
        quiet = not place.with_name(f"{place.name}-wal").exists()
        memory = connect(":memory:")
        with closing(connect(f"file:{quote(str(place))}?mode=ro{'&immutable=1' * quiet}")) as source:
            source.backup(memory)
        return cls(checked(memory), seal, place)

    @classmethod
    def of_bytes(cls, content: bytes, seal: Seal, place: Path, damaged: str) -> "Store":
        """What `as_bytes` gave, maybe from a stranger; anything but our tables is an sqlite3.DatabaseError."""
        memory = connect(":memory:")
        try:
            memory.deserialize(content)
            memory.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
            check_rows(checked(memory))
        except BaseException:
            memory.close()
            raise
        return cls(memory, seal, place, damaged)

    def as_bytes(self) -> bytes:
        """The whole database, if it is in memory."""
        return self._connection.serialize()

    def copy_into(self, other: "Store") -> None:
        """Add every row to an empty one, sealed anew; the other was made with this one's secret."""
        with other.transaction():
            for table in TABLES:
                if table == "secrets":
                    continue
                names = columns_of(table)
                into = f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
                rows: Iterator[Row] = self._connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")
                other._connection.executemany(into, (self._copied(other, table, row) for row in rows))

    @cached_property
    def secret(self) -> bytes:
        """What the digests are keyed with; the first call tells whether the database is one, and opens."""
        row = self._connection.execute("SELECT content FROM secrets").fetchone() or (None,)
        secret = self._open(row[0], "secrets")
        if len(secret) != _SECRET:  # a sealed one, and `profile.json` says that it is not
            raise self._damaged
        return secret

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever learned, or told."""
        return is_empty(self._connection)

    def close(self) -> None:
        """Whatever the log holds is in the file afterwards."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[list[Before]]:
        """All or nothing; gives the list of rows as they were before, filled while it runs."""
        self._before = []
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._before
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def truncate_log(self) -> None:
        """Put the log into the file and empty it: no deleted row is left in either."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def restore(self, before: Sequence[Before]) -> None:
        """Put rows back as they were."""
        for table, row_id, row in reversed(before):
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            if row is None:
                continue
            if table == "documents":  # it may have been learned from again since, under another number
                again = "document IN (SELECT id FROM documents WHERE digest = ?)"
                self._connection.execute(f"UPDATE lines SET document = ? WHERE {again}", (row_id, row[1]))
            self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def digest(self, text: str) -> bytes:
        """16 bytes that only this profile makes of this text."""
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self.secret, digest_size=_DIGEST).digest()

    def select(self, table: str, columns: str = "*", where: str = "", values: Sequence[Any] = ()) -> list[Row]:
        """Rows in the order of their ids; a column `content` comes last, opened."""
        condition = f" WHERE {where}" if where else ""
        cursor = self._connection.execute(f"SELECT {columns} FROM {table}{condition} ORDER BY id", values)
        if cursor.description[-1][0] != "content":
            return cursor.fetchall()
        return [(*row[:-1], self._formed(row[-1], table)) for row in cursor]

    def sums(self) -> dict[int, list[Sum]]:
        """What was learned from each document, by its number and then by language."""
        asked = (
            "SELECT document, CAST(language AS TEXT), sum(iif(words BETWEEN 0 AND 1e9, words, 0)), "
            "min(iif(time BETWEEN 0 AND :latest, time, 0)), max(iif(time BETWEEN 0 AND :latest, time, 0)) "
            "FROM lines GROUP BY document, language"
        )
        found: dict[int, list[Sum]] = {}
        for document, *numbers in self._connection.execute(asked, {"latest": LATEST}):
            found.setdefault(document, []).append(Sum(*numbers))
        return found

    def languages(self) -> list[str]:
        """All that something is kept in, sorted."""
        kept = "SELECT language FROM lines UNION SELECT language FROM words UNION SELECT language FROM models"
        asked = f"SELECT DISTINCT CAST(language AS TEXT) FROM ({kept}) ORDER BY 1"
        return [language for (language,) in self._connection.execute(asked) if language]

    def one(self, question: str, values: Sequence[Any] = ()) -> Row:
        """The one row that answers a question about numbers."""
        row: Row = self._connection.execute(question, values).fetchone()
        return row

    def add(self, table: str, **columns: Any) -> int:
        """A new row; gives its id."""
        values = self._values(table, columns)
        into = f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        row_id = self._connection.execute(into, values).lastrowid
        assert row_id is not None
        self._before.append(Before(table, row_id, None))
        return row_id

    def change(self, table: str, row_id: int, **columns: Any) -> None:
        """Other values for some columns of a row."""
        self._note(table, row_id)
        changes = ", ".join(f"{name} = ?" for name in columns)
        values = (*self._values(table, columns), row_id)
        self._connection.execute(f"UPDATE {table} SET {changes} WHERE id = ?", values)

    def remove(self, table: str, row_id: int) -> None:
        """Without the row."""
        self._note(table, row_id)
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    def add_lines(self, document: int, lines: Iterable[tuple[Line, int]]) -> None:
        """Lines with how many words each teaches. Not noted for an undo."""
        rows = ((document, line.language, line.time, words, self._sealed(flat(line), "lines")) for line, words in lines)
        into = "INSERT INTO lines(document, language, time, words, content) VALUES (?, ?, ?, ?, ?)"
        self._connection.executemany(into, rows)

    def _line(self, sealed: Any, language: str, time: float) -> Line:
        try:
            return as_line(self._value(sealed, "lines"), language, plausible(time))
        except ValueError:
            raise self._damaged from None

    def change_line(self, row_id: int, line: Line, words: int) -> None:
        """Another text for a line."""
        self.change("lines", row_id, words=words, content=flat(line))

    def lines(self, where: str = "", values: Sequence[Any] = ()) -> Iterator[tuple[int, int, Line]]:
        """Each line's id, its document's and the line, in the order they were learned."""
        condition = f" WHERE {where}" if where else ""
        asked = f"SELECT id, document, language, time, content FROM lines{condition} ORDER BY id"
        for row_id, document, language, time, sealed in self._connection.execute(asked, values).fetchall():
            yield row_id, document, self._line(sealed, language, time)

    def newest(self, language: str, words: int) -> int:
        """The id of the line from which on so many words of a language were learned, or of its first."""
        asked = "SELECT id, CAST(words AS INTEGER) FROM lines WHERE language = ? ORDER BY id DESC"
        first, taught = 0, 0
        for row_id, count in self._connection.execute(asked, (language,)):
            first, taught = row_id, taught + count
            if taught >= words:
                break
        return first

    def _copied(self, other: "Store", table: str, row: Row) -> Row:
        """A row as the other store keeps it. What comes from a stranger's archive is looked at closely."""
        if not all(map(isinstance, row, _types(table))) or not can_be_ours(table, row):
            raise self._damaged
        if table == "suppressed":
            return row
        value = self._formed(row[-1], table)
        times = _times(table)
        kept = [plausible(cell) if time else cell for cell, time in zip(row[:-1], times, strict=False)]
        return (*kept, other._sealed(value, table))

    def _formed(self, sealed: Any, table: str) -> Any:
        """What is in a column `content`, as we have put it there."""
        value = self._value(sealed, table)
        if not well_formed(table, value):
            raise self._damaged
        return value

    def _note(self, table: str, row_id: int) -> None:
        row = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
        self._before.append(Before(table, row_id, row))

    def _values(self, table: str, columns: dict[str, Any]) -> list[Any]:
        return [self._sealed(value, table) if name == "content" else value for name, value in columns.items()]

    def _sealed(self, value: Any, table: str) -> bytes:
        return self._seal.seal(_encode(value).encode("utf-8", "surrogatepass"), table)

    def _value(self, sealed: Any, table: str) -> Any:
        try:
            return json.loads(self._open(sealed, table))
        except (ValueError, RecursionError):
            raise self._damaged from None

    def _open(self, sealed: Any, table: str) -> bytes:
        try:
            if isinstance(sealed, bytes):
                return self._seal.open(sealed, table)
        except BrokenSealError:
            pass
        raise self._damaged


def _types(table: str) -> list[type | tuple[type, ...]]:
    return [_KINDS[kind] for kind in kinds_of(table)]


def _times(table: str) -> list[bool]:
    return [kind == "REAL" for kind in kinds_of(table)]


_KINDS: dict[str, type | tuple[type, ...]] = {"INTEGER": int, "REAL": (int, float), "TEXT": str, "BLOB": bytes}
