"""How large the text is, and in which font: chosen here, for all texts at once."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFontDialog, QWidget

from gui.editor.page import font_of
from gui.settings import FONT, ZOOM, ZOOMS, Settings


class Look(QObject):
    """Puts what is chosen into `settings`, which the texts follow; `noted` says the new size."""

    noted = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by `steps` of a fixed ladder."""
        now = self._settings.get(ZOOM)
        place = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - now))
        self._zoom_to(ZOOMS[max(0, min(len(ZOOMS) - 1, place + steps))])

    def zoom_reset(self) -> None:
        """Show the text in its usual size."""
        self._zoom_to(100)

    def choose_font(self) -> None:
        """Ask for a font."""
        chosen, font = QFontDialog.getFont(font_of(self._settings.get(FONT)), self._window, "Font of the text")
        if chosen:
            self._settings.set(FONT, font.toString())

    def _zoom_to(self, percent: int) -> None:
        self._settings.set(ZOOM, percent)
        self.noted.emit(f"Text size {percent} %")
