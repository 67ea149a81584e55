"""Reading the corpus: packed or plain, cut into documents, every fault named."""

import lzma
import os

import pytest
import zstandard

from autocomplete.errors import CorpusError
from autocomplete.training.corpus import documents

TEXT = "Hello Anna.\nHow are you?\n\nFine, thanks – und dir?\n"
DOCUMENTS = ["Hello Anna.\nHow are you?\n", "Fine, thanks – und dir?\n"]


def _written(path, content: bytes):
    path.write_bytes(content)
    return path


def _error(path) -> str:
    with pytest.raises(CorpusError) as caught:
        list(documents(path))
    return str(caught.value)


def test_blank_lines_separate_documents(tmp_path) -> None:
    assert list(documents(_written(tmp_path / "a.txt", TEXT.encode()))) == DOCUMENTS


def test_a_file_without_blank_lines_is_cut_every_few_lines(tmp_path) -> None:
    path = _written(tmp_path / "a.txt", b"a\nb\nc\nd\ne\n")
    assert list(documents(path)) == ["a\nb\nc\nd\n", "e\n"]


def test_compressed_files_are_read_like_plain_ones(tmp_path) -> None:
    xz = _written(tmp_path / "a.txt.xz", lzma.compress(TEXT.encode()))
    zst = _written(tmp_path / "a.txt.zst", zstandard.compress(TEXT.encode()))
    assert list(documents(xz)) == DOCUMENTS
    assert list(documents(zst)) == DOCUMENTS


def test_a_zst_file_of_several_frames_is_read_whole(tmp_path) -> None:
    content = b"".join(zstandard.compress(part.encode()) for part in (TEXT[:20], TEXT[20:]))
    assert list(documents(_written(tmp_path / "a.zst", content))) == DOCUMENTS


def test_marks_and_foreign_line_ends_are_taken_off(tmp_path) -> None:
    content = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert list(documents(_written(tmp_path / "a.txt", content))) == DOCUMENTS


def test_endless_lines_and_documents_are_cut(tmp_path) -> None:
    content = b"\n" + b"x" * 500_000 + b"\n" + b"a line\n" * 50_000
    found = list(documents(_written(tmp_path / "a.txt", content)))
    assert max(map(len, found)) < 200_000
    assert "".join(found).count("x") == 500_000
    assert "".join(found).count("a line") == 50_000


def test_all_bytes_are_reported(tmp_path) -> None:
    path = _written(tmp_path / "a.txt.xz", lzma.compress(b"a line of text\n" * 5000))
    told: list[int] = []
    list(documents(path, told.append))
    assert sum(told) == path.stat().st_size


def test_a_file_that_is_not_utf8_is_refused(tmp_path) -> None:
    path = _written(tmp_path / "a.txt", "Grüße\n".encode("latin-1"))
    assert _error(path) == f"{path} is not UTF-8 text; convert it first, for example with iconv."


def test_a_binary_file_is_refused(tmp_path) -> None:
    path = _written(tmp_path / "a.bin", b"PK\x03\x04\0\0\0\n")
    assert "is not text (it holds NUL characters)" in _error(path)


@pytest.mark.parametrize("content", [b"", b"\n \n\r\n"])
def test_a_file_without_a_usable_line_is_refused(tmp_path, content) -> None:
    path = _written(tmp_path / "a.txt", content)
    assert _error(path) == f"{path} has no usable line; leave it out, or give a file of text."


@pytest.mark.parametrize("compress", [lzma.compress, zstandard.compress])
@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_cut_off_compressed_file_is_refused(tmp_path, compress, keep) -> None:
    whole = compress(os.urandom(200_000).hex().encode())
    ending = "xz" if compress is lzma.compress else "zst"
    path = _written(tmp_path / f"a.{ending}", whole[: int(keep * len(whole))])
    assert _error(path) == f"{path} is cut off in the middle; get or compress it again."


@pytest.mark.parametrize("ending", ["xz", "zst"])
def test_a_file_with_a_false_ending_is_refused(tmp_path, ending) -> None:
    path = _written(tmp_path / f"a.{ending}", TEXT.encode())
    assert _error(path).startswith(f"{path} cannot be read: ")
