"""`autocomplete explain`: its tables on wide and narrow terminals, its JSON, and what it says when there is nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autocomplete.cli.app import app
from autocomplete.cli.explain import bar

Run = Callable[..., Result]


@pytest.fixture
def explain(english: Path) -> Run:
    """Runs `autocomplete explain` with the tiny English model on a terminal so many columns wide."""

    def explain(*args: object, columns: int = 100, language: object = english) -> Result:
        command = ["explain", *map(str, args), "--language", str(language)]
        return CliRunner().invoke(app, command, env={"COLUMNS": str(columns), "TERM": "dumb"})

    return explain


def lines_of(result: Result, first: str) -> list[str]:
    """The table that begins with `first`, line by line, without its head."""
    table = result.stdout[result.stdout.index(f"\n{first} ") + 1 :].split("\n\n")[0]
    return table.splitlines()[2:]


def test_each_piece_has_its_gates_and_what_is_left(explain: Run) -> None:
    result = explain("They would like to ")
    assert result.exit_code == 0
    head = next(line for line in result.stdout.splitlines() if line.startswith("read"))
    assert head.split()[:5] == ["read", "forget", "input", "output", "left"]
    lines = lines_of(result, "read")
    assert len(lines) >= 4
    assert lines[-1].startswith("to ")
    for line in lines:
        gates = re.findall(r"\d\.\d\d", line)
        assert len(gates) == 3
        assert all(0 <= float(gate) <= 1 for gate in gates)
    assert "100%" in lines[-1]


def test_the_most_open_units_are_named(explain: Run) -> None:
    lines = lines_of(explain("They would like to "), "most open")
    assert lines[-1].startswith("to ")
    assert len(re.findall(r"\b\d+\b", lines[-1])) == 9


def test_the_candidates_have_their_probabilities(explain: Run) -> None:
    result = explain("They would ")
    lines = lines_of(result, "what comes next")
    assert len(lines) == 3
    assert all(len(re.findall(r"\d+\.\d%", line)) == 2 for line in lines)
    assert f"→ {lines[0].split()[0]}" in result.stdout


def test_more_candidates_can_be_asked_for(explain: Run) -> None:
    assert len(lines_of(explain("They would ", "-k", 5, columns=160), "what comes next")) == 5


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(explain: Run, columns: int) -> None:
    result = explain("They would like to read the whole ", columns=columns)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= columns


def test_a_narrow_terminal_keeps_gates_and_memory(explain: Run) -> None:
    lines = lines_of(explain("They would ", columns=44), "read")
    assert all(len(re.findall(r"\d\.\d\d", line)) == 3 for line in lines)
    assert "100%" in lines[-1]


def test_without_a_terminal_nothing_is_coloured(explain: Run) -> None:
    assert "\x1b" not in explain("They would ").stdout


def test_the_word_being_typed_is_named(explain: Run) -> None:
    assert "not read yet: li" in explain("They would li").stdout


def test_where_no_word_is_expected_that_is_said(explain: Run) -> None:
    assert "no word is likely here" in explain("They would 3").stdout


def test_what_cannot_be_seen_does_not_reach_the_terminal(explain: Run) -> None:
    result = explain("They \x07\x1b[31m [bold]would[/] ")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "U+0007" in result.stdout


def test_json_holds_everything(explain: Run) -> None:
    told = json.loads(explain("--json", "They would ", "-k", 2).stdout)
    assert told["text"] == "They would "
    assert [part["text"] for part in told["parts"]] == ["They", "would"]
    assert len(told["candidates"]) == 2
    assert set(told["parts"][0]) == {"text", "is_word", "pieces", "kept", "gains", "shares"}


def test_of_two_languages_the_believed_one_is_named(explain: Run, english: Path, german: Path, monkeypatch) -> None:
    import autocomplete

    load = autocomplete.load
    folders = {"en": english, "de": german}
    monkeypatch.setattr(autocomplete, "load", lambda *names, profile=None: load(*(folders[name] for name in names)))
    result = explain("Die Wolken sind am ", language="en,de")
    assert re.match(r"Model “de”, believed \d+%\n", result.stdout)


@pytest.mark.parametrize("text", ["", " ", "They"])
def test_without_a_complete_word_that_is_said(explain: Run, text: str) -> None:
    result = explain(text)
    assert result.exit_code == 65
    assert result.stdout == ""
    assert result.stderr == (
        "autocomplete: No word is complete yet, so there is nothing to explain; "
        "end the text with a word and a space.\n"
    )


def test_a_text_in_another_encoding_is_refused(explain: Run) -> None:
    result = explain("gr\udcfcn ")
    assert result.exit_code == 65
    assert result.stderr == "autocomplete: The text is not UTF-8; convert it with iconv.\n"


def test_an_unknown_language_is_one_sentence(explain: Run) -> None:
    result = explain("They would ", language="xx")
    assert result.exit_code == 66
    assert result.stderr.count("\n") == 1
    assert "'xx'" in result.stderr


@pytest.mark.parametrize(
    ("value", "width", "drawn"), [(0, 4, "    "), (1, 4, "████"), (0.5, 4, "██  "), (0.625, 2, "█▎"), (0.5, 0, "")]
)
def test_a_bar_is_as_long_as_its_value(value: float, width: int, drawn: str) -> None:
    assert bar(value, width) == drawn
