"""Everything that can be done from a menu or by a key: one table, of which menus, keys and the page of keys are made.

The table says what a command is called and which keys it has; what it does, the window says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from gui.settings import (
    AUTO_SPACE,
    CONTINUATIONS,
    DOUBLE_SPACE,
    INSPECTOR,
    LEARN,
    OFFENSIVE,
    STRIP,
    Setting,
)

Key = QKeySequence.StandardKey | str
_Standard = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """Something that can be done.

    text: as a menu shows it, "&" before its mnemonic. keys: the usual ones, the first of which is shown. typed: it is
    done while typing, and its keys are the text's own where there is nothing to do; it stands in no menu.
    """

    id: str
    text: str
    keys: tuple[Key, ...] = ()
    typed: bool = False

    @property
    def name(self) -> str:
        """What it is called outside menus."""
        return self.text.replace("&", "").removesuffix(" …")

    @property
    def keys_setting(self) -> Setting[str]:
        """The keys chosen instead of the usual ones, separated by "; ", as a setting; empty: the usual ones."""
        return Setting(f"keys/{self.id}", "", self.name)


@dataclass(frozen=True)
class Switch:
    """A setting that is on or off, as an entry of a menu."""

    setting: Setting[bool]
    keys: tuple[Key, ...] = ()

    @property
    def id(self) -> str:
        """Names it among the commands."""
        return self.setting.key.replace("/", ".")

    @property
    def keys_setting(self) -> Setting[str]:
        """The keys chosen instead of the usual ones, as with a command."""
        return Setting(f"keys/{self.id}", "", self.setting.text)


@dataclass(frozen=True)
class Submenu:
    """A menu in a menu, filled by whoever knows its entries."""

    id: str
    text: str


ACCEPT = Command("suggestions.accept", "Accept the continuation, or the best suggestion", ("Tab",), typed=True)
ACCEPT_WORD = Command("suggestions.accept_word", "Accept one word of the continuation", ("Ctrl+Right",), typed=True)
DISMISS = Command("suggestions.dismiss", "Hide suggestions until the next word", ("Esc",), typed=True)
TYPED = (ACCEPT, ACCEPT_WORD, DISMISS)
INCOGNITO = Command("profile.incognito", "&Incognito", ("Ctrl+Shift+N",))
RECENT_FILES = Submenu("file.recent", "Open &recent")
LANGUAGES = Submenu("suggestions.language", "&Language")
COLOURS = Submenu("view.colours", "&Colours")

Entry = Command | Switch | Submenu | None  # None: a line between two groups

MENUS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "&File",
        (
            Command("file.new", "&New", (_Standard.New,)),
            Command("file.open", "&Open …", (_Standard.Open,)),
            RECENT_FILES,
            None,
            Command("file.save", "&Save", (_Standard.Save,)),
            Command("file.save_as", "Save &as …", ("Ctrl+Shift+S",)),
            None,
            Command("window.close", "&Close", ("Ctrl+Q",)),
        ),
    ),
    (
        "&Edit",
        (
            Command("edit.undo", "&Undo", (_Standard.Undo,)),
            Command("edit.redo", "&Redo", (_Standard.Redo,)),
            None,
            Command("edit.cut", "Cu&t", (_Standard.Cut,)),
            Command("edit.copy", "&Copy", (_Standard.Copy,)),
            Command("edit.paste", "&Paste", (_Standard.Paste,)),
            Command("edit.select_all", "Select &all", (_Standard.SelectAll,)),
            None,
            Command("edit.find", "&Find …", (_Standard.Find,)),
        ),
    ),
    (
        "&Suggestions",
        (
            LANGUAGES,
            None,
            Command("suggestions.accept_first", "Accept the &first suggestion", ("Alt+1",)),
            Command("suggestions.accept_second", "Accept the &second suggestion", ("Alt+2",)),
            Command("suggestions.accept_third", "Accept the &third suggestion", ("Alt+3",)),
            None,
            Switch(STRIP),
            Switch(CONTINUATIONS),
            Switch(AUTO_SPACE),
            Switch(DOUBLE_SPACE),
            Switch(OFFENSIVE),
        ),
    ),
    (
        "&Personal",
        (
            Command("profile.words", "My &words …", ("Ctrl+Shift+W",)),
            Command("profile.fine_tune", "Fine-&tune on my writing …", ("Ctrl+Shift+T",)),
            None,
            Switch(LEARN),
            INCOGNITO,
        ),
    ),
    (
        "&View",
        (
            COLOURS,
            Command("view.font", "&Font …"),
            None,
            Command("view.larger", "&Larger text", ("Ctrl++", "Ctrl+=")),
            Command("view.smaller", "&Smaller text", ("Ctrl+-",)),
            Command("view.usual_size", "&Normal size", ("Ctrl+0",)),
            None,
            Switch(INSPECTOR, ("F9",)),
            None,
            Command("view.full_screen", "Full &screen", ("F11",)),
        ),
    ),
    (
        "&Help",
        (
            Command("help.keys", "&Keyboard shortcuts", ("F1",)),
            Command("help.about", "&About"),
        ),
    ),
)


def commands() -> Iterator[Command]:
    """All commands, those of the menus in their order and then those done while typing."""
    for _, entries in MENUS:
        yield from (entry for entry in entries if isinstance(entry, Command))
    yield from TYPED
