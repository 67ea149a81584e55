"""A profile carried in one file: whole, sealed if it was, and no stranger's file does harm."""

import io
import os
import sqlite3
import zipfile

import pytest

from autocomplete.errors import PassphraseError, ProfileError
from autocomplete.personal.archive import export_profile, import_profile, preview
from autocomplete.personal.profile import Profile
from tests.personal.test_sealing import fill


@pytest.fixture(params=[None, "secret"])
def passphrase(request) -> str | None:
    return request.param


@pytest.fixture
def exported(folder, tmp_path, line, passphrase):
    """A file with an exported profile."""
    with Profile.open(folder, passphrase=passphrase) as profile:
        fill(profile, line)
        export_profile(profile, tmp_path / "mine.zip")
    return tmp_path / "mine.zip"


def held(profile: Profile) -> tuple[object, ...]:
    (model,) = profile.models("en")
    files = profile.model_files(model.id)
    return profile.lines("en"), profile.documents(), profile.added("en"), profile.never(), model, files


def repacked(path, change) -> None:
    """Writes the archive again with other files."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_what_is_imported_is_what_was_exported(exported, folder, tmp_path, passphrase) -> None:
    import_profile(exported, tmp_path / "other", passphrase)
    with (
        Profile.open(folder, passphrase=passphrase) as one,
        Profile.open(tmp_path / "other", passphrase=passphrase) as other,
    ):
        assert held(one) == held(other)
        assert other.sealed == (passphrase is not None)
        assert other.scratch("en").names() == []
        other.forget_word("Kranich")
        assert other.is_suppressed("kranich")


def test_a_preview_tells_what_is_in_it(exported, passphrase) -> None:
    for given in (None, passphrase):
        shown = preview(exported, given)
        assert (shown.words, shown.documents, shown.models) == ({"en": 4}, 1, 1)
        assert (shown.first, shown.last, shown.sealed) == (1.0, 1.0, passphrase is not None)
        assert shown.size == exported.stat().st_size


def test_a_sealed_profile_is_exported_sealed(exported, passphrase) -> None:
    with zipfile.ZipFile(exported) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert (b"Kranich" in content) == (passphrase is None)
    assert exported.stat().st_mode & 0o777 == 0o600


def test_the_wrong_passphrase_imports_nothing(folder, tmp_path, line) -> None:
    with Profile.open(folder, passphrase="secret") as profile:
        fill(profile, line)
        export_profile(profile, tmp_path / "mine.zip")
    for wrong in (None, "Secret"):
        with pytest.raises(PassphraseError):
            import_profile(tmp_path / "mine.zip", tmp_path / "other", wrong)
    with pytest.raises(PassphraseError):
        preview(tmp_path / "mine.zip", "Secret")
    assert not (tmp_path / "other").exists()


def test_an_export_replaces_no_file_unless_told(profile, tmp_path, line) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("a letter")
    with pytest.raises(ProfileError, match="is there already"):
        export_profile(profile, file)
    assert file.read_text() == "a letter"
    export_profile(profile, file, replace=True)
    assert preview(file).words == {}
    assert sorted(os.listdir(tmp_path)) == ["mine.zip", "profile"]


def test_an_export_to_nowhere_is_one_sentence(profile, tmp_path) -> None:
    with pytest.raises(ProfileError, match="cannot be used: No such file"):
        export_profile(profile, tmp_path / "missing" / "mine.zip")


def test_an_import_keeps_what_is_there_unless_told(exported, tmp_path, line, passphrase) -> None:
    other = tmp_path / "other"
    with Profile.open(other) as profile:
        profile.learn([line("mine")], "a")
    with pytest.raises(ProfileError, match="is not empty"):
        import_profile(exported, other, passphrase)
    with Profile.open(other) as profile:
        assert [word.text for word in profile.words("en")] == ["mine"]
        with pytest.raises(ProfileError, match="in use"):
            import_profile(exported, other, passphrase, replace=True)
    import_profile(exported, other, passphrase, replace=True)
    with Profile.open(other, passphrase=passphrase) as profile:
        assert profile.lines("en")[0].text == "dear Kranich and heron"
    assert len(list(other.glob("content-*"))) == 1


def test_an_import_into_an_empty_profile_needs_no_word(exported, tmp_path, passphrase) -> None:
    Profile.open(tmp_path / "other").close()
    import_profile(exported, tmp_path / "other", passphrase)
    with Profile.open(tmp_path / "other", passphrase=passphrase) as profile:
        assert len(profile.lines("en")) == 1


def test_an_import_does_not_take_a_folder_of_other_files(exported, tmp_path, passphrase) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear")
    with pytest.raises(ProfileError, match="holds other files"):
        import_profile(exported, tmp_path / "letters", passphrase, replace=True)
    assert os.listdir(tmp_path / "letters") == ["a.txt"]


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
    "a deep nest": with_a_row(f"UPDATE lines SET content = CAST('{'[' * 100_000}' AS BLOB)"),
}


@pytest.mark.parametrize("passphrase", [None], indirect=True)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_one_sentence_and_does_nothing(exported, tmp_path, line, name) -> None:
    repacked(exported, HOSTILE[name])
    with Profile.open(tmp_path / "other") as profile:
        profile.learn([line("mine")], "a")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ProfileError, match=r"mine\.zip is no export of a profile"):
        import_profile(exported, tmp_path / "other", None, replace=True)
    assert sorted(tmp_path.rglob("*")) == before
    with Profile.open(tmp_path / "other") as profile:
        assert [line.text for line in profile.lines("en")] == ["mine"]


@pytest.mark.parametrize("passphrase", ["secret"], indirect=True)
def test_a_changed_piece_of_a_sealed_archive_is_found(exported, tmp_path) -> None:
    def change(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("models/"))
        files[name] = files[name][:-1] + b"\0"

    repacked(exported, change)
    with pytest.raises(ProfileError, match="no export of a profile"):
        import_profile(exported, tmp_path / "other", "secret")


@pytest.mark.parametrize("part", [0, 1, 50, 400, -1, -50])
def test_a_cut_off_archive_is_one_sentence(exported, tmp_path, passphrase, part) -> None:
    exported.write_bytes(exported.read_bytes()[:part])
    with pytest.raises(ProfileError, match="no export of a profile"):
        preview(exported)
    with pytest.raises(ProfileError, match="no export of a profile"):
        import_profile(exported, tmp_path / "other", passphrase)


def test_a_zip_of_something_else_is_one_sentence(tmp_path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letter.txt", "dear")
    (tmp_path / "letters.zip").write_bytes(content.getvalue())
    with pytest.raises(ProfileError, match="no export of a profile"):
        preview(tmp_path / "letters.zip")
    with pytest.raises(ProfileError, match="cannot be read"):
        preview(tmp_path / "missing.zip")
