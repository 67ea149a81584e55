"""A sealed profile that was swapped for an unsealed one is noticed, before anything is learned in the clear."""

import json
import shutil

import pytest

from autocomplete.errors import PassphraseError, ProfileError, ProfileUnsealedError
from autocomplete.profile.archive import export_profile, import_profile
from autocomplete.profile.deleting import delete_profile
from autocomplete.profile.profile import Profile
from tests.profile.test_profile import texts


@pytest.fixture
def sealed(folder, line):
    """A closed profile with a passphrase."""
    with Profile.open(folder, passphrase="secret") as profile:
        profile.learn([line("heron")], "a")
    return folder


def swap(folder, tmp_path) -> None:
    """Puts an unsealed profile into the folder."""
    Profile.open(tmp_path / "other").close()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "other", folder)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_an_unsealed_profile_in_its_place_is_refused(sealed, tmp_path, bytes_in, read_only, passphrase) -> None:
    swap(sealed, tmp_path)
    before = bytes_in()
    with pytest.raises(ProfileUnsealedError, match="was encrypted with a passphrase and is not any more") as refused:
        Profile.open(sealed, passphrase=passphrase, read_only=read_only)
    assert "restore the encrypted one" in str(refused.value)
    assert bytes_in() == before


@pytest.mark.parametrize("name", ["link", "other/../profile", "link/../profile"])
def test_it_is_noticed_by_whatever_name_the_folder_is_opened(sealed, tmp_path, name) -> None:
    swap(sealed, tmp_path)
    (tmp_path / "link").symlink_to(sealed)
    place = tmp_path / name.replace("profile", sealed.name)
    with pytest.raises(ProfileUnsealedError):
        Profile.open(place)
    Profile.open(place, accept_unsealed=True).close()
    Profile.open(sealed).close()


def test_put_back_it_opens(sealed, tmp_path, line) -> None:
    shutil.copytree(sealed, tmp_path / "backup")
    swap(sealed, tmp_path)
    with pytest.raises(ProfileUnsealedError):
        Profile.open(sealed)
    shutil.rmtree(sealed)
    shutil.copytree(tmp_path / "backup", sealed)
    with Profile.open(sealed, passphrase="secret") as profile:
        assert texts(profile) == ["heron"]


def test_accepted_once_it_is_not_asked_about_again(sealed, tmp_path) -> None:
    swap(sealed, tmp_path)
    Profile.open(sealed, accept_unsealed=True).close()
    Profile.open(sealed).close()


def test_where_the_sealed_profile_is_gone_none_is_made_in_the_clear(sealed) -> None:
    shutil.rmtree(sealed)
    for read_only in (False, True):
        with pytest.raises(ProfileUnsealedError, match="and is gone"):
            Profile.open(sealed, read_only=read_only)
    assert not sealed.exists()
    with Profile.open(sealed, passphrase="another") as profile:
        assert profile.sealed


def test_whoever_unseals_deletes_or_imports_is_not_asked(sealed, tmp_path) -> None:
    with Profile.open(sealed, passphrase="secret") as profile:
        profile.set_passphrase(None)
        export_profile(profile, tmp_path / "unsealed.zip")
    with Profile.open(sealed) as profile:
        profile.set_passphrase("secret")
    import_profile(tmp_path / "unsealed.zip", sealed, None, replace=True)
    with Profile.open(sealed) as profile:
        profile.set_passphrase("secret")
        profile.delete()
    Profile.open(sealed).close()


def test_an_imported_sealed_profile_is_remembered(sealed, tmp_path) -> None:
    with Profile.open(sealed, passphrase="secret") as profile:
        export_profile(profile, tmp_path / "sealed.zip")
    import_profile(tmp_path / "sealed.zip", tmp_path / "there", "secret")
    shutil.rmtree(tmp_path / "there")
    with pytest.raises(ProfileUnsealedError):
        Profile.open(tmp_path / "there")


@pytest.mark.parametrize("remembered", [b"", b"{", b"[]", b'{"sealed": 5}', b'{"sealed": [5, null]}', b"[" * 200_000])
def test_a_damaged_memory_of_what_was_sealed_stops_nothing(sealed, own_folders, remembered) -> None:
    place = own_folders / "config" / "autocomplete-desktop" / "sealed.json"
    assert json.loads(place.read_text()) == {"sealed": [str(sealed)]}
    place.write_bytes(remembered)
    Profile.open(sealed, passphrase="secret").close()
    assert json.loads(place.read_text()) == {"sealed": [str(sealed)]}


def test_where_nothing_can_be_remembered_it_opens(folder, own_folders) -> None:
    (own_folders / "config").write_text("a file in the folder's place")
    Profile.open(folder, passphrase="secret").close()
    Profile.open(folder, passphrase="secret").close()


def test_a_manifest_that_says_a_sealed_profile_is_not_sealed_is_not_believed(sealed, own_folders, bytes_in) -> None:
    shutil.rmtree(own_folders / "config")
    manifest = sealed / "profile.json"
    data = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(data | {"sealed": None}))
    before = bytes_in()
    for read_only in (False, True):
        with pytest.raises(ProfileError, match="is damaged"):
            Profile.open(sealed, read_only=read_only)
    assert bytes_in() == before


def test_an_unsealed_database_in_a_sealed_profile_is_not_believed(sealed, tmp_path) -> None:
    Profile.open(tmp_path / "other").close()
    shutil.copyfile(next((tmp_path / "other").rglob("*.sqlite3")), next(sealed.rglob("*.sqlite3")))
    with pytest.raises(ProfileError, match="is damaged"):
        Profile.open(sealed, passphrase="secret")


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_passphrase_seals_nothing(folder, line, empty) -> None:
    with pytest.raises(PassphraseError, match="An empty passphrase protects nothing"):
        Profile.open(folder, passphrase=empty)
    assert not any(folder.rglob("*.json"))
    with Profile.open(folder) as profile:
        profile.learn([line("heron")], "a")
        with pytest.raises(PassphraseError):
            profile.set_passphrase(empty)
        assert (profile.sealed, texts(profile)) == (False, ["heron"])
    with Profile.open(folder) as profile:
        assert texts(profile) == ["heron"]


def test_a_profile_that_is_deleted_without_its_passphrase_is_no_longer_missed(sealed) -> None:
    delete_profile(sealed)
    Profile.open(sealed).close()
