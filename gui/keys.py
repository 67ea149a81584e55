"""Which keys do what: the usual ones of the table of commands, unless others were chosen in the settings."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.commands import TYPED, Command, Switch
from gui.settings import Setting, Settings

_SHIFT = Qt.KeyboardModifier.ShiftModifier.value
_KEYPAD = Qt.KeyboardModifier.KeypadModifier.value
_KEY = ~Qt.KeyboardModifier.KeyboardModifierMask.value & 0xFFFFFFFF
_TAB, _BACKTAB = Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value


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
        self._commands: dict[int, Command] = {}
        self._names = {command.keys_setting.key for command in TYPED}
        self._read()
        settings.changed.connect(self._on_setting)

    def command(self, event: QKeyEvent) -> Command | None:
        """What the key pressed is to do; None if it is the text's own."""
        return self._commands.get(_key(event.keyCombination().toCombined()))

    def _on_setting(self, setting: Setting[str]) -> None:
        if setting.key in self._names:
            self._read()

    def _read(self) -> None:
        self._commands = {}
        for command in TYPED:
            for sequence in keys_of(command, self._settings):
                if sequence.count() == 1:
                    pressed = sequence[0]  # type: ignore[index]  # which PySide's stubs do not know
                    self._commands.setdefault(_key(pressed.toCombined()), command)


def _key(pressed: int) -> int:
    """One key in one way: Qt calls Shift+Tab a key of its own, and has Shift held for some signs but not for others.

    `pressed`: the key and what is held beside it, as Qt combines them into one number.
    """
    pressed &= ~_KEYPAD
    key = pressed & _KEY
    if key == _BACKTAB:
        return pressed - _BACKTAB + _TAB | _SHIFT
    if 0x20 < key < 0x7F and not chr(key).isalnum():
        pressed &= ~_SHIFT
    return pressed
