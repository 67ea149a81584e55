"""What the app remembers between two starts: one registry of settings, kept in an INI file."""

from gui.settings.registry import (
    AUTO_SPACE,
    CONTINUATIONS,
    DOUBLE_SPACE,
    FOLDER,
    FONT,
    GEOMETRY,
    INSPECTOR,
    LANGUAGE,
    LEARN,
    OFFENSIVE,
    RECENT,
    STRIP,
    THEME,
    ZOOM,
    ZOOMS,
    Setting,
)
from gui.settings.store import Settings, config_folder, keep_qt_in

__all__ = [
    "AUTO_SPACE",
    "CONTINUATIONS",
    "DOUBLE_SPACE",
    "FOLDER",
    "FONT",
    "GEOMETRY",
    "INSPECTOR",
    "LANGUAGE",
    "LEARN",
    "OFFENSIVE",
    "RECENT",
    "STRIP",
    "THEME",
    "ZOOM",
    "ZOOMS",
    "Setting",
    "Settings",
    "config_folder",
    "keep_qt_in",
]
