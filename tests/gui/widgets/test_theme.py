"""Light and dark."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.settings import THEME, Settings
from gui.widgets.theme import DARK, LIGHT, Colors, Theme


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it."""

    def luminance(name: str) -> float:
        parts = QColor(name).getRgbF()[:3]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_all_text_can_be_read(colors: Colors) -> None:
    for behind in (colors.paper, colors.frame, colors.hover):
        assert contrast(colors.ink, behind) >= 7
        assert contrast(colors.muted, behind) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5


@pytest.mark.parametrize(("choice", "colors"), [("light", LIGHT), ("dark", DARK)])
def test_a_choice_dresses_the_app(theme: Theme, qapp: QApplication, choice: str, colors: Colors) -> None:
    theme.choose(choice)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == colors.paper


def test_a_dark_system_makes_a_dark_app(qapp: QApplication, theme: Theme) -> None:
    given = QPalette(QColor("#202020"))
    qapp.setPalette(given)
    follower = Theme(qapp)
    follower.choose("system")
    assert follower.dark


def test_the_choice_counts_more_than_the_system(theme: Theme) -> None:
    theme.choose("dark")
    assert theme.dark
    theme.choose("light")
    assert not theme.dark


def test_the_choice_follows_the_settings(theme: Theme, settings: Settings) -> None:
    settings.set(THEME, "dark")
    theme.follow(settings)
    assert theme.dark
    settings.set(THEME, "light")
    assert not theme.dark
