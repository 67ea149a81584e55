"""`autocomplete profile`: what it shows, carries elsewhere, forgets and deletes."""

import json

import pytest

from autocomplete.cli import options
from autocomplete.personal import sealing
from autocomplete.personal.line import Line
from autocomplete.personal.profile import Profile


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
    assert "say --yes" in result.stderr
    assert run("profile", "delete", "--yes", "--profile", folder).exit_code == 0
    assert not folder.exists()
    assert run("profile", "delete", "--yes", "--profile", folder).exit_code == 65


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
    assert "is sealed with a passphrase" in refused.stderr
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
