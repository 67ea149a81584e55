"""All that can be chosen, one line each: the registry of settings."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = bool | int | str | list[str]
T = TypeVar("T", bool, int, str, list[str])


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that may be chosen: name in the file, default (which fixes its type), meaning."""

    key: str
    default: T
    text: str
    choices: tuple[T, ...] = ()


LANGUAGE = Setting("writing/language", "en", "Language you write in")
STRIP = Setting("writing/strip", True, "Show suggestions")
CONTINUATIONS = Setting("writing/ghost", True, "Show continuations in the text")
AUTO_SPACE = Setting("writing/auto_space", True, "Add a space after a suggestion")
DOUBLE_SPACE = Setting("writing/double_space_period", False, "Two spaces type a full stop")
LEARN = Setting("personal/learn", True, "Learn from what I type")
OFFENSIVE = Setting("writing/offensive", False, "Offer offensive words")
THEME = Setting("look/theme", "system", "Colours", ("system", "light", "dark"))
INSPECTOR = Setting("look/memory", False, "Memory: what the model remembers of the text")
FONT = Setting("look/font", "", "Font of the text; empty: the app's own choice")
ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
ZOOM = Setting("look/zoom", 100, "Size of the text in percent", ZOOMS)
GEOMETRY = Setting("window/geometry", "", "Place and size of the window")
RECENT = Setting[list[str]]("files/recent", [], "Files opened last, newest first")
FOLDER = Setting("files/folder", "", "Folder of the last open or save")
