"""`autocomplete profile`: what it shows, carries elsewhere, forgets and deletes."""

import json
import os
import shlex
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from autocomplete.cli import options
from autocomplete.profile import encryption as sealing
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch) -> None:
    monkeypatch.setattr(sealing, "COST", 2**4)


@pytest.fixture
def folder(tmp_path):
    """A profile that knows three words."""
    with Profile.open(tmp_path / "mine") as profile:
        profile.learn([Line("heron heron Crane", "en", 1.7e9)], "/birds.txt", "Birds")
        profile.never_offer("damn")
    return tmp_path / "mine"


def test_show_tells_what_is_in_it(run, folder) -> None:
    result = run("profile", "show", "--profile", folder)
    assert result.exit_code == 0
    for part in (str(folder), "3 (en)", "documents: 1", "Birds  [/birds.txt]", "not sealed"):
        assert part in result.stdout


def test_show_in_json(run, folder) -> None:
    shown = json.loads(run("profile", "show", "--profile", folder, "--json").stdout)
    assert shown["counts"] == {"words": {"en": 3}, "documents": 1, "models": 0}
    assert shown["documents"][0]["id"] == "/birds.txt"
    assert shown["folder"] == str(folder)


def test_to_look_makes_no_profile(run, tmp_path) -> None:
    result = run("profile", "show", "--profile", tmp_path / "new")
    assert "nothing is learned yet" in result.stdout
    assert not (tmp_path / "new").exists()


def test_words_are_searched_and_sorted(run, folder) -> None:
    def words(*args: str) -> list[str]:
        rows = run("profile", "words", "--profile", folder, *args).stdout.splitlines()
        return [row.split("\t")[2] for row in rows]

    assert words() == ["heron", "Crane", "damn"]
    assert words("--sort", "name") == ["Crane", "damn", "heron"]
    assert words("--search", "CR") == ["Crane"]


def test_words_in_json(run, folder) -> None:
    first = json.loads(run("profile", "words", "--profile", folder, "--json").stdout)[0]
    assert (first["text"], first["count"], first["last_used"], first["never"]) == ("heron", 2, 1.7e9, False)


def test_forgotten_words_are_gone(run, folder) -> None:
    assert run("profile", "forget", "HERON", "crane", "--profile", folder).exit_code == 0
    result = run("profile", "forget", "heron", "--profile", folder)
    assert result.stderr == f"autocomplete: The word “heron” is not in the profile {folder}.\n"
    assert result.exit_code == 65


def test_a_document_is_forgotten(run, folder) -> None:
    assert run("profile", "forget", "--document", "/birds.txt", "--profile", folder).exit_code == 0
    assert run("profile", "forget", "--document", "/birds.txt", "--profile", folder).exit_code == 65
    assert run("profile", "forget", "--profile", folder).exit_code == 64


def test_what_is_exported_can_be_looked_at_and_imported(run, folder, tmp_path) -> None:
    file = tmp_path / "mine.zip"
    assert run("profile", "export", file, "--profile", folder).exit_code == 0
    assert run("profile", "export", file, "--profile", folder).exit_code == 65
    assert run("profile", "export", file, "--profile", folder, "--replace").exit_code == 0
    other = tmp_path / "other"
    assert "3 (en)" in run("profile", "import", file, "--preview", "--profile", other).stdout
    assert not other.exists()
    assert run("profile", "import", file, "--profile", other).exit_code == 0
    assert run("profile", "import", file, "--profile", other).exit_code == 65
    assert run("profile", "import", file, "--profile", other, "--replace").exit_code == 0
    with Profile.open(other) as profile:
        assert len(profile.lines("en")) == 1


def test_delete_asks_first(run, folder, monkeypatch) -> None:
    result = run("profile", "delete", "--profile", folder)
    assert (result.exit_code, folder.exists()) == (64, True)
    assert "give --yes" in result.stderr
    assert run("profile", "delete", "--yes", "--profile", folder).exit_code == 0
    assert not folder.exists()
    assert run("profile", "delete", "--yes", "--profile", folder).exit_code == 66


def test_a_profile_whose_passphrase_is_lost_can_be_deleted(run, folder) -> None:
    with Profile.open(folder) as profile:
        profile.set_passphrase("lost")
    assert run("profile", "delete", "--yes", "--profile", folder).exit_code == 0
    assert not folder.exists()


def test_a_passphrase_is_set_changed_and_removed(run, folder, tmp_path, monkeypatch) -> None:
    assert run("profile", "passphrase", "--profile", folder).exit_code == 77
    monkeypatch.setenv("AUTOCOMPLETE_NEW_PASSPHRASE", "one")
    assert run("profile", "passphrase", "--profile", folder).exit_code == 0
    monkeypatch.delenv("AUTOCOMPLETE_NEW_PASSPHRASE")
    refused = run("profile", "words", "--profile", folder)
    assert (refused.exit_code, refused.stdout) == (77, "")
    assert "is encrypted with a passphrase" in refused.stderr
    monkeypatch.setenv("AUTOCOMPLETE_PASSPHRASE", "one")
    assert "heron" in run("profile", "words", "--profile", folder).stdout
    (tmp_path / "new").write_text("two\n")
    change = run("profile", "passphrase", "--new-passphrase-file", tmp_path / "new", "--profile", folder)
    assert change.exit_code == 0
    assert run("profile", "words", "--profile", folder).exit_code == 77
    by_file = ("--passphrase-file", tmp_path / "new", "--profile", folder)
    assert "heron" in run("profile", "words", *by_file).stdout
    assert run("profile", "passphrase", "--remove", *by_file).exit_code == 0
    assert "heron" in run("profile", "words", "--profile", folder).stdout


