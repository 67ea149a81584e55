"""A damaged or hostile profile is one sentence or opens, nothing of it is lost, and nothing hangs."""

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from autocomplete.errors import PassphraseError, ProfileError
from autocomplete.profile.archive import export_profile, import_profile
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from tests.profile.hostile import FORMAT_1, TO_A_PROFILE, there

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
PASSPHRASES = {"open": None, "sealed": "secret"}


@pytest.fixture(params=PASSPHRASES)
def kind(request) -> str:
    return request.param


@pytest.fixture
def kept(folder, kind) -> Path:
    """A profile that was opened by this version, with a letter of its owner's beside the folder."""
    shutil.copytree(FORMAT_1 / kind, folder)
    Profile.open(folder, passphrase=PASSPHRASES[kind]).close()
    (folder.parent / "letter.txt").write_text("dear")
    return folder


def databases(place: Path) -> set[int]:
    """The numbers of all files that are databases, or were until the test damaged them."""
    return {path.lstat().st_ino for path in place.rglob("profile.sqlite3") if stat.S_ISREG(path.lstat().st_mode)}


def use(folder: Path, passphrase: str | None, read_only: bool) -> None:
    """Does with a profile what the app and the commands do."""
    with Profile.open(folder, passphrase=passphrase, read_only=read_only) as profile:
        profile.preview()
        profile.documents()
        profile.strangers()
        for language in profile.languages():
            profile.words(language)
            profile.lines(language)
            profile.written(language)
            for model in profile.models(language):
                profile.model_files(model.id)
        profile.scratch("en").read("state")
        if not read_only:
            profile.learn([Line("heron", "en", 2.0)], "b")
            profile.forget_document("b")


def attempt(work, *args: object) -> str | None:
    """What is said of it, which has to be one sentence of ours; None where it works."""
    try:
        work(*args)
    except ProfileError as error:
        said = str(error)
        assert "\n" not in said
        assert said.endswith(".") or "autocomplete profile" in said
        return said
    return None


@pytest.mark.parametrize("name", TO_A_PROFILE)
def test_whatever_is_damaged_no_database_is_lost(kept, kind, name) -> None:
    TO_A_PROFILE[name](kept)
    before = databases(kept.parent)
    for read_only in (True, False):
        attempt(use, kept, PASSPHRASES[kind], read_only)
    assert before <= databases(kept.parent)
    assert (kept.parent / "letter.txt").read_text() == "dear"


def test_there_are_enough_kinds_of_damage() -> None:
    assert len(TO_A_PROFILE) >= 200


@pytest.mark.parametrize("name", [name for name in TO_A_PROFILE if name.startswith("digit")])
def test_one_wrong_digit_loses_nothing_that_was_learned(kept, kind, name) -> None:
    passphrase = PASSPHRASES[kind]
    good = (kept / "profile.json").read_bytes()
    TO_A_PROFILE[name](kept)
    for read_only in (True, False):
        with Profile.open(kept, passphrase=passphrase, read_only=read_only) as profile:
            assert [line.text for line in profile.lines("en")] == ["dear Kranich and heron"]
    assert (kept / "profile.json").read_bytes() == good


def test_a_content_that_may_be_anothers_is_named_and_not_taken(folder) -> None:
    shutil.copytree(FORMAT_1 / "open", folder)  # an earlier version did not say whose it is
    (real,) = folder.glob("content-*")
    TO_A_PROFILE["digit -1"](folder)
    said = attempt(use, folder, None, False)
    assert real.name in said
    manifest = folder / "profile.json"
    wrong = next(word for word in said.split() if word.startswith("content-") and real.name not in word)
    manifest.write_text(manifest.read_text().replace(wrong.rstrip(","), real.name))
    assert attempt(use, folder, None, False) is None


def test_two_contents_that_may_be_meant_are_both_named(kept, kind) -> None:
    shutil.copytree(there(kept, "profile.sqlite3").parent, kept / "content-0123456789ab")
    TO_A_PROFILE["digit -1"](kept)
    real = sorted(path.name for path in kept.glob("content-*"))
    said = attempt(use, kept, PASSPHRASES[kind], False)
    assert all(name in said for name in real)
    assert sorted(path.name for path in kept.glob("content-*")) == real


