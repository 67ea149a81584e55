"""What is traced here has a home of its own."""

from pathlib import Path

import pytest

from tests.traced import ProfileFolder, why_not

needs_strace = pytest.mark.skipif(bool(why_not()), reason=why_not() or "strace works")


@pytest.fixture
def home(tmp_path: Path) -> ProfileFolder:
    return ProfileFolder(tmp_path / "home")
