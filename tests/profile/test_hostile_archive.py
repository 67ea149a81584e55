"""Archives of strangers: each that is no export is one sentence, and does nothing."""

import json
import math
import os
import sqlite3
import sys

import pytest

from autocomplete.errors import ProfileError
from autocomplete.profile.archive import export_profile, import_profile, preview
from autocomplete.profile.profile import Profile
from tests.profile.hostile import repacked
from tests.profile.test_encryption import fill


@pytest.fixture
def exported(folder, tmp_path, line):
    """A file with an exported profile."""
    with Profile.open(folder) as profile:
        fill(profile, line)
        export_profile(profile, tmp_path / "mine.zip")
    return tmp_path / "mine.zip"


def with_a_trigger(files: dict[str, bytes]) -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(files["profile.sqlite3"])
    database.execute("CREATE TRIGGER t AFTER INSERT ON lines BEGIN DELETE FROM words; END")
    files["profile.sqlite3"] = database.serialize()
    database.close()


def with_a_row(change: str):
    def apply(files: dict[str, bytes]) -> None:
        database = sqlite3.connect(":memory:", isolation_level=None)
        database.deserialize(files["profile.sqlite3"])
        database.execute(change)
        files["profile.sqlite3"] = database.serialize()
        database.close()

    return apply


def described(files: dict[str, bytes], **changes: object) -> None:
    files["profile.json"] = json.dumps(json.loads(files["profile.json"]) | changes).encode()


TERMS = {"cost": 16, "block": 8, "parallel": 1, "salt": "A" * 22 + "==", "check": "A" * 64}
HOSTILE = {
    "a path out": lambda files: files.update({"../../evil": b"x"}),
    "an absolute path": lambda files: files.update({"/tmp/evil": b"x"}),
    "a path in a model": lambda files: files.update({"models/../evil": b"x"}),
    "a hidden file": lambda files: files.update({"models/a/.evil": b"x"}),
    "a foreign file": lambda files: files.update({"letter.txt": b"x"}),
    "a bomb": lambda files: files.update({"models/a/bomb": bytes(50_000_000)}),
    "no database": lambda files: files.pop("profile.sqlite3"),
    "no description": lambda files: files.pop("profile.json"),
    "a damaged description": lambda files: files.update({"profile.json": b"{}"}),
    "another database": lambda files: files.update({"profile.sqlite3": b"SQLite format 3\0" + b"\xff" * 5000}),
    "a trigger": with_a_trigger,
    "a model's name that is a path": with_a_row("UPDATE models SET name = '../../evil'"),
    "a time that is a text": with_a_row("UPDATE lines SET time = 'now'"),
    "a line that is none": with_a_row("UPDATE lines SET content = CAST('[\"a\", 5, 9, 1]' AS BLOB)"),
    "a count that overflows": with_a_row("UPDATE lines SET words = 4611686018427387904"),
    "a negative count": with_a_row("UPDATE lines SET words = -1"),
    "a number of a row that is too large": with_a_row("UPDATE lines SET id = 4611686018427387904"),
    "a number of a document that is too large": with_a_row("UPDATE documents SET id = 9223372036854775807"),
    "a flag that is none": with_a_row("UPDATE models SET active = 2"),
    "a model without files": with_a_row("UPDATE models SET name = 'abcdef'"),
    "a model's name without end": with_a_row(f"UPDATE models SET name = '{'a' * 100}'"),
    "files without a model": lambda files: files.update({"models/abcdef/step.onnx": b"x"}),
    "a language of a megabyte": with_a_row(f"UPDATE lines SET language = '{'x' * 2**20}'"),
    "a language of bytes": with_a_row("UPDATE lines SET language = x'ff00'"),
    "a weight that is none": with_a_row("UPDATE lines SET content = CAST('[\"a\", 0, 1, NaN]' AS BLOB)"),
    "a weight that outweighs all": with_a_row("UPDATE lines SET content = CAST('[\"a\", 0, 1, 1e300]' AS BLOB)"),
    "a view": with_a_row("CREATE VIEW v AS SELECT * FROM lines"),
    "a large description": lambda files: files.update({"profile.json": b" " * 2**17 + files["profile.json"]}),
    "a content that is a path": lambda files: described(files, content="content-../../evil"),
    "an id that is none": lambda files: described(files, format="new"),
    "terms that take gigabytes": lambda files: described(files, sealed=TERMS | {"cost": 2**24}),
    "terms that take gigabytes in parallel": lambda files: described(files, sealed=TERMS | {"parallel": 2**24}),
    "terms that take gigabytes in blocks": lambda files: described(files, sealed=TERMS | {"block": 2**22, "cost": 2}),
    "terms that take hours": lambda files: described(files, sealed=TERMS | {"cost": 2**17, "parallel": 4, "block": 64}),
    "a deep nest": with_a_row(f"UPDATE lines SET content = CAST('{'[' * 100_000}' AS BLOB)"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_one_sentence_and_does_nothing(exported, tmp_path, line, name) -> None:
    repacked(exported, HOSTILE[name])
    with Profile.open(tmp_path / "other") as profile:
        profile.learn([line("mine")], "a")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ProfileError, match=r"mine\.zip is not an export of a profile"):
        import_profile(exported, tmp_path / "other", None, replace=True)
    assert sorted(tmp_path.rglob("*")) == before
    with Profile.open(tmp_path / "other") as profile:
        assert [line.text for line in profile.lines("en")] == ["mine"]


@pytest.mark.parametrize("absurd", [1e300, math.inf, -math.inf, math.nan])
def test_an_absurd_date_is_no_date_and_breaks_nothing(exported, tmp_path, absurd) -> None:
    def change(files: dict[str, bytes]) -> None:
        described(files, created=absurd)
        if not math.isnan(absurd):
            number = str(absurd).replace("inf", "9e999")
            with_a_row(f"UPDATE lines SET time = {number}")(files)
            with_a_row(f"UPDATE models SET created = {number}")(files)

    repacked(exported, change)
    assert preview(exported).created == 0
    import_profile(exported, tmp_path / "other", None)
    with Profile.open(tmp_path / "other") as profile:
        assert profile.preview().created == 0
        times = [line.time for line in profile.lines("en")] + [document.last for document in profile.documents()]
        times += [model.created for model in profile.models("en")]
        assert all(0 <= time < 2**33 for time in times)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other devices")
@pytest.mark.parametrize("replace", [False, True])
def test_a_device_is_neither_read_nor_replaced(profile, tmp_path, replace) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    for place in ("/dev/zero", "/dev/full", tmp_path / "pipe", tmp_path / "endless", tmp_path):
        before = os.lstat(place)
        with pytest.raises(ProfileError, match=r"is not an ordinary file; name another one"):
            export_profile(profile, place, replace=replace)
        with pytest.raises(ProfileError, match="cannot be read"):
            preview(place)
        with pytest.raises(ProfileError, match="cannot be read"):
            import_profile(place, tmp_path / "other", None, replace=replace)
        assert (os.lstat(place).st_mode, os.lstat(place).st_ino) == (before.st_mode, before.st_ino)
    assert not (tmp_path / "other").exists()
