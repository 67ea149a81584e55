"""Saving changes the content of a file and nothing else about it, and what fails leaves it as it was."""

import errno
import os
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autocomplete.errors import TextError
from gui.files.formats import Format
from gui.files.text_file import ChangedError, read, write
from gui.files.unfinished import Unfinished

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions, links and pipes as POSIX has them")
ROOT = os.name == "posix" and os.geteuid() == 0
NOBODY = 65534

SAVE = """
import hashlib, os, resource, sys  # hashlib for later: another user may not be able to load it
from pathlib import Path
from autocomplete.errors import TextError
from gui.files.text_file import write
from gui.files.formats import Format
path, text, limit, user = Path(sys.argv[1]), sys.argv[2] * int(sys.argv[3]), *map(int, sys.argv[4:])
if user:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    write(path, text, Format())
except TextError as error:
    print(error)
"""


def save(path: Path, text: str, times: int = 1, limit: int = 0, user: int = 0) -> str:
    """Save in a process of its own, as `user` or with a `limit` to the size of files; what it says."""
    command = [sys.executable, "-c", SAVE, str(path), text, str(times), str(limit), str(user)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("old")
    return path


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that other users reach."""
    if not ROOT:
        pytest.skip("only root can save as another user")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def only(path: Path) -> bool:
    """Whether nothing lies beside the file."""
    return list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("before", [0o600, 0o640, 0o644, 0o755, 0o666])
def test_permissions_are_kept(path: Path, before: int) -> None:
    path.chmod(before)
    write(path, "new", Format())
    assert mode(path) == before


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "new.txt", "new", Format())
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert mode(tmp_path / "new.txt") == expected


def test_a_private_file_that_was_deleted_is_private_again(path: Path) -> None:
    path.chmod(0o600)
    file = read(path)
    path.unlink()
    write(path, "new", file.form, replaces=file.stamp)
    assert mode(path) == 0o600


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_owner_and_group_are_kept(path: Path) -> None:
    os.chown(path, NOBODY, 12345)
    path.chmod(0o2664)
    write(path, "new", Format())
    about = path.stat()
    assert (about.st_uid, about.st_gid, mode(path)) == (NOBODY, 12345, 0o2664)


def test_the_owner_is_kept_by_someone_else_who_may_write(open_to_all: Path) -> None:
    open_to_all.chmod(0o777)
    path = open_to_all / "note.txt"
    path.write_text("old")
    path.chmod(0o666)
    assert save(path, "new", user=NOBODY) == ""
    assert path.read_text() == "new"
    assert path.stat().st_uid == 0
    assert only(path)


def test_a_file_in_a_folder_that_may_not_be_written_to_is_saved(open_to_all: Path) -> None:
    path = open_to_all / "note.txt"
    path.write_text("old and longer")
    path.chmod(0o666)
    assert save(path, "new", user=NOBODY) == ""
    assert path.read_text() == "new"


def test_a_file_that_may_not_be_written_to_is_left(open_to_all: Path) -> None:
    open_to_all.chmod(0o777)
    path = open_to_all / "note.txt"
    path.write_text("old")
    path.chmod(0o444)
    assert "permission is denied" in save(path, "new", user=NOBODY)
    assert path.read_text() == "old"
    assert only(path)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this system")
def test_attributes_and_the_access_list_are_kept(path: Path) -> None:
    # user::rw- user:12345:rw- group::r-- mask::rw- other::---
    entries = [(1, 6, 2**32 - 1), (2, 6, 12345), (4, 4, 2**32 - 1), (16, 6, 2**32 - 1), (32, 0, 2**32 - 1)]
    access = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(path, "user.author", b"Anna")
        os.setxattr(path, "system.posix_acl_access", access)
    except OSError:
        pytest.skip("no extended attributes on this disk")
    write(path, "new", Format())
    assert os.getxattr(path, "user.author") == b"Anna"
    assert os.getxattr(path, "system.posix_acl_access") == access
    assert mode(path) == 0o660


def test_a_link_stays_a_link_also_to_nothing_yet(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to("folder/real.txt")
    for text in ("new", "newer"):
        write(link, text, Format())
        assert link.is_symlink()
        assert (tmp_path / "folder" / "real.txt").read_text() == text


def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    with pytest.raises(TextError, match="leads back to itself"):
        write(link, "new", Format())
    assert link.is_symlink()


@pytest.mark.parametrize("new", ["", "short", "longer than what was there " * 10_000])
def test_all_names_of_a_file_show_the_new_text(path: Path, new: str) -> None:
    path.write_text("what was there")
    other = path.with_name("other.txt")
    os.link(path, other)
    write(path, new, Format())
    assert other.read_text() == new
    assert other.samefile(path)
    assert sorted(path.parent.iterdir()) == [path, other]


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(TextError, match="not a file that holds text"):
        write(pipe, "new", Format())
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("device", ["/dev/null", "/dev/full"])
def test_a_device_stays_a_device(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"no {device} here")
    with pytest.raises(TextError, match="not a file that holds text"):
        write(Path(device), "new", Format())
    assert stat.S_ISCHR(Path(device).stat().st_mode)


def test_a_folder_that_took_the_place_of_the_file_is_left(path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(TextError, match="could not be saved"):
        write(path, "new", Format())
    assert path.is_dir()
    assert only(path)


@pytest.mark.parametrize("name", ["ä" * 125 + ".txt", "😀" * 62 + ".txt", "n" * 251 + ".txt"])
def test_a_file_with_the_longest_name_there_can_be_is_saved(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, "new", Format())
    assert (tmp_path / name).read_text() == "new"
    assert only(tmp_path / name)


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="its name is too long"):
        write(tmp_path / ("n" * 300), "new", Format())


@pytest.mark.parametrize("linked", [False, True])
def test_a_limit_to_the_size_of_files_leaves_the_old_one_whole(path: Path, linked: bool) -> None:
    if linked:
        os.link(path, path.with_name("other.txt"))
    path.write_text("old " * 1000)
    assert "could not be saved: the file is too large for this disk" in save(path, "new ", 20_000, limit=10_000)
    assert path.read_text() == "old " * 1000
    assert len(list(path.parent.iterdir())) == 1 + linked


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, of which 100 kB are free."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", folder], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here, so there is no small disk to fill")
    (folder / "other").write_bytes(bytes(156 * 1024))
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(not ROOT or sys.platform != "linux", reason="only root can mount a small disk")
@pytest.mark.parametrize("linked", [False, True])
def test_a_full_disk_leaves_the_old_file_whole(small_disk: Path, linked: bool) -> None:
    path = small_disk / "note.txt"
    path.write_text("old " * 5000)
    if linked:
        os.link(path, small_disk / "linked.txt")
    before = sorted(small_disk.iterdir())
    with pytest.raises(TextError, match="the disk is full"):
        write(path, "new " * 40_000, Format())
    assert path.read_text() == "old " * 5000
    assert sorted(small_disk.iterdir()) == before


def test_a_file_changed_since_it_was_read_is_left(path: Path) -> None:
    file = read(path)
    about = path.stat()
    path.write_text("NEW")  # as long as the old one
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    with pytest.raises(ChangedError, match="changed"):
        write(path, "mine", file.form, replaces=file.stamp)
    assert path.read_text() == "NEW"


@pytest.mark.parametrize("linked", [False, True])
def test_a_file_changed_while_it_is_saved_is_left(path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool) -> None:
    if linked:
        os.link(path, path.with_name("other.txt"))
    file = read(path)
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        path.write_text("theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedError):
        write(path, "mine", file.form, Unfinished(path.parent / "notes"), file.stamp)
    assert path.read_text() == "theirs"


def test_a_file_that_another_program_wrote_anew_with_the_same_text_is_no_change(path: Path) -> None:
    file = read(path)
    other = path.with_name("other")
    other.write_text("old")
    os.replace(other, path)
    write(path, "mine", file.form, replaces=file.stamp)
    assert path.read_text() == "mine"


def test_a_file_whose_permissions_changed_keeps_the_new_ones(path: Path) -> None:
    file = read(path)
    path.chmod(0o600)
    write(path, "mine", file.form, replaces=file.stamp)
    assert path.read_text() == "mine"
    assert mode(path) == 0o600


def test_a_broken_disk_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TextError, match="could not be saved: the disk reported an error"):
        write(path, "new", Format())
    assert path.read_text() == "old"
    assert only(path)
