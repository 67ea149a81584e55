"""Reading and saving text files."""

import errno
import os
import stat
from pathlib import Path

import pytest

from autocomplete.errors import TextError
from gui.files import text_file
from gui.files.formats import Format
from gui.files.text_file import read, write
from tests.endless import LOG, needs_log

TEXT = "Größe — “quoted”\nsecond line\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "note.txt"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "UTF-32"),
        (b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"), "UTF-32"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_a_file_is_read_and_saved_as_it_was(path: Path, data: bytes, name: str) -> None:
    path.write_bytes(data)
    file = read(path)
    assert file.text == TEXT
    assert file.form.name == name
    write(path, file.text, file.form)
    assert path.read_bytes() == data


def test_an_old_encoding_is_told(path: Path) -> None:
    path.write_bytes("Straße".encode("latin-1"))
    assert "Windows-1252" in read(path).note


def test_bytes_that_windows_1252_lacks_are_latin_1(path: Path) -> None:
    path.write_bytes(b"Stra\xdfe \x81")
    assert read(path).form.name == "Latin-1"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(path: Path, newline: str) -> None:
    data = f"one{newline}two{newline}".encode()
    path.write_bytes(data)
    file = read(path)
    assert file.text == "one\ntwo\n"
    write(path, file.text, file.form)
    assert path.read_bytes() == data


def test_an_empty_file_is_an_empty_text(path: Path) -> None:
    path.touch()
    assert read(path).text == ""


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x01", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9])
def test_a_binary_file_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(TextError, match=r"note\.txt is not a text file"):
        read(path)


def test_a_damaged_utf_16_file_is_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfea")
    with pytest.raises(TextError, match="damaged"):
        read(path)


def test_a_missing_file_is_said(path: Path) -> None:
    with pytest.raises(TextError, match="does not exist"):
        read(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="is a folder"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(TextError, match="not a file"):
        read(path)


@needs_log
@pytest.mark.timeout(30)
def test_a_log_of_the_system_is_not_waited_for() -> None:
    read(Path(LOG))
    read(Path(LOG))  # it gives each line once: now there is nothing


def test_an_unreadable_file_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.touch()

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(text_file, "read_regular", refuse)
    with pytest.raises(TextError, match="permission is denied"):
        read(path)


def test_a_huge_file_is_refused_without_reading_it(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(TextError, match="200 MB; files up to 50 MB"):
        read(path)


def test_permissions_are_kept(path: Path) -> None:
    path.write_text("old")
    path.chmod(0o640)
    write(path, "new", Format())
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(path: Path) -> None:
    real = path.with_name("real.txt")
    real.write_text("old")
    path.symlink_to(real)
    write(path, "new", Format())
    assert path.is_symlink()
    assert real.read_text() == "new"


def test_letters_the_old_encoding_lacks_make_it_utf_8(path: Path) -> None:
    used = write(path, "smile 😀", Format("cp1252"))
    assert used.form.name == "UTF-8"
    assert read(path).text == "smile 😀"


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="its folder does not exist"):
        write(tmp_path / "gone" / "note.txt", "text", Format())
