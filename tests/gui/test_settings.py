"""What the app remembers."""

import pytest

from gui.settings import FONT, GHOST, LANGUAGE, RECENT, ZOOM, Settings


def test_settings_come_back(settings: Settings) -> None:
    settings.set(LANGUAGE, "both")
    settings.set(ZOOM, 125)
    settings.set(GHOST, False)
    settings.set(RECENT, ["/tmp/ä.txt", "b, c.txt"])
    settings.sync()
    again = Settings()
    assert again.get(LANGUAGE) == "both"
    assert again.get(ZOOM) == 125
    assert again.get(GHOST) is False
    assert again.get(RECENT) == ["/tmp/ä.txt", "b, c.txt"]


def test_what_was_never_set_is_the_default(settings: Settings) -> None:
    assert settings.get(LANGUAGE) == "en"
    assert settings.get(FONT) == ""


@pytest.mark.parametrize("value", ["klingon", "", '"klingon"', "3", "[1]", "{", "null", "true"])
def test_a_damaged_value_is_the_default(settings: Settings, value: str) -> None:
    settings.folder.mkdir(parents=True)
    (settings.folder / "settings.ini").write_text(
        f"[writing]\nlanguage={value}\n[look]\nzoom=x{value}\n[files]\nrecent={value}\n"
    )
    again = Settings()
    assert again.get(LANGUAGE) == "en"
    assert again.get(ZOOM) == 100
    assert again.get(RECENT) == []
