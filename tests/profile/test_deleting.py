"""Deleting a profile: all that was learned goes, and nothing else does."""

import os
import shutil
import sys

import pytest

from autocomplete.errors import ProfileError
from autocomplete.profile.deleting import delete_profile
from autocomplete.profile.profile import Profile
from tests.profile.hostile import FORMAT_1
from tests.profile.test_encryption import fill

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")


@pytest.fixture
def filled(folder, line):
    """A closed profile with something of every kind."""
    with Profile.open(folder) as profile:
        fill(profile, line)
    return folder


def inside(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("kind", ["open", "sealed", "new"])
@pytest.mark.parametrize("opened", [False, True])
def test_nothing_of_a_profile_is_left(folder, line, kind, opened) -> None:
    passphrase = "secret" if kind == "sealed" else None
    if kind == "new":
        with Profile.open(folder) as profile:
            fill(profile, line)
    else:
        shutil.copytree(FORMAT_1 / kind, folder)
    if opened:
        assert Profile.open(folder, passphrase=passphrase).delete() == []
    else:
        assert delete_profile(folder) == []
    assert not folder.exists()


@pytest.mark.parametrize(
    "files",
    [
        {"profile.json": '{"name": "my website"}'},
        {"profile.json": '{"name": "my website"}', "content-about/index.html": "<p>"},
        {"content-about/index.html": "<p>", "content-about/models/car/wheel.obj": "v"},
        {"content-0123456789ab/profile.sqlite3": "my own database"},
        {"profile.json": "", "lock": ""},
        {"profile.json/letter.txt": "dear"},
        {"deleted.json": "{}", "letter.txt": "dear"},
        {"letter.txt": "dear"},
        {},
    ],
)
def test_a_folder_that_is_no_profile_is_refused_and_left_alone(folder, files) -> None:
    folder.mkdir(mode=0o755)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text)
    before = inside(folder)
    with pytest.raises(ProfileError, match=r"There is no profile in .*; nothing was deleted"):
        delete_profile(folder)
    assert inside(folder) == before
    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("opened", [False, True])
def test_what_is_not_ours_stays_and_is_named(filled, tmp_path, opened) -> None:
    (content,) = filled.glob("content-*")
    (model,) = content.glob("models/*")
    (tmp_path / "letter.txt").write_text("dear")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "step.onnx").write_text("dear")
    (filled / "notes.txt").write_text("mine")
    os.mkfifo(filled / "pipe")
    (content / "diary.txt").write_text("mine")
    (content / "lock").symlink_to(tmp_path / "letter.txt")
    (model / "folder").mkdir()
    (model / "link").symlink_to(tmp_path / "letter.txt")
    (content / "models" / "abc").symlink_to(tmp_path / "letters")
    (filled / "content-0123456789ab").symlink_to(tmp_path / "letters")
    kept = Profile.open(filled).delete() if opened else delete_profile(filled)
    assert kept == ["content-0123456789ab", content.name, "notes.txt", "pipe"]
    left = [content / "diary.txt", content / "lock", content / "models" / "abc", model / "folder", model / "link"]
    assert inside(content) == sorted(
        path.relative_to(content).as_posix() for path in [*left, content / "models", model]
    )
    assert (tmp_path / "letter.txt").read_text() == "dear"
    assert (tmp_path / "letters" / "step.onnx").read_text() == "dear"
    assert not (filled / "profile.json").exists()


@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_a_profile_whose_manifest_is_damaged_can_be_deleted(filled, damage) -> None:
    (filled / "profile.json").unlink()
    if damage is not None:
        (filled / "profile.json").write_bytes(damage)
    assert delete_profile(filled) == []
    assert not filled.exists()


def test_a_profile_whose_database_is_damaged_can_be_deleted(folder) -> None:
    shutil.copytree(FORMAT_1 / "sealed", folder)
    next(folder.rglob("*.sqlite3")).write_bytes(b"damaged")
    assert delete_profile(folder) == []
    assert not folder.exists()


def test_a_deletion_that_a_kill_broke_off_is_finished_at_the_next_start(filled, monkeypatch) -> None:
    def killed(path) -> None:
        raise KeyboardInterrupt

    (filled / "notes.txt").write_text("mine")
    monkeypatch.setattr("autocomplete.profile.folder.remove_content", killed)
    with pytest.raises(KeyboardInterrupt):
        delete_profile(filled)
    monkeypatch.undo()
    with Profile.open(filled, read_only=True) as profile:
        assert profile.lines("en") == []
    with Profile.open(filled) as profile:
        assert profile.lines("en") == []
        assert profile.strangers() == ["notes.txt"]
    assert len(list(filled.glob("content-*"))) == 1


def test_a_profile_of_a_newer_version_is_not_deleted(filled) -> None:
    manifest = filled / "profile.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 2'))
    before = inside(filled)
    with pytest.raises(ProfileError, match="update the app"):
        delete_profile(filled)
    assert inside(filled) == before


def test_a_profile_in_use_is_not_deleted(folder, line) -> None:
    with Profile.open(folder) as profile:
        fill(profile, line)
        with pytest.raises(ProfileError, match="in use"):
            delete_profile(folder)
        assert len(profile.lines("en")) == 1


def test_models_that_have_no_row_are_kept_unless_they_were_on_their_way(folder, line, monkeypatch) -> None:
    with Profile.open(folder) as profile:
        fill(profile, line)
        (model,) = profile.models("en")
        (files,) = folder.rglob(model.id)
        (files.parent / "unknown").mkdir()
        (files.parent / "unknown" / "step.onnx").write_bytes(b"x")
        (files.parent / "abcdef.part").mkdir()
        (files.parent / "abcdef.part" / "step.onnx").write_bytes(b"x")
        files.rename(files.with_name(f"{model.id}.part"))  # killed before its last rename
    with Profile.open(folder) as profile:
        assert profile.model_files(model.id) == {"step.onnx": b"weights"}
        assert sorted(path.name for path in files.parent.iterdir()) == sorted([model.id, "unknown"])
        profile.remove_model(model.id)
        assert [path.name for path in files.parent.iterdir()] == ["unknown"]


def test_a_folder_of_another_that_is_named_like_ours_is_kept(filled) -> None:
    novel = filled / "content-abcdefabcdef/models/a/novel.txt"
    novel.parent.mkdir(parents=True)
    novel.write_text("once upon a time")
    (filled / "content-abcdefabcdef/profile.sqlite3").write_text("my own database")
    before = inside(novel.parents[2])
    assert delete_profile(filled) == ["content-abcdefabcdef"]
    assert inside(novel.parents[2]) == before
