"""The command as a whole: help, version, errors, and how it ends when it is cut off."""

import subprocess
import sys

import pytest

import autocomplete
from autocomplete.errors import ModelError

# A stand-in model for a process of its own, without the second that a real one takes.
KNOWN = """
import autocomplete

class Stream:
    def update(self, text): pass
    def suggest(self, k): return []

class Completer:
    def stream(self): return Stream()

autocomplete.load = lambda *languages, profile: Completer()
from autocomplete.cli import main
main()
"""


def test_alone_it_shows_its_help(run) -> None:
    result = run()
    assert "suggest" in result.output
    assert "evaluate" in result.output


def test_the_version_is_the_installed_one(run) -> None:
    name, version = run("--version").stdout.split()
    assert name == "autocomplete"
    assert version[0].isdigit()


def test_an_unknown_command_is_wrong_usage(run) -> None:
    result = run("sugest")
    assert result.exit_code == 64
    assert "suggest" in result.stderr


def test_an_error_is_one_sentence(run, monkeypatch) -> None:
    def no_model(*languages: str, profile: object) -> None:
        raise ModelError("There is no model for “xx”; there are de and en.")

    monkeypatch.setattr(autocomplete, "load", no_model, raising=False)
    result = run("suggest", "w", "--language", "xx")
    assert result.stderr == "autocomplete: There is no model for “xx”; there are de and en.\n"
    assert (result.stdout, result.exit_code) == ("", 65)


def test_ctrl_c_while_loading_ends_quietly(run, monkeypatch) -> None:
    def interrupted(*languages: str, profile: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(autocomplete, "load", interrupted, raising=False)
    result = run("suggest", "w")
    assert (result.output, result.exit_code) == ("", 130)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-c", KNOWN, "suggest"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"a\n" * 10)
        process.stdin.close()
        assert process.stderr.read() == b""


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = "import sys, autocomplete.cli; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "onnxruntime", "numpy", "rich", "PySide6"} & set(modules)
