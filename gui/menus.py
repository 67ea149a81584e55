"""The menu bar, made of the table of commands."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gui.commands import (
    COLOURS,
    INCOGNITO,
    LANGUAGES,
    MENUS,
    RECENT_FILES,
    TYPED,
    Command,
    Entry,
    Submenu,
    Switch,
)
from gui.keys import keys_of
from gui.settings import INSPECTOR, RECENT, THEME, Setting, Settings

_THEMES = {"system": "Same as the system", "light": "Light", "dark": "Dark"}


class Menus:
    """Fills the menu bar of `window`.

    run: what each command does, by its id. use_language, open_recent: what choosing an entry of these submenus does.
    languages: what can be chosen, with the names that people know.
    """

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        run: Mapping[str, Callable[[], object]],
        languages: Mapping[str, str],
        use_language: Callable[[str], None],
        open_recent: Callable[[str], None],
    ) -> None:
        self._window = window
        self._settings = settings
        self._run = run
        self._open_recent = open_recent
        self._actions: dict[str, QAction] = {}
        self._switches: dict[str, QAction] = {}  # by the key of their setting
        self._keys: dict[str, tuple[Command | Switch, QAction]] = {}  # by the key of the setting of their keys
        self._menus = {entry.id: QMenu(entry.text, window) for entry in (RECENT_FILES, LANGUAGES, COLOURS)}
        for title, entries in MENUS:
            menu = window.menuBar().addMenu(title)
            for entry in entries:
                self._add(menu, entry)
        self.recent.aboutToShow.connect(self._fill_recent)
        self._choices(self.languages, languages, use_language)
        self._choices(self._menus[COLOURS.id], _THEMES, partial(settings.set, THEME), settings.get(THEME))
        settings.changed.connect(self._on_setting)

    @property
    def recent(self) -> QMenu:
        """The files opened last."""
        return self._menus[RECENT_FILES.id]

    @property
    def languages(self) -> QMenu:
        """The languages that can be written."""
        return self._menus[LANGUAGES.id]

    @property
    def incognito(self) -> QAction:
        """Whether nothing is learned in this window."""
        return self._actions[INCOGNITO.id]

    @property
    def inspector(self) -> QAction:
        """Whether the panel is shown that explains the suggestions."""
        return self._switches[INSPECTOR.key]

    def action(self, name: str) -> QAction:
        """The entry of a command or switch, by its id."""
        return self._actions[name]

    def keys(self) -> list[tuple[str, str]]:
        """What can be done by key: (what, key), for the help page."""
        native = QKeySequence.SequenceFormat.NativeText
        typed = [(command.name, keys_of(command, self._settings)) for command in TYPED]
        others = [
            (action.text().replace("&", ""), action.shortcuts())
            for action in self._actions.values()
            if action.shortcuts()
        ]
        return [(what, keys[0].toString(native)) for what, keys in (*typed, *others) if keys]

    def check_language(self, language: str) -> None:
        """Show which language is written."""
        for action in self.languages.actions():
            action.setChecked(action.data() == language)

    def _add(self, menu: QMenu, entry: Entry) -> None:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, Submenu):
            menu.addMenu(self._menus[entry.id])
        else:
            action = self._switch(entry) if isinstance(entry, Switch) else self._command(entry)
            self._actions[entry.id] = action
            self._keys[entry.keys_setting.key] = entry, action
            menu.addAction(action)

    def _command(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcuts(keys_of(command, self._settings))
        run = self._run[command.id]
        if command is INCOGNITO:
            action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: run())  # drops Qt's argument
        return action

    def _switch(self, switch: Switch) -> QAction:
        action = QAction(switch.setting.text, self._window, checkable=True)
        action.setShortcuts(keys_of(switch, self._settings))
        action.setChecked(self._settings.get(switch.setting))
        self._switches[switch.setting.key] = action
        action.toggled.connect(lambda on: self._settings.set(switch.setting, on))
        return action

    def _choices(
        self, menu: QMenu, names: Mapping[str, str], choose: Callable[[str], None], chosen: str = ""
    ) -> None:
        group = QActionGroup(menu)
        for value, name in names.items():
            action = QAction(name, group, checkable=True)
            action.setData(value)
            action.setChecked(value == chosen)
            menu.addAction(action)
        group.triggered.connect(lambda action: choose(action.data()))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for name in self._settings.get(RECENT):
            action = QAction(name.replace("&", "&&"), self.recent)
            action.triggered.connect(partial(self._open_recent, name))
            self.recent.addAction(action)
        if self.recent.isEmpty():
            self.recent.addAction("None yet").setEnabled(False)

    def _on_setting(self, setting: Setting[bool]) -> None:
        """Another window, or a dialog, changed it."""
        if setting.key in self._switches:
            self._switches[setting.key].setChecked(self._settings.get(setting))
        if setting.key in self._keys:
            entry, action = self._keys[setting.key]
            action.setShortcuts(keys_of(entry, self._settings))
        for action in self._menus[COLOURS.id].actions() if setting.key == THEME.key else ():
            action.setChecked(action.data() == self._settings.get(THEME))
