"""A save that is killed breaks no file, and the next start leaves nothing of it behind."""

import json
import os
import random
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.files.unfinished import Unfinished, _half_written

SAVER = """
import sys
from pathlib import Path
from gui.files.text_file import write
from gui.files.formats import Format
from gui.files.unfinished import Unfinished
path, unfinished, size = Path(sys.argv[1]), Unfinished(Path(sys.argv[2])), int(sys.argv[3])
print("ready", flush=True)
while True:
    for letter in "abcdefgh":
        write(path, letter * (size + ord(letter) * 1000), Format(), unfinished)
"""

HALF = """
import os, signal, sys
from pathlib import Path
import gui.files.storing
from gui.files.text_file import write
from gui.files.formats import Format
from gui.files.unfinished import Unfinished

def die(file, content):
    file.seek(0)
    file.write(content[: len(content) // 2])
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

gui.files.storing.write_over = die
write(Path(sys.argv[1]), sys.argv[3], Format(), Unfinished(Path(sys.argv[2])))
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def note(notes: Path, entry: object, **contents: bytes) -> Path:
    notes.mkdir(exist_ok=True)
    path = notes / "0123.json"
    path.write_text(entry if isinstance(entry, str) else json.dumps(entry))
    for name, content in contents.items():
        path.with_suffix(f".{name}").write_bytes(content)
    return path


def place(path: Path) -> dict[str, object]:
    about = path.stat()
    return {"target": str(path), "device": about.st_dev, "inode": about.st_ino}


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
@pytest.mark.parametrize("linked", [False, True])
def test_kills_at_any_moment_leave_a_whole_file_and_nothing_that_others_may_read(
    folder: Path, notes: Path, linked: bool
) -> None:
    path = folder / "note.txt"
    path.write_text("a")
    names = [path]
    if linked:
        names.append(folder / "other.txt")
        os.link(path, names[1])
    moments = random.Random(5)
    for _ in range(5):
        command = [sys.executable, "-c", SAVER, str(path), str(notes), "2000000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as saver:
            assert saver.stdout is not None
            assert saver.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 0.3))
            saver.kill()
        left = [other for other in folder.iterdir() if other not in names] + list(notes.iterdir())
        assert [other for other in left if other.suffix != ".lock" and other.stat().st_mode & 0o077] == []
        Unfinished(notes).settle()
        content = path.read_text()
        assert content == content[0] * len(content)
        assert len(content) in (1, 2_000_000 + ord(content[0]) * 1000)
        assert sorted(folder.iterdir()) == sorted(names)
        assert list(notes.iterdir()) == []
        assert all(name.samefile(path) for name in names)


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
@pytest.mark.parametrize("new", ["short", "longer than what was there before"])
def test_a_save_killed_half_way_through_a_file_with_two_names_is_finished(folder: Path, notes: Path, new: str) -> None:
    path, other = folder / "note.txt", folder / "other.txt"
    path.write_text("what was there")
    os.link(path, other)
    subprocess.run([sys.executable, "-c", HALF, str(path), str(notes), new], check=False)
    assert path.read_text() not in ("what was there", new)
    assert [file for file in notes.iterdir() if file.stat().st_mode & 0o077] == []
    Unfinished(notes).settle()
    assert other.read_text() == new
    assert list(notes.iterdir()) == []


def test_nothing_is_noted_once_a_save_is_through(folder: Path, notes: Path) -> None:
    unfinished = Unfinished(notes)
    with unfinished.beside(folder / "note.txt"):
        assert len(list(notes.glob("*.json"))) == 1
        assert stat.S_IMODE(notes.stat().st_mode) == 0o700
    assert list(notes.iterdir()) == []


def test_a_save_under_way_is_left_alone(folder: Path, notes: Path) -> None:
    with Unfinished(notes).beside(folder / "note.txt") as part:
        part.write_text("half")
        Unfinished(notes).settle()
        assert part.exists()


def test_a_folder_for_notes_that_cannot_be_written_to_keeps_nobody_from_saving(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Unfinished(tmp_path / "file" / "notes").beside(folder / "note.txt") as part:
        part.touch()
    assert part.exists()


@pytest.mark.parametrize(
    "name",
    ["thesis.txt", ".thesis.txt", ".thesis.0123.tmp", ".thesis.txt.0123456789abcdef.tmp.txt", "0123456789abcdef.tmp"],
)
def test_a_file_whose_name_is_none_of_ours_is_never_removed(folder: Path, notes: Path, name: str) -> None:
    (folder / name).write_text("precious")
    note(notes, {"part": str(folder / name)})
    Unfinished(notes).settle()
    assert (folder / name).read_text() == "precious"


@pytest.mark.skipif(os.name != "posix", reason="links and owners as POSIX has them")
def test_what_only_bears_a_name_of_ours_is_never_removed(folder: Path, notes: Path) -> None:
    part = folder / ".note.txt.0123456789abcdef.tmp"
    precious = folder / "precious"
    precious.write_text("precious")

    def settle() -> None:
        note(notes, {"part": str(part)})
        Unfinished(notes).settle()

    part.mkdir()
    settle()
    assert part.is_dir()
    part.rmdir()
    part.symlink_to(precious)
    settle()
    assert part.is_symlink()
    part.unlink()
    os.link(precious, part)
    settle()
    assert part.exists()
    part.unlink()
    part.write_text("half")
    settle()
    assert not part.exists()
    assert precious.read_text() == "precious"


def test_a_copy_on_a_drive_that_is_away_is_removed_when_it_is_back(folder: Path, notes: Path) -> None:
    part = folder / ".note.txt.0123456789abcdef.tmp"
    part.write_text("half")
    away = folder.rename(folder.with_name("away"))
    told = note(notes, {"part": str(part)})
    Unfinished(notes).settle()
    assert told.exists()
    away.rename(folder)
    Unfinished(notes).settle()
    assert not part.exists()
    assert not told.exists()


@pytest.mark.parametrize(
    "entry",
    ["", "{", "null", "[]", "3", "[" * 100_000, "{}", '{"part": 5}', '{"part": "\\u0000"}', '{"part": ""}']
    + [f'{{"target": {target}, "device": 1e999, "inode": 1}}' for target in ('"/dev/zero"', "[]")],
)
def test_a_damaged_note_is_dropped(notes: Path, entry: str) -> None:
    told = note(notes, entry, before=b"a", after=b"b")
    Unfinished(notes).settle()
    assert not told.exists()


@given(before=st.binary(max_size=9), after=st.binary(max_size=9), written=st.integers(1, 9))
def test_whatever_a_kill_leaves_of_a_file_written_over_is_known(before: bytes, after: bytes, written: int) -> None:
    room = before.ljust(max(len(before), len(after)), b"\0")
    written = min(written, len(after))
    now = after[:written] + room[written:]
    assert _half_written(now, before, after) or now in (before, after)


def test_a_file_written_half_over_is_brought_to_its_end(folder: Path, notes: Path) -> None:
    path = folder / "note.txt"
    path.write_text("new and then old text")
    note(notes, place(path), before=b"old and then old text", after=b"new and then new")
    Unfinished(notes).settle()
    assert path.read_text() == "new and then new"


@pytest.mark.parametrize("now", ["other", "old and then old text", "new and then old text, changed"])
def test_a_file_that_holds_anything_else_is_left(folder: Path, notes: Path, now: str) -> None:
    path = folder / "note.txt"
    path.write_text(now)
    note(notes, place(path), before=b"old and then old text", after=b"new and then new")
    Unfinished(notes).settle()
    assert path.read_text() == now


def test_another_file_in_the_place_of_one_written_half_over_is_left(folder: Path, notes: Path) -> None:
    path = folder / "note.txt"
    path.write_text("new old")
    note(notes, place(path) | {"inode": 1}, before=b"old old", after=b"new new")
    Unfinished(notes).settle()
    assert path.read_text() == "new old"
