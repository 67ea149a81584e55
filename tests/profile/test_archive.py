"""A profile carried in one file: whole, sealed if it was, and no stranger's file does harm."""

import io
import os
import sys
import zipfile

import pytest

from autocomplete.errors import PassphraseError, ProfileError
from autocomplete.profile.archive import export_profile, import_profile, preview
from autocomplete.profile.profile import Profile
from tests.profile.hostile import repacked
from tests.profile.test_encryption import fill


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
    with pytest.raises(ProfileError, match="already exists"):
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


@pytest.mark.parametrize("passphrase", ["secret"], indirect=True)
def test_a_changed_piece_of_a_sealed_archive_is_found(exported, tmp_path) -> None:
    def change(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("models/"))
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])

    repacked(exported, change)
    with pytest.raises(ProfileError, match="not an export of a profile"):
        import_profile(exported, tmp_path / "other", "secret")


@pytest.mark.parametrize("part", [0, 1, 50, 400, -1, -50])
def test_a_cut_off_archive_is_one_sentence(exported, tmp_path, passphrase, part) -> None:
    exported.write_bytes(exported.read_bytes()[:part])
    with pytest.raises(ProfileError, match="not an export of a profile"):
        preview(exported)
    with pytest.raises(ProfileError, match="not an export of a profile"):
        import_profile(exported, tmp_path / "other", passphrase)


@pytest.mark.parametrize("lost", [1, 2, 40, 400])
def test_an_archive_without_its_beginning_is_one_sentence(exported, tmp_path, passphrase, lost) -> None:
    exported.write_bytes(exported.read_bytes()[lost:])
    with pytest.raises(ProfileError, match="not an export of a profile"):
        preview(exported)
    with pytest.raises(ProfileError, match="not an export of a profile"):
        import_profile(exported, tmp_path / "other", passphrase)


def test_a_zip_of_something_else_is_one_sentence(tmp_path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letter.txt", "dear")
    (tmp_path / "letters.zip").write_bytes(content.getvalue())
    with pytest.raises(ProfileError, match="not an export of a profile"):
        preview(tmp_path / "letters.zip")
    with pytest.raises(ProfileError, match="cannot be read"):
        preview(tmp_path / "missing.zip")


@pytest.mark.parametrize("passphrase", [None], indirect=True)
def test_a_model_whose_files_are_lost_does_not_spoil_a_backup(exported, folder, tmp_path) -> None:
    next(folder.rglob("step.onnx")).unlink()
    with Profile.open(folder) as profile:
        (model,) = profile.models("en")
        with pytest.raises(ProfileError, match=r"The files of the fine-tuned model .* are missing"):
            profile.model_files(model.id)
        export_profile(profile, exported, replace=True)
        assert profile.models("en") == [model]
    import_profile(exported, tmp_path / "other", None)
    with Profile.open(tmp_path / "other") as profile:
        assert (len(profile.lines("en")), profile.models("en")) == (1, [])


@pytest.mark.parametrize("passphrase", [None], indirect=True)
def test_a_kill_during_an_import_leaves_an_empty_profile(exported, tmp_path, monkeypatch) -> None:
    def killed(*args: object) -> None:
        os._exit(9)

    monkeypatch.setattr("autocomplete.profile.archive.put_file", killed)
    child = os.fork()
    if child == 0:
        import_profile(exported, tmp_path / "other", None)
    assert os.waitpid(child, 0)[1] == 9 << 8
    monkeypatch.undo()
    with Profile.open(tmp_path / "other") as profile:
        assert (profile.lines("en"), profile.strangers()) == ([], [])
    import_profile(exported, tmp_path / "other", None)
    with Profile.open(tmp_path / "other") as profile:
        assert len(profile.lines("en")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links")
def test_an_export_through_a_link_leaves_the_link(profile, tmp_path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "mine.zip").symlink_to(tmp_path / "stick" / "mine.zip")
    export_profile(profile, tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").is_symlink()
    assert preview(tmp_path / "stick" / "mine.zip").words == {}


def test_an_export_does_not_replace_the_profile_itself(profile, folder) -> None:
    before = (folder / "profile.json").read_bytes()
    for name in ("profile.json", "mine.zip", "models/../lock"):
        with pytest.raises(ProfileError, match="is in the profile's own folder; name a file somewhere else"):
            export_profile(profile, folder / name, replace=True)
    assert (folder / "profile.json").read_bytes() == before
