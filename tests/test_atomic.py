"""A file is whole or as it was, for its owner alone, and nothing is left beside it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from autocomplete.atomic import leftovers, private_folder, replacing, write_whole


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    write_whole(tmp_path / "a", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old")

    def fail() -> None:
        with replacing(path) as file:
            file.write(b"half of the new")
            raise OSError("refused")

    with pytest.raises(OSError, match="refused"):
        fail()
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be forced to the disk on this system")
def test_the_disk_has_the_content_before_the_name_and_the_name_before_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def force(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def rename(old: Path, new: Path) -> None:
        done.append("rename")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", force)
    monkeypatch.setattr(os, "replace", rename)
    write_whole(tmp_path / "a", b"new")
    assert done == ["file", "rename", "folder"]


@pytest.mark.skipif(os.name != "posix", reason="no modes on this system")
def test_only_the_owner_may_read_it_also_while_it_is_written(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with replacing(tmp_path / "a") as file:
            file.write(b"mine")
            assert [_mode(path) for path in tmp_path.iterdir()] == [0o600]
        private_folder(tmp_path / "folder")
    finally:
        os.umask(before)
    assert _mode(tmp_path / "a") == 0o600
    assert _mode(tmp_path / "folder") == 0o700


def test_two_writers_of_one_file_leave_one_of_the_two_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with replacing(path) as one:
        one.write(b"one")
        with replacing(path) as other:
            other.write(b"other")
        assert path.read_bytes() == b"other"
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"one"]


def test_what_a_killed_writer_left_is_found_and_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old")
    (tmp_path / "b").write_bytes(b"another's")
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom autocomplete.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); print('written', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, cwd=tmp_path) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        writer.kill()
    assert path.read_bytes() == b"old"
    left = leftovers(path)
    assert [file.read_bytes() for file in left] == [b"half"]
    assert leftovers(tmp_path / "b") == []
