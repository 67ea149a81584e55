"""Where what is shipped and not code lies: models, word lists, icons."""

from pathlib import Path

_HERE = Path(__file__).parent


def assets() -> Path:
    """The folder of the assets: inside this package where it was installed from a wheel, beside it in a checkout."""
    installed = _HERE / "_assets"
    return installed if installed.is_dir() else _HERE.parent / "assets"
