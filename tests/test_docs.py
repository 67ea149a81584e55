"""What the pages name is there, and what they say of the dependencies holds."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NATIVE = {".so", ".pyd", ".dylib"}


@pytest.mark.parametrize("page", ["docs/security.md", "docs/dependencies.md", "SECURITY.md", "CONTRIBUTING.md"])
def test_every_file_and_page_that_is_named_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {ROOT / path for path in re.findall(r"`((?:tests|autocomplete|gui|benchmarks|docs)/[\w./]+)`", text)}
    linked = {(ROOT / page).parent / path for path in re.findall(r"\]\(([\w./-]+\.md)", text)}
    assert named | linked
    assert {path for path in named | linked if not path.exists()} == set()


def test_every_native_library_has_a_bound_above_and_below_and_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = {re.split("[<>=]", line)[0]: line for line in [*project["dependencies"], *extras["train"]]}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("## Bounds of what is native")[2]
    reasons = {name for row in re.findall(r"^\| ([\w, -]+) \| [\d.]", table, re.MULTILINE) for name in row.split(", ")}
    native = {name for name in asked if is_native(name)}
    assert {"numpy", "onnxruntime", "PySide6-Essentials"} <= native
    assert {name for name in native if not re.search(r"==|>=.*,<", asked[name])} == set()
    assert native <= reasons


def is_native(name: str) -> bool:
    """Whether the package is installed with native code of its own."""
    try:
        return any(file.suffix in NATIVE for file in files(name) or [])
    except PackageNotFoundError:
        return False
