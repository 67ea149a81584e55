"""Settings files, damaged in every way: each setting has a value of its kind, and what is none of ours is kept."""

from pathlib import Path

from gui import settings as registry
from gui.settings import Setting, Settings
from tests.fuzz.conftest import Fuzz
from tests.fuzz.mutations import mutated

_SETTINGS = [setting for setting in vars(registry).values() if isinstance(setting, Setting)]
_EXAMPLE = rb"""[writing]
language="\"de\""
strip=true
double_space_period=false

[look]
theme="\"dark\""
zoom=125
font="\"Serif,14,-1,5,50,0,0,0,0,0\""

[window]
geometry="\"AdnQywADAAAAAAAA\""

[files]
recent="[\"/notes/a.txt\", \"/notes/\\xfc.txt\"]"
"""
_NASTY = (b"[", b"]\n", b"=", b"\\", b"%", b"@ByteArray(", b"@Variant(\0\0\0\x7f", b"@Invalid()", b'="\\x110000"', b";")


def test_of_a_damaged_file_every_setting_has_a_value_of_its_kind(fuzz: Fuzz, tmp_path: Path) -> None:
    assert len(_SETTINGS) > 10
    number = 0

    def read(content: bytes) -> None:
        nonlocal number
        number += 1  # Qt remembers a file that it has read
        folder = tmp_path / str(number)
        folder.mkdir()
        file = folder / "settings.ini"
        file.write_bytes(content)
        settings = Settings(folder)
        for setting in _SETTINGS:
            value = settings.get(setting)
            assert type(value) is type(setting.default)
            assert not setting.choices or value in setting.choices
        settings.set(registry.ZOOM, 150)
        assert settings.get(registry.ZOOM) == 150
        if settings.problem:
            assert str(file) in settings.problem
            assert file.read_bytes() == content

    fuzz(mutated([_EXAMPLE], _NASTY), read)