class TestTheAdviceIsFollowed:
    """Whoever does what the sentence says loses nothing, and has a profile that opens."""

    @pytest.fixture
    def backup(self, kept, kind, tmp_path) -> Path:
        """A copy from before the profile learned more and got another passphrase."""
        shutil.copytree(kept, tmp_path / "backup")
        with Profile.open(kept, passphrase=PASSPHRASES[kind]) as profile:
            profile.learn([Line("newer words", "en", 2.0)], "newer")
            profile.set_passphrase("newer")
        return tmp_path / "backup"

    def test_move_the_folder_away_and_put_a_backup_there(self, kept, kind, backup) -> None:
        there(kept, "profile.sqlite3").write_bytes(b"damaged" * 999)
        assert "move the profile's folder away" in attempt(use, kept, "newer", False)
        kept.rename(kept.with_name("away"))
        shutil.copytree(backup, kept)
        with Profile.open(kept, passphrase=PASSPHRASES[kind], accept_unsealed=True) as profile:
            assert len(profile.lines("en")) == 1

    def test_move_the_folder_away_and_begin_anew(self, kept, kind, backup) -> None:
        (kept / "profile.json").write_bytes(b"{")
        assert "start with an empty profile" in attempt(use, kept, "newer", False)
        kept.rename(kept.with_name("away"))
        with Profile.open(kept, passphrase="new") as profile:
            assert profile.lines("en") == []

    @pytest.mark.parametrize("damage", [b"", b"{", None])
    def test_put_an_old_manifest_in_its_place(self, kept, kind, backup, damage) -> None:
        good = (kept / "profile.json").read_bytes()
        (kept / "profile.json").unlink()
        if damage is not None:
            (kept / "profile.json").write_bytes(damage)
        assert attempt(use, kept, "newer", False)
        shutil.copyfile(backup / "profile.json", kept / "profile.json")
        for passphrase in (PASSPHRASES[kind], "newer"):
            for read_only in (True, False):
                assert attempt(use, kept, passphrase, read_only)
        (kept / "profile.json").write_bytes(good)
        with Profile.open(kept, passphrase="newer") as profile:
            assert len(profile.lines("en")) == 2

    def test_put_the_backup_over_it(self, kept, kind, backup) -> None:
        good = (kept / "profile.json").read_bytes()
        (kept / "profile.json").write_bytes(b"{")
        shutil.copytree(backup, kept, dirs_exist_ok=True)
        with Profile.open(kept, passphrase=PASSPHRASES[kind], accept_unsealed=True) as profile:
            assert len(profile.lines("en")) == 1
            assert len(profile.strangers()) == 1
        (kept / "profile.json").write_bytes(good)
        with Profile.open(kept, passphrase="newer") as profile:
            assert len(profile.lines("en")) == 2

    def test_import_a_backup_over_it(self, kept, kind, tmp_path) -> None:
        passphrase = PASSPHRASES[kind]
        with Profile.open(kept, passphrase=passphrase) as profile:
            export_profile(profile, tmp_path / "backup.zip")
            profile.learn([Line("newer words", "en", 2.0)], "newer")
        good = (kept / "profile.json").read_bytes()
        TO_A_PROFILE["digit -1"](kept)
        (real,) = kept.glob("content-*")
        others = import_profile(tmp_path / "backup.zip", kept, passphrase, replace=True)
        assert real.name in others
        with Profile.open(kept, passphrase=passphrase) as profile:
            assert len(profile.lines("en")) == 1
            assert profile.strangers() == others
        (kept / "profile.json").write_bytes(good)
        with Profile.open(kept, passphrase=passphrase) as profile:
            assert len(profile.lines("en")) == 2


