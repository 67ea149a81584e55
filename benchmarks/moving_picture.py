"""The moving picture of the README: a sentence typed in the real window, each key a picture, as an animated PNG."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gui.window import Window

KEYS = {  # what stands for a key that types nothing: its name, and the key
    "⇥": ("Tab", Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "①": ("Alt+1", Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
}
TYPED = "Thank ⇥s⇥y⇥h①. I am l①f⇥t⇥se⇥y⇥on Su①!"
TYPING, LOOKING, ACCEPTING, END = 120, 400, 450, 2000  # milliseconds that a picture is shown
COLOURS = 64


class MovingPicture:
    """Pictures of a window, one after the other, and how long each is shown."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._pictures: list[Image.Image] = []
        self._shown: list[int] = []

    def take(self, shown: int, key: str = "") -> None:
        """Add a picture of the window as it is, for `shown` milliseconds; `key` is named in its corner."""
        pixmap = self._window.grab()
        if key:
            _name_key(pixmap, key)
        self._pictures.append(_image(pixmap))
        self._shown.append(shown)

    def hold(self, shown: int) -> None:
        """Show the last picture for `shown` milliseconds."""
        self._shown[-1] = shown

    def save(self, path: Path) -> None:
        """Write an animated PNG in as few colours as the last picture needs."""
        palette = self._pictures[-1].quantize(COLOURS)
        first, *others = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in self._pictures)
        first.save(path, save_all=True, append_images=others, duration=self._shown, loop=0, optimize=True)


def film(window: Window, settle: Callable[[], None], path: Path) -> None:
    """Type the sentence into `window` and save the moving picture; `settle` waits for the answer to a key."""
    picture = MovingPicture(window)
    settle()
    picture.take(LOOKING)
    for character in TYPED:
        name, key, modifier = KEYS.get(character, ("", Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier))
        if name:
            picture.hold(LOOKING)
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifier, "" if name else character)
        QApplication.sendEvent(window.editor, event)
        settle()
        picture.take(ACCEPTING if name else TYPING, name)
    picture.take(END)
    picture.save(path)


def _name_key(pixmap: QPixmap, key: str) -> None:
    """Draw the name of a key into the lower right corner of the page, where no text is."""
    width, height, below = 64.0, 30.0, 96.0  # below: the strip of suggestions and the status line
    size = pixmap.deviceIndependentSize()
    place = QRectF(size.width() - width - 24, size.height() - below - height, width, height)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#3b4252"))
    painter.drawRoundedRect(place, 7, 7)
    font = QFont(painter.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)
    painter.end()


def _image(pixmap: QPixmap) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