def test_on_a_terminal_the_passphrase_is_asked_for(run, folder, monkeypatch) -> None:
    with Profile.open(folder) as profile:
        profile.set_passphrase("secret")
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "secret"

    monkeypatch.setattr(options, "can_ask", lambda: True)
    monkeypatch.setattr(options, "ask_passphrase", ask)
    assert "heron" in run("profile", "words", "--profile", folder).stdout
    assert asked == ["Passphrase of the profile"]


def test_delete_keeps_what_is_not_ours_and_says_so(run, folder) -> None:
    (folder / "notes.txt").write_text("mine")
    result = run("profile", "delete", "--yes", "--profile", folder)
    assert (result.exit_code, os.listdir(folder)) == (0, ["notes.txt"])
    assert result.stderr == f"Kept in {folder}, since it is not part of the profile: notes.txt.\n"


def test_delete_refuses_a_folder_that_is_no_profile(run, tmp_path) -> None:
    (tmp_path / "site" / "content-about").mkdir(parents=True)
    (tmp_path / "site" / "profile.json").write_text('{"name": "site"}')
    result = run("profile", "delete", "--yes", "--profile", tmp_path / "site")
    assert result.exit_code != 0
    assert "There is no profile in" in result.stderr
    assert (tmp_path / "site" / "profile.json").is_file()
    assert (tmp_path / "site" / "content-about").is_dir()


def test_show_names_what_else_is_in_the_folder(run, folder) -> None:
    (folder / "notes.txt").write_text("mine")
    assert "not part of the profile: notes.txt" in run("profile", "show", "--profile", folder).stdout
    assert json.loads(run("profile", "show", "--profile", folder, "--json").stdout)["others"] == ["notes.txt"]


def test_an_import_over_a_damaged_profile_says_what_it_kept(run, folder, tmp_path) -> None:
    assert run("profile", "export", tmp_path / "mine.zip", "--profile", folder).exit_code == 0
    (content,) = folder.glob("content-*")
    (folder / "profile.json").write_text("{")
    assert run("profile", "import", tmp_path / "mine.zip", "--profile", folder).exit_code != 0
    result = run("profile", "import", tmp_path / "mine.zip", "--profile", folder, "--replace")
    assert result.exit_code == 0
    assert content.name in result.stderr
    assert (content / "profile.sqlite3").is_file()
    assert "3 (en)" in run("profile", "show", "--profile", folder).stdout


def test_a_swapped_profile_is_shown_only_after_what_is_advised(run, folder, tmp_path, monkeypatch) -> None:
    with Profile.open(folder) as profile:
        profile.set_passphrase("secret")
    shutil.rmtree(folder)
    with Profile.open(tmp_path / "other") as profile:
        profile.learn([Line("swapped", "en", 1.0)], "a")
    shutil.copytree(tmp_path / "other", folder)
    refused = run("profile", "show", "--profile", folder)
    assert refused.exit_code != 0
    command = shlex.split(refused.stderr.partition("continue without: ")[2])
    assert command[0] == "autocomplete"
    assert run(*command[1:]).exit_code == 0
    assert "1 (en)" in run("profile", "show", "--profile", folder).stdout


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_passphrase_is_refused(run, folder, monkeypatch, empty) -> None:
    monkeypatch.setenv("AUTOCOMPLETE_NEW_PASSPHRASE", empty)
    result = run("profile", "passphrase", "--profile", folder)
    assert result.exit_code != 0
    assert "An empty passphrase protects nothing" in result.stderr
    assert "not sealed" in run("profile", "show", "--profile", folder).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other devices")
@pytest.mark.parametrize("place", ["/dev/zero", "/dev/full", "pipe"])
def test_a_device_is_neither_imported_nor_replaced(run, folder, tmp_path, place) -> None:
    os.mkfifo(tmp_path / "pipe")
    file = tmp_path / place
    before = os.lstat(file)
    for args in (("import", file), ("import", file, "--preview"), ("export", file, "--replace")):
        result = run("profile", *args, "--profile", folder)
        assert result.exit_code != 0
        assert len(result.stderr.splitlines()) == 1
    assert os.lstat(file).st_ino == before.st_ino


@pytest.mark.parametrize("absurd", ["1e300", "9e999", "-9e999", "'now'"])
def test_absurd_dates_in_a_profile_can_be_shown(run, folder, absurd) -> None:
    with closing(sqlite3.connect(next(folder.rglob("*.sqlite3")), isolation_level=None)) as database:
        database.execute(f"UPDATE lines SET time = {absurd}")
    manifest = folder / "profile.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"created": float("inf")}))
    assert "unknown" in run("profile", "show", "--profile", folder).stdout
    shown = run("profile", "show", "--profile", folder, "--json").stdout
    assert json.loads(shown, parse_constant=pytest.fail)["first"] == 0
    assert "heron" in run("profile", "words", "--profile", folder).stdout
