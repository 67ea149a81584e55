"""All files are gone through, and whatever is wrong with one is said in a sentence."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autocomplete.errors import ModelError, StoppedError
from autocomplete.importers import Options, gather, total_size
from autocomplete.text.line import LEFT_OUT

LANGUAGES = ("de", "en")
ENGLISH = "We went home early, since it was late and the night was cold."
GERMAN = "Wir sind früh nach Hause gegangen, weil es spät und die Nacht kalt war."
FRENCH = "Je ne sais pas encore si je pourrai venir demain, mais je te tiendrai au courant dès que possible."


def test_secrets_are_left_out_and_counted(read):
    found = read("a.txt", "Call me at 0170 1234567 please\nmy password is sunshine\nhunter2\n4111 1111 1111 1111")
    assert [line.text for line in found.lines] == [f"Call me at {LEFT_OUT} please", f"my password is {LEFT_OUT}"]
    assert found.left_out == {"phone number": 1, "password or code": 1, "random characters": 1}
    assert found.words == 7


def test_the_name_above_an_address_is_left_out_with_it(read):
    found = read(
        "a.txt", "We live together here.\nXaver von Quandtmeier\nLindenallee 7\n10115 Berlin\nCome and see us."
    )
    assert [line.text for line in found.lines] == ["We live together here.", "Come and see us."]
    assert found.left_out == {"postal address": 3}


def test_each_line_has_its_own_language(read):
    found = read("a.txt", f"{ENGLISH}\n{GERMAN}\nBlorgel\n{FRENCH}\n{GERMAN[4:]}\n")
    assert [line.language for line in found.lines] == ["en", "de", "de", "de"]
    assert found.language == "de"
    assert found.left_out == {"line in another language": 1}


def test_a_file_in_another_language_is_a_problem(read):
    found = read("a.txt", f"{FRENCH}\nOui\n")
    assert found.lines == ()
    assert "is in another language than de or en" in found.problem


def test_only_the_languages_asked_for_are_known(tmp_path):
    (tmp_path / "a.txt").write_text(GERMAN)
    (found,) = gather([tmp_path / "a.txt"], ("en",), Options())
    assert "is in another language than en" in found.problem
    with pytest.raises(ModelError):
        gather([], ("xx",), Options())


def test_the_files_time_is_the_time_of_its_lines(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH)
    os.utime(path, (5e8, 5e8))
    (found,) = gather([path], LANGUAGES, Options())
    assert (found.lines[0].time, found.first, found.last) == (5e8, 5e8, 5e8)


def test_long_lines_that_come_again_are_read_once(tmp_path):
    (tmp_path / "a.txt").write_text(f"{ENGLISH}\nSee you\n{ENGLISH}\nSee you\n")
    (tmp_path / "b.txt").write_text(f"{ENGLISH}\n{GERMAN}\n")
    first, second = gather([tmp_path], LANGUAGES, Options())
    assert [line.text for line in first.lines] == [ENGLISH, "See you", "See you"]
    assert [line.text for line in second.lines] == [GERMAN]
    assert first.left_out == second.left_out == {"line that was there before": 1}


def test_folders_are_walked_and_links_followed_once(tmp_path):
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (inner / "a.md").write_text(ENGLISH)
    (tmp_path / "one" / "b.txt").write_text(GERMAN)
    (tmp_path / "one" / ".hidden.txt").write_text("We are hidden from you")
    (tmp_path / "one" / "picture.png").write_bytes(bytes(9))
    (inner / "loop").symlink_to(tmp_path)
    (inner / "again.txt").symlink_to(tmp_path / "one" / "b.txt")
    found = gather([tmp_path / "one", inner / "a.md"], LANGUAGES, Options())
    assert [(file.path.name, file.kind, file.problem) for file in found] == [
        ("b.txt", "plain text", ""),
        ("a.md", "Markdown", ""),
        ("one", "folder", ""),
    ]
    assert found[2].left_out == {"file of another kind": 1}


def problem(path: Path) -> str:
    found = gather([path], LANGUAGES, Options())
    assert len(found) == 1
    assert found[0].lines == ()
    text = found[0].problem
    assert str(path) in text
    assert text.endswith(".") or "iconv" in text
    assert "\n" not in text
    return text


def test_bad_inputs_are_named_in_a_sentence(tmp_path):
    assert "There is no file" in problem(tmp_path / "missing.txt")
    (tmp_path / "empty.txt").touch()
    assert "is empty" in problem(tmp_path / "empty.txt")
    (tmp_path / "binary.txt").write_bytes(b"ab\0\1\2")
    assert "NUL" in problem(tmp_path / "binary.txt")
    (tmp_path / "late.txt").write_bytes(b"we went home\n" * 1000 + b"\0")
    assert "NUL" in problem(tmp_path / "late.txt")
    (tmp_path / "latin.txt").write_bytes("Die Straße ist schmal".encode("latin-1"))
    assert "not UTF-8" in problem(tmp_path / "latin.txt")
    (tmp_path / "picture.png").write_bytes(bytes(9))
    assert "of a kind that can't be read" in problem(tmp_path / "picture.png")
    (tmp_path / "chat.zip").write_bytes(bytes(9))
    assert problem(tmp_path / "chat.zip").endswith("unpack it and choose what it holds.")
    (tmp_path / "digits.txt").write_text("123 456 789")
    assert "nothing that could be learned" in problem(tmp_path / "digits.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert "link to itself" in problem(tmp_path / "loop.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a file with text" in problem(tmp_path / "pipe.txt")


def test_what_may_not_be_read_is_named(tmp_path, monkeypatch):
    opened = Path.open, os.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if tmp_path in path.parents:
            raise PermissionError(13, "Permission denied")
        return opened[0](path, *arguments, **more)

    def refuse_too(path: str | Path, *arguments: int, **more: object) -> int:
        if tmp_path in Path(path).parents:
            raise PermissionError(13, "Permission denied")
        return opened[1](path, *arguments, **more)

    names = ("a.txt", "a.md", "a.mbox", "a.eml", "a.csv", "a.html", "a")
    for name in names:
        (tmp_path / name).write_text(ENGLISH)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse_too)
    for name in names:
        assert "may not be read" in problem(tmp_path / name) or "Permission denied" in problem(tmp_path / name)


def test_a_huge_file_is_not_read(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(1 << 40)
    assert "split it" in problem(tmp_path / "huge.txt")


def test_progress_adds_up_to_the_size_of_all_files(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.mbox").write_text("From x\nFrom: a@example.com\n\nWe went home.\n" * 9)
    (tmp_path / "c.docx").write_bytes(b"damaged")
    told: list[int] = []
    gather([tmp_path, tmp_path / "missing"], LANGUAGES, Options(("a@example.com",)), told.append)
    assert sum(told) == total_size([tmp_path]) == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_endless_lines_are_left_out(read):
    found = read("a.txt", f"{ENGLISH}\n{'we went ' * 5000}\n")
    assert [line.text for line in found.lines] == [ENGLISH]
    assert found.left_out == {"line of more than 20,000 characters": 1}


def test_the_caller_is_asked_while_a_file_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("See you\n" * 5000)
    told: list[int] = []
    gather([tmp_path / "a.txt"], LANGUAGES, Options(), told.append)
    assert len(told) > 10


def test_the_caller_can_stop(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)

    def stop(_: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        gather([tmp_path], LANGUAGES, Options(), stop)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    name=st.sampled_from(
        ["a.txt", "a.md", "a.html", "a.mbox", "a.eml", "a.csv", "a.json", "a.jsonl", "a.docx", "a.pdf", "a"]
    ),
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
)
def test_no_content_of_a_file_raises(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (found,) = gather([tmp_path / name], ("en",), Options(("anna",)))
    assert found.lines or found.problem
