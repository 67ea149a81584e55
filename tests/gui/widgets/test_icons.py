"""The icon of the app."""

from pytestqt.qtbot import QtBot

from gui.widgets.icons import app_icon


def test_the_icon_comes_in_three_sizes(qtbot: QtBot) -> None:
    assert sorted(size.width() for size in app_icon().availableSizes()) == [48, 128, 256]
