"""`autocomplete evaluate`: its table, its JSON, how it stops, and what it says of bad files."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "mail.txt"
    file.write_text("way was\nwhat else\ngrün\n", encoding="utf-8")
    return file


def test_the_table_has_a_row_for_a_file(run, text) -> None:
    result = run("evaluate", text)
    head, row = result.stdout.splitlines()
    assert head.split()[:6] == ["lines", "words", "saved", "hit@1", "hit@3", "bpc"]
    # [way] [was]: first and second place. [what] else: third and never. g[grün]: after a letter.
    assert row.split()[:7] == [str(text), "3", "5", "55.0%", "20.0%", "60.0%", "2.000"]
    assert result.exit_code == 0


def test_several_files_have_a_row_together(run, text, tmp_path) -> None:
    other = tmp_path / "chat.txt"
    other.write_text("else\n")
    rows = [line.split()[:3] for line in run("evaluate", text, other).stdout.splitlines()[1:]]
    assert rows == [[str(text), "3", "5"], [str(other), "1", "1"], ["together", "4", "6"]]


def test_json_has_each_file_and_all_together(run, text) -> None:
    report = json.loads(run("evaluate", text, "--language", "de", "--json").stdout)
    (file,) = report["files"]
    assert (report["language"], report["complete"]) == ("de", True)
    assert file.pop("file") == str(text)
    assert file == report["together"]
    assert (file["characters"], file["keystrokes"]) == (20, 9)
    assert (file["ksr"], file["hit1"], file["hit3"], file["bpc"]) == (0.55, 0.2, 0.6, 2.0)
    assert file["latency"]["calls"] == 9


def test_a_limit_takes_the_first_lines_of_each_file(run, text) -> None:
    report = json.loads(run("evaluate", text, "--limit", 2, "--json").stdout)
    assert report["together"]["lines"] == 2


def test_nothing_is_drawn_where_no_one_looks(run, text) -> None:
    assert run("evaluate", text).stderr == ""


def test_ctrl_c_keeps_what_was_measured(run, text, completer, monkeypatch) -> None:
    def stop_at_grün(line: str) -> float:
        if line == "grün":
            raise KeyboardInterrupt
        return 0.0

    monkeypatch.setattr(completer, "bits", stop_at_grün)
    result = run("evaluate", text, "--json")
    report = json.loads(result.stdout)
    assert (report["complete"], report["together"]["lines"]) == (False, 2)
    assert result.stderr == "autocomplete: stopped after 2 of 3 lines.\n"
    assert result.exit_code == 130


def test_ctrl_c_before_the_first_line_prints_no_table(run, text, completer, monkeypatch) -> None:
    def stop(line: str) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr(completer, "bits", stop)
    result = run("evaluate", text)
    assert (result.stdout, result.exit_code) == ("", 130)
    assert result.stderr == "autocomplete: stopped after 0 of 3 lines.\n"


def test_a_bad_file_is_named_before_anything_is_loaded(run, text, tmp_path, loaded) -> None:
    result = run("evaluate", text, tmp_path / "nowhere.txt")
    assert result.exit_code == 66
    assert result.stderr == f"autocomplete: There is no file {tmp_path}/nowhere.txt.\n"
    assert loaded == []


def test_a_file_is_needed(run) -> None:
    result = run("evaluate")
    assert result.exit_code == 64
    assert "FILE" in result.stderr
