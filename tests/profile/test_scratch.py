"""Work in progress: whole files, shared with another process by the folder and the key."""

import pytest

from autocomplete.errors import ProfileError
from autocomplete.profile.scratch import Scratch


@pytest.mark.parametrize("key", [None, b"k" * 32])
def test_another_process_reads_what_was_written(tmp_path, key) -> None:
    scratch = Scratch(tmp_path / "tuning" / "en", key)
    assert (scratch.read("state"), scratch.names()) == (None, [])
    scratch.write("state", b"first")
    scratch.write("state", b"second")
    scratch.write("log.txt", b"")
    other = Scratch(scratch.folder, scratch.key)
    assert (other.names(), other.read("state"), other.read("log.txt")) == (["log.txt", "state"], b"second", b"")
    other.clear()
    assert scratch.names() == []


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch) -> None:
    scratch = Scratch(tmp_path / "tuning" / "en", None)
    scratch.write("state", b"first")

    def no_room(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(ProfileError, match="No space is left"):
        scratch.write("state", b"second")
    assert (scratch.read("state"), [path.name for path in scratch.folder.iterdir()]) == (b"first", ["state"])


@pytest.mark.parametrize("name", ["", "../out", "a/b", ".hidden"])
def test_a_name_stays_in_the_folder(tmp_path, name) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        Scratch(tmp_path / "en", None).write(name, b"x")


def test_a_damaged_file_is_named(tmp_path) -> None:
    scratch = Scratch(tmp_path / "tuning" / "en", b"k" * 32)
    scratch.write("state", b"first")
    (scratch.folder / "state").write_bytes(b"damaged")
    with pytest.raises(ProfileError, match="state is damaged"):
        scratch.read("state")


def test_a_language_may_have_any_name(profile) -> None:
    for language in ("en", "../../etc", "..", "C:\\models\\x", "/home/me/model"):
        profile.scratch(language).write("state", language.encode())
        assert profile.folder in profile.scratch(language).folder.resolve().parents
        assert profile.scratch(language).folder.parent.name == "tuning"
        assert profile.scratch(language).read("state") == language.encode()
