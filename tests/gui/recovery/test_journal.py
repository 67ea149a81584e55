"""A copy on the disk: whole up to the last change that is."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.recovery.buffer import TextBuffer
from gui.recovery.journal import Change, Origin, Snapshot, UnusableError, read, record, whole

NOTE = Origin("/a.txt")
LINES = st.lists(st.text(max_size=8), max_size=8)


def journal(first: str, added: list[str], origin: Origin = NOTE) -> tuple[bytes, list[bytes]]:
    """A journal of the text `first`, and the records of what was typed behind it."""
    buffer = TextBuffer()
    buffer.replace(0, 0, first)
    begun = b"".join(whole(buffer, origin, 1.0))
    records = []
    for number, text in enumerate(added):
        position = buffer.length
        buffer.replace(position, 0, text)
        records.append(record(Change(2.0 + number, position, 0, text, buffer.length)))
    return begun, records


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.journal"


@given(st.text(max_size=20), LINES)
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, first: str, added: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "written.journal"
    origin = Origin("/öß\udcff.txt", "ab" * 32)
    begun, records = journal(first, added, origin)
    file.write_bytes(begun + b"".join(records))
    assert read(file) == Snapshot(first + "".join(added), origin, 1.0 + len(added) if first or added else ANY)


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


ANY: float = _Any()  # type: ignore[assignment]


def test_cut_anywhere_it_keeps_every_whole_record(file: Path) -> None:
    begun, records = journal("first\n", ["one ", "two ", "thrée 😀"])
    data = begun + b"".join(records)
    ends = [len(begun) + sum(map(len, records[:count])) for count in range(len(records) + 1)]
    texts = ["first\n", "first\none ", "first\none two ", "first\none two thrée 😀"]
    for cut in range(len(data) + 1):
        file.write_bytes(data[:cut])
        if cut < len(begun):
            with pytest.raises(UnusableError):
                read(file)
        else:
            assert read(file).text == texts[sum(end <= cut for end in ends) - 1]


@pytest.mark.parametrize("tail", [bytes(4096), b"\xff" * 4096, b"{"])
def test_what_a_power_cut_leaves_behind_the_records_is_dropped(file: Path, tail: bytes) -> None:
    begun, records = journal("first ", ["second"])
    file.write_bytes(begun + b"".join(records) + tail)
    assert read(file).text == "first second"


@given(st.integers(0), st.integers(1, 255))
def test_a_wrong_byte_never_makes_another_text(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "wrong.journal"
    begun, records = journal("first ", ["second ", "third"])
    data = bytearray(begun + b"".join(records))
    data[place % len(data)] ^= change
    file.write_bytes(data)
    try:
        assert read(file).text in ("first ", "first second ", "first second third")
    except UnusableError:
        assert place % len(data) < len(begun)


GOOD = {"text": "lost", "path": "", "time": 5}


def test_a_copy_of_the_older_kind_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOOD | {"text": "lost ü 😀", "path": "/a.txt"}))
    assert read(tmp_path / "a.json") == Snapshot("lost ü 😀", NOTE, 5.0)


@pytest.mark.parametrize(
    "content",
    [
        *(json.dumps(GOOD | {"time": time}) for time in ("now", None, float("nan"), 1e300, -1, 10**400, True, [1])),
        *(json.dumps(GOOD | {"path": path}) for path in (["/a"], None, 3, {})),
        *(json.dumps(GOOD | {"text": text}) for text in (["a"], None, 3)),
        json.dumps({"text": "x"}),
        json.dumps(GOOD | {"more": 1}),
        "null",
        "[]",
        "",
        "{",
        "[" * 200_000,
        '{"text":' * 100_000,
        "\0" * 50,
        "\udcff\udcfe",
    ],
)
@pytest.mark.parametrize("ending", [".json", ".journal"])
def test_what_is_no_copy_is_refused(tmp_path: Path, content: str, ending: str) -> None:
    file = tmp_path / f"a{ending}"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnusableError):
        read(file)


@pytest.mark.skipif(os.name != "posix", reason="no such files on this system")
@pytest.mark.parametrize("ending", [".json", ".journal"])
def test_what_is_no_file_is_never_waited_for(tmp_path: Path, ending: str) -> None:
    pipe, folder, link, zero = (tmp_path / f"{name}{ending}" for name in ("pipe", "folder", "link", "zero"))
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to(link)
    zero.symlink_to("/dev/zero")
    for file in (pipe, folder, link, zero):
        with pytest.raises((UnusableError, OSError)):
            read(file)


@pytest.mark.skipif(sys.platform != "linux", reason="needs files with holes")
@pytest.mark.parametrize("ending", [".json", ".journal"])
def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"huge{ending}"
    with file.open("wb") as opened:
        opened.truncate(1 << 40)
    with pytest.raises(UnusableError):
        read(file)
