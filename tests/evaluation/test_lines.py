"""Which lines are measured: those that a person could type."""

import time
from pathlib import Path

import pytest

from autocomplete.errors import TextError
from autocomplete.evaluation import lines
from autocomplete.evaluation.lines import LONGEST_LINE, LONGEST_WORD, typed_lines


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "text.txt"


def test_lines_come_without_their_ends_up_to_the_limit(file: Path) -> None:
    file.write_text("one\n\ntwo\nthree\n")
    assert typed_lines(file) == ["one", "two", "three"]
    assert typed_lines(file, 2) == ["one", "two"]


def test_a_word_of_ten_megabytes_is_refused_at_once(file: Path) -> None:
    file.write_text("fine\n" + "a" * 10_000_000)
    begin = time.monotonic()
    with pytest.raises(TextError, match=r"begins “a{20}” and has 10,000,000 characters; divide it"):
        typed_lines(file)
    assert time.monotonic() - begin < 10


def test_data_without_spaces_is_refused_and_long_words_are_not(file: Path) -> None:
    file.write_text(f"see {'a-' * (LONGEST_WORD // 2)}\n")
    assert len(typed_lines(file)) == 1
    file.write_text(f"see {'a-' * (LONGEST_WORD // 2)}b\n")
    with pytest.raises(TextError, match=r"begins “see a-.*has a word of more than 10,000 characters; take it out"):
        typed_lines(file)


def test_many_long_words_are_looked_through_in_linear_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 10_000_000)
    file.write_text(f"{'a' * LONGEST_WORD} " * 900)
    begin = time.monotonic()
    assert len(typed_lines(file)) == 1
    assert time.monotonic() - begin < 10


def test_a_line_of_spaces_alone_is_one(file: Path) -> None:
    file.write_text(" " * (LONGEST_LINE // 2))
    assert len(typed_lines(file)) == 1
