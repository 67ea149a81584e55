"""What the app remembers between two starts: one registry of settings, kept in an INI file.

A value that is missing, of another type or not among the choices reads as its default, so a damaged
or hand-edited file never stops the app.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import platformdirs
from PySide6.QtCore import QSettings

Value = bool | int | str | list[str]
T = TypeVar("T", bool, int, str, list[str])


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that may be chosen: name in the file, default (which fixes its type), meaning."""

    key: str
    default: T
    text: str
    choices: tuple[T, ...] = ()


LANGUAGE = Setting("writing/language", "en", "Language written", ("en", "de", "both"))
STRIP = Setting("writing/strip", True, "Show suggestions")
GHOST = Setting("writing/ghost", True, "Show a continuation in the text")
AUTO_SPACE = Setting("writing/auto_space", True, "Space behind a suggestion")
DOUBLE_SPACE = Setting("writing/double_space_period", False, "Two spaces make a full stop")
LEARN = Setting("personal/learn", True, "Learn from what I type")
OFFENSIVE = Setting("writing/offensive", False, "Offer offensive words")
THEME = Setting("look/theme", "system", "Colours", ("system", "light", "dark"))
MEMORY = Setting("look/memory", False, "Memory: what the model made of the text")
FONT = Setting("look/font", "", "Font of the text; empty: the app's own choice")
ZOOM = Setting("look/zoom", 100, "Size of the text in percent")
GEOMETRY = Setting("window/geometry", "", "Place and size of the window")
RECENT = Setting[list[str]]("files/recent", [], "Files opened last, newest first")
FOLDER = Setting("files/folder", "", "Folder of the last open or save")


def config_folder() -> Path:
    """The folder that holds the settings file and the recovery snapshots."""
    return Path(platformdirs.user_config_dir("autocomplete-desktop", appauthor=False))


def keep_qt_in(folder: Path) -> None:
    """Has Qt keep what it remembers by itself in `folder`, too, instead of in a file that all Qt programs share: the
    folders that its file dialog has shown. (On Windows and macOS the system's own dialog remembers them.)"""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))


def _like(value: object, default: Value) -> bool:
    """Whether `value` has the type of `default`; of lists, all that they hold has to be text."""
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return False
    return type(value) is type(default)


class Settings:
    """Reads and writes the registry's values; `folder` is where the INI file lives."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or config_folder()
        self._file = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        raw = self._file.value(setting.key)
        if not isinstance(raw, str):
            return setting.default
        try:
            value = json.loads(raw)
        except ValueError:
            return setting.default
        if not _like(value, setting.default):
            return setting.default
        if setting.choices and value not in setting.choices:
            return setting.default
        known: T = value
        return known

    def set(self, setting: Setting[T], value: T) -> None:
        self._file.setValue(setting.key, json.dumps(value))

    def sync(self) -> None:
        """Write to disk now."""
        self._file.sync()
