"""Files made to fill the memory or to take for ever are read in time, or refused in a sentence."""

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.importers.test_mail import ANNA, BEN, mail, mbox
from tests.importers.test_office import docx, odt

ME = "anna@example.com"


@contextmanager
def bounded(megabytes: int) -> Iterator[None]:
    """Fails a test whose body takes more of Python's memory."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * 1_000_000


@contextmanager
def soon(seconds: float = 20) -> Iterator[None]:
    """Fails a test whose body takes more of the processor."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def test_a_document_of_very_many_elements_that_are_no_text_takes_no_memory(read: Callable) -> None:
    filler = "".join(f"<a x='{number * 7919 % 10_007}'/>" for number in range(60_000))
    content = docx(filler + "<w:p><w:r><w:t>We went home</w:t></w:r></w:p>" + filler)
    read("a.txt", "They went home")  # reads the languages' memories, once
    with bounded(20):
        found = read("a.docx", content)
    assert [line.text for line in found.lines] == ["We went home"]


def test_a_paragraph_of_very_many_elements_is_not_read(read: Callable) -> None:
    filler = "".join(f"<text:s x='{number * 7919 % 10_007}'/>" for number in range(250_000))
    assert "too large or too deeply nested" in read("a.odt", odt(f"<text:p>{filler}</text:p>")).problem


def test_a_document_whose_list_of_files_is_huge_is_not_read(read: Callable) -> None:
    content = docx("<w:p><w:r><w:t>We went home</w:t></w:r></w:p>")
    at = content.rindex(b"PK\x05\x06") + 12
    lying = content[:at] + (10_000_000).to_bytes(4, "little") + content[at + 4 :]
    assert "unpacks to more" in read("a.docx", lying).problem


@pytest.mark.parametrize("depth", [150, 10_000])
def test_parts_inside_parts_do_not_hide_the_other_mails(read: Callable, depth: int) -> None:
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    nested = mail("\n" * 50_000 + "They went", more="".join(heads))
    with soon():
        found = read("a.mbox", mbox(nested, mail("We went home early.")), ME)
    assert "We went home early." in [line.text for line in found.lines]


@pytest.mark.parametrize("sender", ["(" * 150_000, "=?a?q?" * 30_000, '"' * 150_000, ",<" * 70_000, "a@b," * 40_000])
def test_a_sender_without_end_does_not_hide_the_other_mails(read: Callable, sender: str) -> None:
    with soon():
        found = read("a.mbox", mbox(mail("They went", sender), mail("We went home early.")), ME)
    assert [line.text for line in found.lines] == ["We went home early."]


@pytest.mark.parametrize(
    "date", ["9" * 10_000, "Fri, 31 Dec 99999 10:00:00", "31 Dec 1899 00:00:00", "inf", "-", "1 Jan 2099 00:00:00"]
)
def test_a_mail_with_an_absurd_date_has_that_of_its_file(read: Callable, date: str) -> None:
    found = read("a.eml", f"From: {ANNA}\nTo: {BEN}\nDate: {date}\n\nWe went home early.\n", ME)
    assert found.first == found.last == found.path.stat().st_mtime


def test_attributes_without_end_are_passed_over(read: Callable) -> None:
    page = mail("<p " + "class=" * 300_000 + ">We went home</p>", more="Content-Type: text/html\n")
    with soon():
        assert [line.text for line in read("a.eml", page, ME).lines] == ["We went home"]


def test_json_of_more_values_than_fit_the_memory_is_not_read(read: Callable) -> None:
    content = b"[" + b"[]," * 5_100_000 + b"[]]"
    with bounded(200):
        assert "is too large to be read at once; split it." in read("a.json", content).problem


def test_json_nested_without_end_is_a_problem(read: Callable) -> None:
    assert "is damaged, or not JSON" in read("a.json", b"[" * 200_000).problem
    assert read("a.jsonl", b"[" * 200_000).problem != ""


def test_a_message_of_very_many_lines_is_read_in_time(read: Callable) -> None:
    content = "1.1.21, 09:05 - Anna: We went home\n" + "a\n" * 60_000
    with soon():
        assert len(read("a.txt", content, "Anna").lines) > 40_000


def test_names_of_columns_are_cut_in_the_sentence(read: Callable) -> None:
    problem = read("a.csv", "x" * 50_000 + ",y\n1,2\n").problem
    assert "Say which column" in problem
    assert len(problem) < 500
    assert json.dumps(problem).isascii()
