"""`python -m benchmarks.speed`: figures and tables of the parts asked for, and its refusals."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=100,
    )


@pytest.fixture
def lines(tmp_path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("I am on my way\n\nso we go home\n", encoding="utf-8")
    return path


def test_one_command_measures_keys_memory_and_starts(english, german, lines) -> None:
    done = run(
        f"{english}={lines}", f"{german}={lines}", "--json", "--keys", 20, "--length-keys", 2, "--starts", 1,
        "--parts", "keys", "start", "memory",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    columns = [str(english), str(german), "both"]
    assert list(figures["keys"]) == columns
    assert list(figures["start"]) == ["Python alone", *columns]
    held = figures["memory"]["both"]
    assert 0 < held["Python alone"]["rss"] < held["loaded"]["rss"] <= held["used"]["rss"]


def test_a_document_with_other_tables_is_refused_before_anything_is_measured(english, lines, tmp_path) -> None:
    pytest.importorskip("matplotlib")
    document = tmp_path / "speed.md"
    document.write_text("no markers\n", encoding="utf-8")
    done = run(f"{english}={lines}", "--parts", "keys", "--write", document)
    assert done.returncode == 1
    assert "cannot take the tables" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_language_that_is_not_there_is_one_sentence(lines) -> None:
    done = run(f"xx={lines}", "--parts", "keys")
    assert done.returncode == 1
    assert done.stderr.startswith("speed: There is no language")
