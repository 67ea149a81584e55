"""Which keys do what: the usual ones of the table of commands, unless others were chosen in the settings."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.commands import TYPED, Command, Switch
from gui.settings import Setting, Settings

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def keys_of(entry: Command | Switch, settings: Settings) -> list[QKeySequence]:
    """The keys of `entry`: those chosen, else the usual ones."""
    chosen = settings.get(entry.keys_setting)
    keys = chosen.split("; ") if chosen else entry.keys
    sequences = [QKeySequence(key) for key in keys]
    return [sequence for sequence in sequences if not sequence.isEmpty()]


class TypedKeys(QObject):
    """Tells which of the commands done while typing a key means, by what `settings` say just now.

    Of two with the same key, the first of the table has it. A sequence of several keys is none of these: the first of
    them would have to be taken from the text before the second is known.
    """

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._commands: dict[tuple[int, Qt.KeyboardModifier], Command] = {}
        self._names = {command.keys_setting.key for command in TYPED}
        self._read()
        settings.changed.connect(self._on_setting)

    def command(self, event: QKeyEvent) -> Command | None:
        """What the key pressed is to do; None if it is the text's own."""
        return self._commands.get(_key(event.key(), event.modifiers()))

    def _on_setting(self, setting: Setting[str]) -> None:
        if setting.key in self._names:
            self._read()

    def _read(self) -> None:
        self._commands = {}
        for command in TYPED:
            for sequence in keys_of(command, self._settings):
                if sequence.count() == 1:
                    pressed = sequence[0]  # type: ignore[index]  # which PySide's stubs do not know
                    self._commands.setdefault(_key(pressed.key(), pressed.keyboardModifiers()), command)


def _key(key: int, held: Qt.KeyboardModifier) -> tuple[int, Qt.KeyboardModifier]:
    """One key in one way: Qt calls Shift+Tab a key of its own, and has Shift held for some signs but not for others."""
    held &= ~_KEYPAD
    if key == Qt.Key.Key_Backtab:
        return int(Qt.Key.Key_Tab), held | _SHIFT
    if 0x20 < key < 0x7F and not chr(key).isalnum():
        held &= ~_SHIFT
    return int(key), held