@pytest.mark.parametrize("read_only", [False, True])
def test_a_profile_of_the_first_format_opens_with_all_it_held(folder, kind, read_only) -> None:
    shutil.copytree(FORMAT_1 / kind, folder)
    with Profile.open(folder, passphrase=PASSPHRASES[kind], read_only=read_only) as profile:
        assert [line.text for line in profile.lines("en")] == ["dear Kranich and heron"]
        assert profile.lines("en")[0].spans == ((5, 12, 2.0),)
        assert [(document.id, document.title) for document in profile.documents()] == [
            ("/birds.txt", "Birds"),
            ("/see.txt", ""),
        ]
        assert (profile.added("de"), profile.never(), profile.sealed) == ({"Reiher"}, {"damn"}, kind == "sealed")
        (model,) = profile.models("en")
        assert (model.active, model.report, profile.model_files(model.id)) == (
            True,
            {"helped": True},
            {"step.onnx": b"weights"},
        )
        assert profile.scratch("en").read("state") == b"half done"
    if kind == "sealed":
        with pytest.raises(PassphraseError):
            Profile.open(folder, read_only=True)


def test_what_was_replaced_is_removed_at_the_next_start_if_a_kill_prevented_it(kept, kind, monkeypatch) -> None:
    monkeypatch.setattr("autocomplete.profile.folder.remove_content", lambda path: None)
    with Profile.open(kept, passphrase=PASSPHRASES[kind]) as profile:
        profile.set_passphrase("one")
        profile.set_passphrase("two")
    assert len(list(kept.glob("content-*"))) == 3
    monkeypatch.undo()
    with Profile.open(kept, passphrase="two") as profile:
        assert profile.strangers() == []
    assert len(list(kept.glob("content-*"))) == 1


def test_a_content_put_back_by_hand_is_kept(kept, kind, tmp_path) -> None:
    (old,) = kept.glob("content-*")
    shutil.copytree(old, tmp_path / "old")
    with Profile.open(kept, passphrase=PASSPHRASES[kind]) as profile:
        profile.set_passphrase("one")
    assert not old.exists()
    shutil.copytree(tmp_path / "old", old)
    for _ in range(2):
        with Profile.open(kept, passphrase="one") as profile:
            assert profile.strangers() == [old.name]
            profile.set_passphrase("one")
    assert (old / "profile.sqlite3").is_file()


def test_a_folder_that_vanishes_while_it_is_open_is_said(kept, kind) -> None:
    with Profile.open(kept, passphrase=PASSPHRASES[kind]) as profile:
        away = kept.rename(kept.with_name("away"))
        with pytest.raises(ProfileError, match="was moved or deleted while it was open"):
            profile.learn([Line("heron", "en", 2.0)], "b")
        assert not kept.exists()
        away.rename(kept)
        profile.learn([Line("heron", "en", 2.0)], "b")
        shutil.rmtree(kept)
        for change in (lambda: profile.learn([Line("heron", "en", 2.0)], "b"), lambda: profile.set_passphrase("x")):
            with pytest.raises(ProfileError, match="was moved or deleted"):
                change()
    assert not kept.exists()


def test_a_lock_that_is_somebodys_file_is_left_alone(kept, kind) -> None:
    letter = kept.parent / "letter.txt"
    for make in (lambda lock: lock.write_text("key of the shed"), lambda lock: lock.symlink_to(letter)):
        (kept / "lock").unlink()
        make(kept / "lock")
        with pytest.raises(ProfileError, match="is not the lock of a profile"):
            Profile.open(kept, passphrase=PASSPHRASES[kind])
    assert letter.read_text() == "dear"


def test_it_is_enough_to_look_to_be_told_of_other_files(kept, kind) -> None:
    (kept / "notes.txt").write_text("mine")
    os.mkfifo(kept / "pipe")
    with Profile.open(kept, passphrase=PASSPHRASES[kind], read_only=True) as profile:
        assert profile.strangers() == ["notes.txt", "pipe"]


@pytest.mark.parametrize("name", ["profile.sqlite3", ""])
def test_a_link_is_named_and_what_it_names_can_be_put_in_its_place(kept, kind, name, tmp_path) -> None:
    place = there(kept, "profile.sqlite3").parent / name
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    for read_only in (True, False):
        assert f"{place} is a link; put what it names in its place" in attempt(use, kept, PASSPHRASES[kind], read_only)
    place.unlink()
    (tmp_path / "elsewhere").rename(place)
    assert attempt(use, kept, PASSPHRASES[kind], False) is None
