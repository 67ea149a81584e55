"""Makes damaged and hostile profiles of a good one, each in its own way."""

import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path], None]

FORMAT_1 = Path(__file__).parent / "format_1"
FILES = ("profile.json", "profile.sqlite3", "step.onnx", "state", "origin.json", "lock")


def there(folder: Path, name: str) -> Path:
    """The one file of this name in a profile, or where it would be."""
    return next(folder.rglob(name), folder / name)


def content(folder: Path) -> Path:
    return there(folder, "profile.sqlite3").parent


def written(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(change(path.read_bytes()))


def put_in_place(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        path.unlink(missing_ok=True)
        make(path)

    return apply


def flipped(seed: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        bit = random.Random(seed).randrange(8 * len(data)) if data else 0
        return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :] if data else b"x"

    return change



def _letter(path: Path) -> Path:
    """A file of the user's outside of the profile."""
    folder = next(parent for parent in path.parents if parent.name == "profile")
    return folder.parent / "letter.txt"


TO_A_FILE: dict[str, Callable[[Path], None]] = {
    "missing": lambda path: path.unlink(missing_ok=True),
    "empty": lambda path: path.write_bytes(b""),
    "half": written(lambda data: data[: len(data) // 2]),
    "twice": written(lambda data: data * 2),
    "garbage": written(lambda data: bytes(range(256)) * (1 + len(data) // 256)),
    "zeros": written(lambda data: bytes(len(data))),
    "a folder": put_in_place(Path.mkdir),
    "a pipe": put_in_place(os.mkfifo),
    "endless": put_in_place(lambda path: path.symlink_to("/dev/zero")),
    "a link to nothing": put_in_place(lambda path: path.symlink_to("nothing")),
    "a link to itself": put_in_place(lambda path: path.symlink_to(path.name)),
    "a link to a letter": put_in_place(lambda path: path.symlink_to(_letter(path))),
    **{f"a flipped bit {seed}": written(flipped(seed)) for seed in range(4)},
}


def repacked(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Writes the archive again with other files."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def said(**changes: object) -> Damage:
    """`profile.json` with other values."""

    def apply(folder: Path) -> None:
        place = folder / "profile.json"
        data = json.loads(place.read_text()) | changes
        place.write_text(json.dumps({key: value for key, value in data.items() if value != "left out"}))

    return apply


def sealed_by(**changes: object) -> Damage:
    def apply(folder: Path) -> None:
        place = folder / "profile.json"
        data = json.loads(place.read_text())
        data["sealed"] = (data["sealed"] or {}) | changes
        place.write_text(json.dumps(data))

    return apply


def told(question: str, *values: object) -> Damage:
    """A change of the database."""

    def apply(folder: Path) -> None:
        with closing(sqlite3.connect(there(folder, "profile.sqlite3"), isolation_level=None)) as database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            database.execute(question, values)

    return apply


def content_named(name: str) -> Damage:
    return lambda folder: content(folder).rename(folder / name) and None


def copied(name: str) -> Damage:
    """A second content, as a backup that was put there by hand."""
    return lambda folder: shutil.copytree(content(folder), folder / name) and None


def without_manifest(more: Damage) -> Damage:
    def apply(folder: Path) -> None:
        more(folder)
        (folder / "profile.json").unlink()

    return apply


def database_of(kind: str) -> Damage:
    """The database of another profile in the place of this one's."""
    return lambda folder: (
        shutil.copyfile(there(FORMAT_1 / kind, "profile.sqlite3"), there(folder, "profile.sqlite3")) and None
    )


def one_digit(at: int) -> Damage:
    """One wrong hex digit in the content's name."""

    def apply(folder: Path) -> None:
        digits = list(content(folder).name)
        digits[at] = "0" if digits[at] != "0" else "1"
        said(content="".join(digits))(folder)

    return apply


_NUMBERS = (1e300, float("inf"), float("nan"), -1, 2**62, 2**200, "now", None, [], {}, True, "9" * 5000)
TO_A_PROFILE: dict[str, Damage] = {
    **{f"digit {at}": one_digit(at) for at in range(-12, 0)},
    **{f"created {value!r:.9}": said(created=value) for value in _NUMBERS},
    **{f"format {value!r:.9}": said(format=value) for value in _NUMBERS},
    **{f"id {value!r:.9}": said(id=value) for value in (None, [], "", "../..", "x" * 60000, 7)},
    **{
        f"content {value!r:.12}": said(content=value)
        for value in ("", "..", "content-", "content-../..", "/etc", None, 7, "content-" + "a" * 70, "content-ä")
    },
    **{f"without {key}": said(**{key: "left out"}) for key in ("format", "id", "created", "content", "sealed")},
    **{f"sealed {value!r:.9}": said(sealed=value) for value in (None, {}, [], "yes", 1)},
    **{f"cost {value!r:.9}": sealed_by(cost=value) for value in (2**24, 2**40, 3, 0, "16", 1e9, True)},
    **{f"block {value!r:.9}": sealed_by(block=value) for value in (2**20, 2**40, 0, -8)},
    **{f"parallel {value!r:.9}": sealed_by(parallel=value) for value in (2**20, 5, 0)},
    **{f"{key} {value!r:.9}": sealed_by(**{key: value}) for key in ("salt", "check") for value in ("", "AA==", "?", 5)},
    "deep": lambda folder: (folder / "profile.json").write_text("[" * 200_000) and None,
    "large": lambda folder: (folder / "profile.json").write_text(" " * 2**20 + "{}") and None,
    "another's content beside": copied("content-0123456789ab"),
    "another's unfinished content beside": copied("content-0123456789ab.part"),
    "another's content that is no database": lambda folder: (folder / "content-aaaaaaaaaaaa").mkdir(),
    "only an unfinished content": lambda folder: content(folder).rename(f"{content(folder)}.part") and None,
    "another content's name": content_named("content-0123456789ab"),
    "another unfinished content's name": content_named("content-0123456789ab.part"),
    "no manifest": without_manifest(lambda folder: None),
    "no manifest and two contents": without_manifest(copied("content-0123456789ab")),
    "no manifest and an unfinished content": without_manifest(
        lambda folder: content(folder).rename(f"{content(folder)}.part") and None
    ),
    "a content that is a link": lambda folder: content(folder).rename(folder.parent / "elsewhere")
    and (folder / json.loads((folder / "profile.json").read_text())["content"]).symlink_to(folder.parent / "elsewhere"),
    "an open database": database_of("open"),
    "a sealed database": database_of("sealed"),
    "a log of another": lambda folder: (content(folder) / "profile.sqlite3-wal").write_bytes(b"log" * 9999) and None,
    "a pipe for a log": lambda folder: os.mkfifo(content(folder) / "profile.sqlite3-wal"),
    "endless log": lambda folder: (content(folder) / "profile.sqlite3-wal").symlink_to("/dev/zero"),
    "a folder for shared memory": lambda folder: (content(folder) / "profile.sqlite3-shm").mkdir(),
    "a pipe for a journal": lambda folder: os.mkfifo(content(folder) / "profile.sqlite3-journal"),
    **{f"time {value!r:.9}": told("UPDATE lines SET time = ?", value) for value in (1e300, float("inf"), -1e9, "now")},
    "a time that is bytes": told("UPDATE lines SET time = x'00ff'"),
    "a model's absurd time": told("UPDATE models SET created = 1e300"),
    **{f"words {value!r:.9}": told("UPDATE lines SET words = ?", value) for value in (2**62, -(2**62), 1e300, "many")},
    "a language of bytes": told("UPDATE lines SET language = x'ff00'"),
    "a language of a megabyte": told("UPDATE lines SET language = ?", "x" * 2**20),
    "a line that is none": told("UPDATE lines SET content = CAST('{}' AS BLOB)"),
    "spans beyond the line": told("UPDATE lines SET content = CAST('[\"a\", 5, 9, 1]' AS BLOB)"),
    "spans of text": told('UPDATE lines SET content = CAST(\'["abc", "0", "1", "x"]\' AS BLOB)'),
    "a weight that is none": told("UPDATE lines SET content = CAST('[\"abc\", 0, 1, NaN]' AS BLOB)"),
    "a line that is text": told("UPDATE lines SET content = 'text'"),
    "a document that is none": told("UPDATE documents SET content = CAST('[1]' AS BLOB)"),
    "a report that is none": told("UPDATE models SET content = CAST('[1]' AS BLOB)"),
    "a word that is none": told("UPDATE words SET content = CAST('[1]' AS BLOB)"),
    "a model that is a path": told("UPDATE models SET name = '../../../letter.txt'"),
    "a model without files": told("UPDATE models SET name = 'abcdef'"),
    "no secret": told("DELETE FROM secrets"),
    "a trigger": told("CREATE TRIGGER t AFTER INSERT ON lines BEGIN DELETE FROM words; END"),
    "a table less": told("DROP TABLE words"),
    "a number too large": told("UPDATE sqlite_sequence SET seq = 9223372036854775807"),
    **{
        f"{name}: {how}": (lambda folder, name=name, harm=harm: harm(there(folder, name)))
        for name in FILES
        for how, harm in TO_A_FILE.items()
    },
}
