"""`autocomplete finetune`, whole: from files to a profile that suggests what its user writes."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

from autocomplete import Profile
from autocomplete.cli.app import app
from autocomplete.cli.tuning_bar import TuningBar
from autocomplete.finetuning import options as tuning_options
from autocomplete.finetuning import tuner
from autocomplete.finetuning.events import Evaluated
from autocomplete.finetuning.options import TuningOptions
from tests.finetuning.conftest import *  # noqa: F403 - the tiny language with a sample, and its lines
from tests.finetuning.conftest import BRIEF, ENDLESS

# The command line, which says when it begins to wait for the tuning.
WAITING = """
from autocomplete.cli import main
from autocomplete.finetuning.tuner import Tuner

def wait(self, timeout):
    Tuner.wait = patient
    print("waiting", flush=True)
    return patient(self, timeout)

patient, Tuner.wait = Tuner.wait, wait
main()
"""


class Taught(NamedTuple):
    """What both runs said, and what was in the profile after each."""

    first: Result
    again: Result
    lines: list
    active: list[dict[str, bool]]


@pytest.fixture
def text(tmp_path: Path, make_lines) -> Path:
    path = tmp_path / "diary.txt"
    path.write_text("".join(line.text + "\n" for line in make_lines()))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def options(monkeypatch):
    """Sets what the tuning is told by default: at first, to be brief."""

    def be(chosen: TuningOptions) -> None:
        monkeypatch.setattr(tuning_options, "TuningOptions", lambda **asked: replace(chosen, **asked))

    be(BRIEF)
    return be


@pytest.fixture
def run(sampled: Path, folder: Path, options):
    def run(*arguments: object) -> Result:
        asked = ["finetune", *arguments, "--language", sampled, "--profile", folder]
        return CliRunner().invoke(app, [str(argument) for argument in asked])

    return run


@pytest.fixture(scope="module")
def taught(sampled: Path, make_lines, tmp_path_factory) -> Taught:
    """Two files of which one is missing, learned and tuned to twice: with --json, then without."""
    place = tmp_path_factory.mktemp("taught")
    text = place / "diary.txt"
    text.write_text("".join(line.text + "\n" for line in make_lines()))
    asked = [
        "finetune",
        text,
        place / "missing.txt",
        "--minutes",
        "20",
        "--language",
        sampled,
        "--profile",
        place / "p",
    ]
    results, lines, active = [], [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning_options, "TuningOptions", lambda **told: replace(BRIEF, **told))
        for more in (["--json"], []):
            results.append(CliRunner().invoke(app, [str(argument) for argument in asked + more]))
            with Profile.open(place / "p") as profile:
                lines.append(profile.lines("en"))
                active.append({model.report["reason"]: model.active for model in profile.models("en")})
    return Taught(*results, lines, active)


def test_it_learns_at_once_and_tunes_and_says_what_that_saves(taught):
    assert taught.again.exit_code == 0, taught.again.output
    learned, saved, judged = taught.again.stdout.splitlines()
    assert "words from 1 files were learned" in learned
    assert saved.startswith("keystrokes saved on your newest 20")
    assert " before, " in saved
    assert judged.startswith("It ")
    assert all(active == reason.startswith("It helps") for reason, active in taught.active[0].items())
    assert len(taught.active[0]) == 1
    assert len(taught.lines[0]) > 150


def test_json_holds_the_whole_report(taught):
    assert taught.first.exit_code == 0, taught.first.output
    report = json.loads(taught.first.stdout)
    assert report["learned"] == report["words"] + report["words_aside"]
    assert {"before", "after", "curve", "examples", "helped", "reason"} <= set(report)


def test_the_same_command_again_teaches_nothing_twice(taught):
    assert "0 words from 1 files" in taught.again.stdout
    assert taught.lines[0] == taught.lines[1]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_learned(taught):
    (said,) = taught.first.stderr.splitlines()
    assert "missing.txt" in said


def test_without_any_text_it_says_so(run, tmp_path):
    result = run(tmp_path / "missing.txt")
    assert result.exit_code == 66
    assert result.stderr == f"autocomplete: There is no file {tmp_path / 'missing.txt'}.\n"


def test_what_is_missing_to_tell_whose_words_they_are_is_named_as_an_option(run, tmp_path):
    (tmp_path / "chat.txt").write_text("12.03.24, 21:15 - Anna: We go home\n12.03.24, 21:16 - Ben: It is late\n")
    (tmp_path / "table.csv").write_text("id,text\n1,We went home\n")
    said = run(tmp_path).stderr
    assert said.count("\n") == 1
    assert "it is likely one of: Anna, Ben." in said
    assert said.endswith("Give it with --me NAME and --column NAME.\n")


def test_too_little_text_is_learned_and_said_to_be_too_little(run, tmp_path, folder):
    note = tmp_path / "note.txt"
    note.write_text("They would like to read the whole book.\n")
    result = run(note)
    assert result.exit_code == 65
    assert "192 more words of yours are needed" in result.stderr
    with Profile.open(folder) as profile:
        assert len(profile.lines("en")) == 1


def test_without_torch_it_says_what_to_install(run, text, monkeypatch):
    monkeypatch.setattr(tuner, "find_spec", lambda name: None)
    result = run(text)
    assert result.exit_code == 69
    assert 'pip install "autocomplete-desktop[train]"' in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_it_and_leaves_a_profile_that_is_whole(sampled, text, folder):
    arguments = ["finetune", text, "--language", sampled, "--profile", folder]
    command = [sys.executable, "-c", WAITING, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "were learned" in process.stdout.readline()
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert "Traceback" not in err
    assert process.returncode == 130, (out, err)
    assert err == "autocomplete: Stopped; nothing was changed.\n"
    with Profile.open(folder) as profile:
        assert profile.models("en") == []
        assert len(profile.lines("en")) > 150


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_keeps_the_best_so_far_if_it_helps(run, text, folder, options, monkeypatch):
    pressed = []

    def interrupt(_bar, event):
        if isinstance(event, Evaluated) and not pressed:
            pressed.append(event)
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(TuningBar, "hear", interrupt)
    options(ENDLESS)
    result = run(text)
    assert pressed
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with Profile.open(folder) as profile:
        models = profile.models("en")
    kept = [model.active for model in models] == [True]
    assert result.exit_code == (0 if kept else 130), result.output
    assert ("the best model until then was kept" in result.stdout) == kept


def test_text_in_another_language_is_said_to_be_so(run, tmp_path, german, folder):
    text = tmp_path / "brief.txt"
    text.write_text("Wir haben gestern lange über das Wetter und die Wolken am Himmel gesprochen.\n" * 3)
    result = CliRunner().invoke(app, ["finetune", str(text), "--language", "en", "--profile", str(folder)])
    assert result.exit_code == 65
    assert result.stderr == (
        "autocomplete: What was found is not in the language 'en' but in de; give it as --language.\n"
    )


def test_minutes_have_to_be_a_number(run, text):
    result = run(text, "--minutes", "nan")
    assert result.exit_code == 64
    assert "'--minutes': nan is not a usable number" in result.stderr
