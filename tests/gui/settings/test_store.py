"""What the app remembers."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gui.settings import CONTINUATIONS, FONT, LANGUAGE, RECENT, ZOOM, Settings


def test_settings_come_back(settings: Settings) -> None:
    settings.set(LANGUAGE, "both")
    settings.set(ZOOM, 125)
    settings.set(CONTINUATIONS, False)
    settings.set(RECENT, ["/tmp/ä.txt", "b, c.txt"])
    settings.sync()
    again = Settings()
    assert again.get(LANGUAGE) == "both"
    assert again.get(ZOOM) == 125
    assert again.get(CONTINUATIONS) is False
    assert again.get(RECENT) == ["/tmp/ä.txt", "b, c.txt"]


def test_what_was_never_set_is_the_default(settings: Settings) -> None:
    assert settings.get(LANGUAGE) == "en"
    assert settings.get(FONT) == ""


@pytest.mark.parametrize("value", ["klingon", "", '"klingon"', "3", "[1]", "{", "null", "true", "[" * 20_000])
def test_a_damaged_value_is_the_default(settings: Settings, value: str) -> None:
    (settings.folder / "settings.ini").write_text(
        f"[writing]\nlanguage={value}\n[look]\nzoom=x{value}\n[files]\nrecent={value}\n"
    )
    again = Settings()
    assert again.get(LANGUAGE) == "en"
    assert again.get(ZOOM) == 100
    assert again.get(RECENT) == []


def test_nobody_else_reads_them(settings: Settings) -> None:
    settings.set(RECENT, ["/home/me/diary.txt"])
    assert stat.S_IMODE(settings.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in settings.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("held_by", ["a folder", "another machine"])
def test_a_lock_that_nobody_lets_go_is_said_and_the_settings_hold(settings: Settings, held_by: str) -> None:
    settings.set(ZOOM, 125)
    lock = settings.folder / "settings.ini.lock"
    if held_by == "a folder":
        lock.mkdir()
    else:
        lock.write_text("1\nanother app\nanother machine\n")
    said: list[str] = []
    settings.failed.connect(said.append)
    settings.set(LANGUAGE, "de")
    settings.set(CONTINUATIONS, False)
    settings.sync()
    assert said == [settings.problem]
    assert f"{lock} is in the way" in settings.problem
    assert (settings.get(LANGUAGE), settings.get(CONTINUATIONS), settings.get(ZOOM)) == ("de", False, 125)
    assert lock.exists()


def pipe(path: Path) -> None:
    if os.name != "posix":
        pytest.skip("no such files on this system")
    os.mkfifo(path)


def device(path: Path) -> None:
    if os.name != "posix":
        pytest.skip("no such files on this system")
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


ODD: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": pipe,
    "a device": device,
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "huge": huge,
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 9),
    "another kind of text": lambda path: path.write_text('{"language": "de"}'),
    "a letter": lambda path: path.write_text("Dear Anna,\nthank you for your letter.\n"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_settings_file_is_said_and_left_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "settings.ini"
    ODD[kind](path)
    before = path.lstat()
    settings = Settings(tmp_path)
    assert str(path) in settings.problem
    assert settings.get(LANGUAGE) == "en"
    settings.set(LANGUAGE, "de")
    settings.sync()
    assert settings.get(LANGUAGE) == "de"
    after = path.lstat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    assert os.listdir(tmp_path) == ["settings.ini"]


def test_of_a_file_that_is_partly_damaged_the_rest_is_used(tmp_path: Path) -> None:
    content = "[writing]\nlanguage=\"\\\"de\\\"\"\nwhat is this\n"
    (tmp_path / "settings.ini").write_text(content)
    settings = Settings(tmp_path)
    assert settings.problem
    assert settings.get(LANGUAGE) == "de"
    settings.set(LANGUAGE, "both")
    del settings
    assert (tmp_path / "settings.ini").read_text() == content


def test_a_file_in_the_place_of_the_folder_is_said_and_settings_hold_meanwhile(tmp_path: Path) -> None:
    place = tmp_path / "config"
    place.write_text("a file")
    settings = Settings(place)
    assert settings.problem.startswith(f"Settings can't be saved in {place}: there is a file where a folder")
    settings.set(ZOOM, 150)
    assert settings.get(ZOOM) == 150
    assert place.read_text() == "a file"


def test_what_cannot_be_saved_any_more_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "config"
    settings = Settings(folder)
    settings.failed.connect(said.append)
    settings.set(ZOOM, 110)
    assert said == []
    (folder / "settings.ini").unlink()
    folder.rmdir()
    folder.write_text("a file")
    for zoom in (125, 150):
        settings.set(ZOOM, zoom)
    assert len(said) == 1
    assert said[0].startswith(f"Settings can't be saved in {folder}: ")
    assert settings.get(ZOOM) == 150


def test_without_a_home_there_is_no_place_for_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: "~/.config/app")
    monkeypatch.chdir(tmp_path)
    assert Settings().problem
    assert os.listdir(tmp_path) == []
