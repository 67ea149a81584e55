"""Every command, from start to end as its user runs it: no socket, and no file but in our folders and those named."""

import sys
from pathlib import Path

import pytest
from typer.main import get_command

from autocomplete import Profile
from autocomplete.cli.app import app
from autocomplete.text.line import Line
from tests.finetuning.conftest import *  # noqa: F403 - the tiny language with a sample, and its lines
from tests.offline.conftest import needs_strace
from tests.tiny_model import SENTENCES
from tests.traced import ProfileFolder, Trace

pytestmark = needs_strace

COMMAND = "from autocomplete.cli import main; main()"
PYTHON = Path(sys.executable).name
WATCHED = {"suggest", "evaluate", "explain", "finetune", "train", "profile"}
WATCHED_OF_PROFILE = {"show", "words", "export", "import", "forget", "delete", "passphrase"}
TINY = ["--pieces=360", "--embedding=8", "--hidden=12", "--batch=4", "--chunk=8", "--segment=16", "--samples=0"]


@pytest.fixture
def run(home: ProfileFolder):
    def run(*arguments: object, **environment: str) -> Trace:
        return home.python("-c", COMMAND, *arguments, **environment)

    return run


@pytest.fixture
def text(home: ProfileFolder, make_lines) -> Path:
    text = home.files / "diary.txt"
    text.write_text("".join(line.text + "\n" for line in make_lines(60)))
    return text


@pytest.fixture
def taught(home: ProfileFolder) -> None:
    """The home's profile holds a document."""
    with Profile.open(home.ours[1] / "profile") as profile:
        profile.learn([Line("Quentin polishes my kayak.", "en", 1.8e9)], "diary", "diary.txt")


@pytest.mark.parametrize("command", ["suggest", "explain"])
def test_a_text_is_only_read(run, english: Path, command: str) -> None:
    assert run(command, "--language", english, "They would like to r") == Trace(programs={PYTHON})


def test_a_file_is_only_evaluated(run, english: Path, home: ProfileFolder) -> None:
    file = home.files / "text.txt"
    file.write_text("They would like to read the whole book.\n")
    assert run("evaluate", file, "--language", english) == Trace(programs={PYTHON})


@pytest.mark.usefixtures("taught")
def test_a_text_is_completed_with_what_a_profile_holds(run, english: Path, home: ProfileFolder) -> None:
    _, learned = home.ours
    trace = run("suggest", "Quentin p", "--language", english, "--profile", learned / "profile")
    assert trace.sockets == set()
    assert trace.changed_outside(learned) == set()


def test_writing_is_learned_and_tuned_to_in_two_processes(run, sampled: Path, text: Path, home: ProfileFolder) -> None:
    trace = run("finetune", text, "--language", sampled, "--minutes", "0.1")
    assert trace.sockets == set()
    assert trace.changed_outside(*home.ours) == set()
    assert trace.programs == {PYTHON}


def test_a_model_is_trained(run, home: ProfileFolder) -> None:
    out = home.files / "model"
    trace = run("train", "--language=en", *TINY, "--steps=3", "--out", out, "--corpus", SENTENCES / "en.txt")
    assert trace.sockets == set()
    assert trace.changed_outside(home.files) == set()
    assert set(home.files.iterdir()) == {out, out.with_name("model.work")}
    assert trace.programs == {PYTHON}


@pytest.mark.usefixtures("taught")
def test_a_profile_is_shown(run, home: ProfileFolder) -> None:
    for command in (["show"], ["words"]):
        trace = run("profile", *command)
        assert trace.sockets == set()
        assert trace.changed_outside(*home.ours) == set()
        assert trace.programs == {PYTHON}


@pytest.mark.usefixtures("taught")
def test_a_profile_is_exported_forgotten_deleted_and_brought_back(run, home: ProfileFolder) -> None:
    archive = home.files / "mine.zip"
    for command in (
        ["export", archive],
        ["forget", "kayak"],
        ["forget", "--document", "diary"],
        ["delete", "--yes"],
        ["import", archive],
    ):
        trace = run("profile", *command)
        assert trace.sockets == set()
        assert trace.changed_outside(home.files, *home.ours) == set()
        assert trace.programs == {PYTHON}
    assert list(home.files.iterdir()) == [archive]  # what stood beside it until it was whole is gone


@pytest.mark.usefixtures("taught")
def test_a_profile_is_sealed(run, home: ProfileFolder) -> None:
    trace = run("profile", "passphrase", AUTOCOMPLETE_NEW_PASSPHRASE="open the garden gate")
    assert trace.sockets == set()
    assert trace.changed_outside(*home.ours) == set()
    assert trace.programs == {PYTHON}


def test_no_command_is_left_unwatched() -> None:
    commands = get_command(app).commands
    assert set(commands) == WATCHED
    assert set(commands["profile"].commands) == WATCHED_OF_PROFILE
