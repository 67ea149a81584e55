"""The menu bar: what each entry is called, its key, and which method of the window it calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.settings import AUTO_SPACE, DOUBLE_SPACE, GHOST, LEARN, MEMORY, OFFENSIVE, RECENT, STRIP, THEME, Setting
from gui.suggestions.engine import LANGUAGE_NAMES

if TYPE_CHECKING:
    from gui.window import Window

Key = QKeySequence.StandardKey | str | None
_THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}


class Menus:
    """Builds the menus of `window`; keeps those whose contents change."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.recent = QMenu("Open &recent", window)
        self.languages = QMenu("&Language", window)
        self.suggestions = QMenu("&Suggestions", window)
        self._file()
        self._edit()
        self._suggestions()
        self._personal()
        self._view()
        self._help()

    def keys(self) -> list[tuple[str, str]]:
        """What can be done by key: (what, key), for the help page."""
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            ("Take the continuation, or the best suggestion", "Tab"),
            ("Take one word of the continuation", "Ctrl+Right"),
            ("No suggestions until the next word", "Esc"),
        ]
        rows += [
            (action.text().replace("&", ""), action.shortcut().toString(native))
            for action in self._window.findChildren(QAction)
            if not action.shortcut().isEmpty()
        ]
        return rows

    def check_language(self, language: str) -> None:
        for action in self.languages.actions():
            action.setChecked(action.data() == language)

    def _file(self) -> None:
        window, document = self._window, self._window.document
        menu = window.menuBar().addMenu("&File")
        self._add(menu, "&New", QKeySequence.StandardKey.New, document.new)
        self._add(menu, "&Open …", QKeySequence.StandardKey.Open, document.choose)
        menu.addMenu(self.recent)
        self.recent.aboutToShow.connect(self._fill_recent)
        menu.addSeparator()
        self._add(menu, "&Save", QKeySequence.StandardKey.Save, document.save)
        self._add(menu, "Save &as …", "Ctrl+Shift+S", document.save_as)
        menu.addSeparator()
        self._add(menu, "&Close", "Ctrl+Q", window.close)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for name in self._window.settings.get(RECENT):
            self._add(
                self.recent,
                name.replace("&", "&&"),
                None,
                partial(self._window.open_path, Path(name)),
            )
        if self.recent.isEmpty():
            self.recent.addAction("None yet").setEnabled(False)

    def _edit(self) -> None:
        window, editor = self._window, self._window.editor
        menu = window.menuBar().addMenu("&Edit")
        self._add(menu, "&Undo", QKeySequence.StandardKey.Undo, editor.undo)
        self._add(menu, "&Redo", QKeySequence.StandardKey.Redo, editor.redo)
        menu.addSeparator()
        self._add(menu, "Cu&t", QKeySequence.StandardKey.Cut, editor.cut)
        self._add(menu, "&Copy", QKeySequence.StandardKey.Copy, editor.copy)
        self._add(menu, "&Paste", QKeySequence.StandardKey.Paste, editor.paste)
        self._add(menu, "Select &all", QKeySequence.StandardKey.SelectAll, editor.selectAll)
        menu.addSeparator()
        self._add(menu, "&Find …", QKeySequence.StandardKey.Find, window.find_bar.open_bar)

    def _suggestions(self) -> None:
        window = self._window
        menu = self.suggestions
        window.menuBar().addMenu(menu)
        self._choices(self.languages, LANGUAGE_NAMES, window.use_language)
        menu.addMenu(self.languages)
        menu.addSeparator()
        self._add(menu, "Take the &first suggestion", "Alt+1", window.take_first)
        self._add(menu, "Take the &second suggestion", "Alt+2", window.take_second)
        self._add(menu, "Take the &third suggestion", "Alt+3", window.take_third)
        menu.addSeparator()
        for setting in (STRIP, GHOST, AUTO_SPACE, DOUBLE_SPACE, OFFENSIVE):
            self._switch(menu, setting)

    def _personal(self) -> None:
        personal = self._window.personal
        menu = self._window.menuBar().addMenu("&Personal")
        self._add(menu, "My &words …", "Ctrl+Shift+W", personal.show_words)
        self._add(menu, "&Teach it my writing …", "Ctrl+Shift+T", personal.show_teaching)
        menu.addSeparator()
        self._switch(menu, LEARN)
        self.incognito = QAction("&Incognito", self._window, checkable=True)
        self.incognito.setShortcut(QKeySequence("Ctrl+Shift+N"))
        self.incognito.toggled.connect(personal.set_incognito)
        menu.addAction(self.incognito)

    def _view(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("&View")
        themes = QMenu("&Colours", window)
        self._choices(themes, _THEMES, window.use_theme, window.settings.get(THEME))
        menu.addMenu(themes)
        self._add(menu, "&Font …", None, window.choose_font)
        menu.addSeparator()
        larger = self._add(menu, "&Larger text", None, window.zoom_in)
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(menu, "&Smaller text", "Ctrl+-", window.zoom_out)
        self._add(menu, "&Usual size", "Ctrl+0", window.zoom_reset)
        menu.addSeparator()
        self.memory = self._switch(menu, MEMORY, "F9")
        menu.addSeparator()
        self._add(menu, "Full &screen", "F11", window.full_screen)

    def _help(self) -> None:
        menu = self._window.menuBar().addMenu("&Help")
        self._add(menu, "&Keyboard shortcuts", "F1", self._window.show_keys)
        self._add(menu, "&About", None, self._window.show_about)

    def _add(self, menu: QMenu, text: str, key: Key, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: slot())  # drops Qt's argument
        menu.addAction(action)
        return action

    def _switch(self, menu: QMenu, setting: Setting[bool], key: str = "") -> QAction:
        action = QAction(setting.text, self._window, checkable=True)
        action.setShortcut(QKeySequence(key))
        action.setChecked(self._window.settings.get(setting))
        action.toggled.connect(lambda on: self._window.switch(setting, on))
        menu.addAction(action)
        return action

    def _choices(self, menu: QMenu, names: dict[str, str], slot: Callable[[str], None], chosen: str = "") -> None:
        group = QActionGroup(menu)
        for value, name in names.items():
            action = QAction(name, group, checkable=True)
            action.setData(value)
            action.setChecked(value == chosen)
            menu.addAction(action)
        group.triggered.connect(lambda action: slot(action.data()))
