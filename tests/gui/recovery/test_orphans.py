"""What earlier runs left is offered, or left alone, or cleaned up."""

import os
import stat
from pathlib import Path

import pytest

from autocomplete.atomic import name_beside
from gui.recovery import look, orphans
from gui.recovery.lock import Lock

A, B = "a" * 32, "b" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "recovery"
    folder.mkdir()
    return folder


def older(folder: Path, name: str, time: float = 1.0) -> Path:
    file = folder / f"{name}.json"
    file.write_text(f'{{"text": "{name}", "path": "", "time": {time}}}')
    return file


def test_a_discarded_text_is_not_offered_again(folder: Path) -> None:
    older(folder, "lost")
    orphans(folder)[0].discard()
    assert list(folder.iterdir()) == []


def test_the_newest_text_is_offered_first(folder: Path) -> None:
    older(folder, "older", 1)
    older(folder, "newer", 2)
    assert [orphan.snapshot.text for orphan in orphans(folder)] == ["newer", "older"]


def test_a_text_that_somebody_offers_is_not_offered_elsewhere(folder: Path) -> None:
    older(folder, "lost")
    offered = orphans(folder)
    assert orphans(folder) == []
    del offered


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": "x"}', b"\xff\0"])
@pytest.mark.parametrize("ending", ["json", "journal"])
def test_what_cannot_be_used_is_named_and_left_alone(folder: Path, content: bytes, ending: str) -> None:
    odd = folder / f"odd.{ending}"
    odd.write_bytes(content)
    older(folder, "good")
    found = look(folder)
    assert [orphan.snapshot.text for orphan in found.orphans] == ["good"]
    assert str(odd) in found.said
    assert odd.read_bytes() == content
    assert not (folder / "odd.lock").exists()


def test_many_of_them_are_one_sentence(folder: Path) -> None:
    for number in range(50):
        (folder / f"{number:02}.json").write_text("null")
    said = look(folder).said
    assert said.startswith("50 recovery copies in ")
    assert len(said) < 250 + len(str(folder))


def test_leftovers_of_kills_are_removed_and_foreign_files_are_kept(folder: Path) -> None:
    for name in (name_beside(Path(f"{A}.journal")), f"{A}.part", f"{A}.lock", f"{B}.lock"):
        (folder / name).write_text("half")
    kept = [f"{A}.lock.txt", "letter.tmp", f".{A}.txt.0123456789abcdef.tmp", "notes.part"]
    for name in kept:
        (folder / name).write_text("mine")
    (folder / f"{'c' * 32}.part").mkdir()
    assert orphans(folder) == []
    assert sorted(file.name for file in folder.iterdir()) == sorted([*kept, f"{'c' * 32}.part"])


def test_what_a_running_writer_has_half_written_is_kept(folder: Path) -> None:
    half = name_beside(folder / f"{A}.journal")
    half.write_text("half")
    lock = Lock(folder / f"{A}.journal")
    assert lock.take()
    assert orphans(folder) == []
    assert half.exists()
    assert lock.taken
    lock.drop()
    orphans(folder)
    assert not half.exists()


@pytest.mark.skipif(os.name != "posix", reason="no modes on this system")
def test_what_an_older_version_left_for_all_to_read_is_made_private(folder: Path) -> None:
    file = older(folder, "lost")
    file.chmod(0o644)
    folder.chmod(0o755)
    found = look(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    del found


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    place = tmp_path / "recovery"
    place.write_text("a file")
    found = look(place)
    assert found.orphans == []
    assert isinstance(found.error, OSError)
    assert place.read_text() == "a file"


@pytest.mark.skipif(os.name != "posix", reason="no such files on this system")
def test_a_lock_that_is_no_file_keeps_nothing_from_being_offered(folder: Path) -> None:
    older(folder, A)
    (folder / f"{A}.lock").mkdir()
    os.mkfifo(folder / f"{B}.lock")
    assert [orphan.snapshot.text for orphan in orphans(folder)] == [A]
