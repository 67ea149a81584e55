"""What comes out of good, odd and broken text files."""

import os
import threading
from pathlib import Path

import pytest

from autocomplete.errors import TextError
from autocomplete.text import files
from autocomplete.text.files import iterate_lines, read_text
from tests.endless import LOG, needs_log

GERMAN = "Grüße aus Köln\nund bis später 👋\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes.txt"


def test_utf8_comes_back_as_it_was_written(file: Path) -> None:
    file.write_text(GERMAN, encoding="utf-8")
    assert read_text(file) == GERMAN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(
    file: Path, encoding: str
) -> None:
    file.write_text(GERMAN, encoding=encoding)
    assert read_text(file) == GERMAN


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf16_is_read_in_either_byte_order(file: Path, order: str) -> None:
    file.write_text("\ufeff" + GERMAN, encoding=f"utf-16-{order}")
    assert read_text(file) == GERMAN


def test_lines_lose_their_ends_and_empty_ones_are_left_out(file: Path) -> None:
    file.write_bytes(b"one\r\n\r\n  two \n\nthree")
    assert list(iterate_lines(file)) == ["one", "  two ", "three"]


def test_only_line_ends_end_a_line(file: Path) -> None:
    file.write_text("page\fbreak\u2028separator\x85next\n", encoding="utf-8")
    assert list(iterate_lines(file)) == ["page\fbreak\u2028separator\x85next"]


def test_lines_are_read_as_they_are_asked_for(file: Path) -> None:
    file.write_bytes(b"fine\n" * 100_000 + b"\xff\n")
    lines = iterate_lines(file)
    assert next(lines) == "fine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(GERMAN.encode("utf-16"),))
    writer.start()
    assert read_text(pipe) == GERMAN
    writer.join()


def test_an_empty_file_is_an_empty_text_but_has_no_lines(file: Path) -> None:
    file.touch()
    assert read_text(file) == ""
    with pytest.raises(TextError, match=r"notes\.txt holds no text"):
        list(iterate_lines(file))


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(TextError, match=r"There is no file .*notes\.txt"):
        read_text(file)


def test_a_folder_is_no_text_file(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="is a folder"):
        read_text(tmp_path)


def test_a_file_that_may_not_be_read_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Not by chmod: whoever may do anything could read the file all the same.
    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(TextError, match=r"notes\.txt can't be read: Permission denied"):
        read_text(file)


def test_latin1_is_refused_with_the_command_that_converts_it(tmp_path: Path) -> None:
    file = tmp_path / "my notes.txt"
    file.write_text(GERMAN.replace("👋", ""), encoding="latin-1")
    with pytest.raises(TextError, match=r"iconv .*my notes\.txt' > .*my notes-utf8\.txt'"):
        read_text(file)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x7fELF\x02\x01\x00\x00", id="at the start"),
        pytest.param(b"text\n" * 50_000 + b"\0\n", id="far into the file"),
        pytest.param(GERMAN.encode("utf-16-le"), id="UTF-16 without its mark"),
    ],
)
def test_a_binary_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(TextError, match="is not a text file"):
        read_text(file)


def test_a_truncated_utf16_file_is_damaged(file: Path) -> None:
    file.write_bytes(GERMAN.encode("utf-16")[:-1])
    with pytest.raises(TextError, match="is damaged"):
        read_text(file)


@pytest.mark.skipif(os.name != "posix", reason="no such files there")
def test_a_named_pipe_without_a_writer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(files, "_PATIENCE", 1)
    with pytest.raises(TextError, match="pipe is a pipe, and nothing came out of it in 1 seconds"):
        list(iterate_lines(tmp_path / "pipe"))


@pytest.mark.skipif(os.name != "posix", reason="no such files there")
def test_what_somebody_writes_into_a_pipe_is_read_to_its_end() -> None:
    reads, writes = os.pipe()
    with os.fdopen(writes, "w") as pipe:
        pipe.write("one\ntwo\n" * 1000)
    assert len(list(iterate_lines(f"/dev/fd/{reads}"))) == 2000
    os.close(reads)


@pytest.mark.skipif(os.name != "posix", reason="no such files there")
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_no_text_file(name: str) -> None:
    with pytest.raises(TextError, match=f"{name} is a device"):
        read_text(name)


@needs_log
@pytest.mark.timeout(30)
def test_a_log_of_the_system_is_not_waited_for() -> None:
    read_text(LOG)
    read_text(LOG)  # it gives each line once: now there is nothing


def test_a_line_without_an_end_is_not_read_for_ever(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LONGEST_LINE", 100)
    file.write_text("short\n" + "a" * 1000)
    with pytest.raises(TextError, match="more than 100 characters"):
        read_text(file)
