"""`--profile`: what a user taught counts in what the command line suggests and measures."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autocomplete import Profile
from autocomplete.cli.app import app
from autocomplete.profile import encryption as sealing
from autocomplete.text.line import Line


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    """The folder of a profile that knows a name."""
    with Profile.open(tmp_path / "profile") as profile:
        profile.learn([Line("we met Quendolin", "en", 1.0)] * 2, "a letter")
    return tmp_path / "profile"


def _run(*args: object, env: dict[str, str] | None = None):
    return CliRunner().invoke(app, [str(arg) for arg in args], env=env)


def test_suggest_knows_the_words_of_a_profile(english, taught):
    assert "Quendolin" in _run("suggest", "-l", english, "--profile", taught, "we met Quen").stdout
    assert "Quendolin" not in _run("suggest", "-l", english, "we met Quen").stdout


def test_evaluate_measures_with_it(english, taught, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("then we met Quendolin\n")

    def saved(*more: object) -> float:
        result = _run("evaluate", text, "-l", english, "--json", *more)
        return json.loads(result.stdout)["together"]["ksr"]

    assert saved("--profile", taught) > saved()


def test_explain_takes_it(english, taught):
    result = _run("explain", "-l", english, "--profile", taught, "--json", "we met ")
    assert any(word["text"] == "Quendolin" for word in json.loads(result.stdout)["candidates"])


def test_a_missing_profile_is_one_sentence(english, tmp_path):
    result = _run("suggest", "-l", english, "--profile", tmp_path / "nowhere", "we")
    assert result.exit_code == 66
    assert result.stderr.startswith("autocomplete: There is no profile in ")


def test_a_sealed_one_is_opened_with_its_passphrase(english, taught, tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "COST", 2**4)
    with Profile.open(taught) as profile:
        profile.set_passphrase("open sesame")
    asked = ("suggest", "-l", english, "--profile", taught)
    assert "Quendolin" in _run(*asked, "Quen", env={"AUTOCOMPLETE_PASSPHRASE": "open sesame"}).stdout
    (tmp_path / "secret").write_text("open sesame\n")
    assert "Quendolin" in _run(*asked, "--passphrase-file", tmp_path / "secret", "Quen").stdout
    wrong = _run(*asked, "Quen", env={"AUTOCOMPLETE_PASSPHRASE": "guess"})
    assert wrong.exit_code == 77
    assert "passphrase" in wrong.stderr
