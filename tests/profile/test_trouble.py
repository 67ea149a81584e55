"""What the disk refuses is one sentence, and nothing is lost by it."""

import os
import shutil
import subprocess
import sys

import pytest

from autocomplete.errors import ProfileError
from autocomplete.profile.profile import Profile
from tests.profile.test_profile import texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and limits")

# As a user without rights, for whoever runs the tests may be root.
AS_ANYONE = """
import os, sys
from autocomplete.errors import ProfileError, ProfileProtectedError
from autocomplete.profile.profile import Profile
if os.geteuid() == 0:
    os.setuid(65534)
"""
# No file may grow beyond so many bytes: what a full disk or a quota does.
LIMITED = """
import resource, sys
from autocomplete.errors import ProfileError, ProfileProtectedError
from autocomplete.text.line import Line
from autocomplete.profile.profile import Profile
profile = Profile.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
learned = 0
try:
    while True:
        profile.learn([Line("many words that are learned one by one until there is no room", "en", 1.0)] * 50, "a")
        learned += 50
except ProfileError as error:
    print(error)
print(learned, len(profile.lines("en")), sum(count for _, count, *_ in profile.written("en").words()))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    profile.set_passphrase("x")
except ProfileError as error:
    print(error)
print(profile.sealed, len(profile.lines("en")))
"""


def said(program: str, *args: object) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", program, *map(str, args)], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    return result.stdout.splitlines()


@posix
def test_without_room_nothing_learned_before_is_lost(folder) -> None:
    sentence, numbers, second, after = said(LIMITED, folder)
    assert sentence.startswith(f"No space is left on the disk of {folder}; make room")
    learned, kept, counted = map(int, numbers.split())
    assert learned == kept
    assert counted == 13 * kept
    assert second.startswith("No space is left")
    assert after == f"False {kept}"
    with Profile.open(folder) as profile:
        assert len(profile.lines("en")) == kept


@posix
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, line) -> None:
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:  # pytest's own are private, and anyone is to get here
        if parent.owner() == tmp_path.owner() and "pytest" in str(parent):
            parent.chmod(0o755)
    folder = tmp_path / "profile"
    with Profile.open(folder) as profile:
        profile.learn([line("heron")], "a")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    open_it = (
        "try: Profile.open(sys.argv[1])\nexcept ProfileProtectedError as error: print(error)\n"
        "print([line.text for line in Profile.open(sys.argv[1], read_only=True).lines('en')])"
    )
    sentence, lines = said(AS_ANYONE + open_it, folder)
    assert sentence == (
        f"{folder} is read-only, so nothing is learned; "
        "change its permissions, or choose another folder with --profile."
    )
    assert lines == "['heron']"
    (sentence, *_) = said(AS_ANYONE + open_it, tmp_path / "new")
    assert "is read-only, so nothing is learned" in sentence


def test_a_file_in_the_folders_place_is_one_sentence(folder) -> None:
    folder.write_text("my notes")
    with pytest.raises(ProfileError, match="is a file, not a folder"):
        Profile.open(folder)
    with pytest.raises(ProfileError, match="is a file, not a folder"):
        Profile.open(folder / "below")
    assert folder.read_text() == "my notes"


def test_a_folder_with_other_files_is_left_alone(folder) -> None:
    folder.mkdir(mode=0o755)
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(ProfileError, match="holds other files and no profile; name an empty folder"):
        Profile.open(folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_profile_of_a_newer_version_is_left_alone(profile, folder) -> None:
    profile.close()
    manifest = folder / "profile.json"
    newer = manifest.read_text().replace('"format": 1', '"format": 2')
    manifest.write_text(newer)
    with pytest.raises(ProfileError, match="newer version of this app; update the app"):
        Profile.open(folder)
    assert manifest.read_text() == newer


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, 2", b'{"format": 1e999}', b"\xff\xfe"])
def test_a_damaged_description_is_named_and_kept(profile, folder, content) -> None:
    profile.close()
    manifest = folder / "profile.json"
    manifest.write_bytes(content)
    with pytest.raises(ProfileError, match=r"profile\.json is damaged and was left as it is"):
        Profile.open(folder)
    assert manifest.read_bytes() == content


def test_a_missing_description_is_no_new_profile(profile, folder, line) -> None:
    profile.learn([line("heron")], "a")
    profile.close()
    kept = (folder / "profile.json").read_bytes()
    (folder / "profile.json").unlink()
    with pytest.raises(ProfileError, match=r"profile\.json is missing"):
        Profile.open(folder)
    (folder / "profile.json").write_bytes(kept)
    with Profile.open(folder) as again:
        assert texts(again) == ["heron"]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_database_is_named_and_kept(profile, folder, content, read_only) -> None:
    profile.close()
    (database,) = folder.rglob("*.sqlite3")
    database.write_bytes(content)
    with pytest.raises(ProfileError, match=r"profile\.sqlite3 is damaged and was left as it is"):
        Profile.open(folder, read_only=read_only)
    assert database.read_bytes() == content


def test_a_database_damaged_in_the_middle_is_named(profile, folder, line) -> None:
    profile.learn([line(f"many words, line {'x' * n}") for n in range(500)], "a")
    profile.close()
    (database,) = folder.rglob("*.sqlite3")
    content = bytearray(database.read_bytes())
    content[8192:-8192] = b"\xa5" * (len(content) - 16384)
    database.write_bytes(content)
    with pytest.raises(ProfileError, match="is damaged"), Profile.open(folder) as again:
        again.lines("en")


def test_a_missing_database_is_named(profile, folder) -> None:
    profile.close()
    (database,) = folder.rglob("*.sqlite3")
    database.unlink()
    with pytest.raises(ProfileError, match=r"profile\.sqlite3 is missing"):
        Profile.open(folder)


def test_a_linked_folder_is_deleted_with_its_link(tmp_path, line) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    profile = Profile.open(tmp_path / "link")
    profile.learn([line("heron")], "a")
    profile.delete()
    assert os.listdir(tmp_path) == []


def test_a_copied_folder_is_a_profile(profile, folder, tmp_path, line) -> None:
    profile.learn([line("heron")], "a")
    profile.close()
    shutil.copytree(folder, tmp_path / "copy")
    with Profile.open(tmp_path / "copy") as copy:
        assert texts(copy) == ["heron"]
