"""What importers found, learned by one rule for the command line and the app."""

from pathlib import Path
from unicodedata import normalize

import pytest

from autocomplete.importers import Found
from autocomplete.profile.importing import learn_found
from autocomplete.text.line import Line


def file(path: str, *texts: str, time: float = 1e9, language: str = "en") -> Found:
    lines = tuple(Line(text, language, time) for text in texts)
    return Found(Path(path), "plain text", lines, 0, language, time, time, {})


def test_a_file_read_again_teaches_what_is_new_in_it(profile) -> None:
    assert learn_found(profile, [file("/letters/a.txt", "one two")]) == 2
    assert learn_found(profile, [file("/letters/a.txt", "one two", "three", time=2e9)]) == 1
    assert [line.text for line in profile.lines("en")] == ["one two", "three"]


def test_a_copy_under_another_path_teaches_nothing(profile) -> None:
    assert learn_found(profile, [file("/letters/a.txt", "one two")]) == 2
    assert learn_found(profile, [file("/backup/a.txt", "one two")]) == 0


def test_the_same_words_in_another_form_of_unicode_are_the_same(profile) -> None:
    learn_found(profile, [file("/letters/a.txt", "schöne Grüße", language="de")])
    assert learn_found(profile, [file("/letters/a.txt", normalize("NFD", "schöne Grüße"), language="de")]) == 0
    assert [line.text for line in profile.lines("de")] == ["schöne Grüße"]


def test_what_is_said_twice_in_one_file_counts_twice(profile) -> None:
    assert learn_found(profile, [file("/letters/chat.txt", "thank you", "thank you")]) == 4


def test_a_line_whose_secret_is_left_out_is_known_the_next_time(profile) -> None:
    found = [file("/letters/a.txt", "Password:", "kestrel-heron-42", "write to ada@example.com tomorrow")]
    assert learn_found(profile, found) > 0
    assert learn_found(profile, found) == 0


def test_a_file_named_from_the_folder_one_is_in_is_kept_by_its_whole_path(
    profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    learn_found(profile, [file("a.txt", "one two")])
    assert [document.id for document in profile.documents()] == [str(tmp_path.resolve() / "a.txt")]
