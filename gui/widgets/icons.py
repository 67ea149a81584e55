"""The app's icon, read from the installed assets."""

from PySide6.QtGui import QIcon, QPixmap

from autocomplete.assets import assets


def app_icon() -> QIcon:
    """The icon in the sizes that window managers ask for."""
    icon = QIcon()
    for size in (48, 128, 256):
        pixmap = QPixmap()
        pixmap.loadFromData((assets() / "icons" / f"autocomplete-{size}.png").read_bytes())
        icon.addPixmap(pixmap)
    return icon
