"""What is traced here has a home of its own."""

from pathlib import Path

import pytest

from tests.traced import Home, why_not

needs_strace = pytest.mark.skipif(bool(why_not()), reason=why_not() or "strace works")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
