"""What the pages name is there, and what they say of the dependencies holds."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NATIVE = {".so", ".pyd", ".dylib"}


PAGES = sorted(str(page.relative_to(ROOT)) for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_page_that_is_named_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    inside = r"`((?:tests|autocomplete|gui|benchmarks|docs)/(?!_)[\w./-]+)`"  # a leading _ is a name in the wheel
    named = {ROOT / path for path in re.findall(inside, text) if not re.search(r"/test_\w+$", path)}
    linked = {(ROOT / page).parent / path for path in re.findall(r"\]\(([\w./-]+\.(?:md|png))", text)}
    assert {path for path in named | linked if not path.exists()} == set()


def test_every_module_that_a_page_names_exists() -> None:
    """Pages about one package leave its name out: `predict/search.py`."""
    packages = ("autocomplete", "gui", "benchmarks")
    there = {str(path.relative_to(ROOT)) for name in packages for path in ROOT.glob(f"{name}/**/*.py")}
    gone = {
        (page, module)
        for page in PAGES
        if page not in ("CHANGELOG.md", "docs/packaging.md")  # what was, and what is in a wheel
        for module in re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", (ROOT / page).read_text(encoding="utf-8"))
        if not (ROOT / module).exists() and not any(path.endswith(f"/{module}") for path in there)
    }
    assert gone == set()


def test_every_test_that_a_typing_rule_cites_exists() -> None:
    text = (ROOT / "docs" / "typing-rules.md").read_text(encoding="utf-8")
    cited = set(re.findall(r"`((?:[a-z]+/)*test_[a-z_]+)`", text))
    assert cited
    tests = {str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/*.py")}
    assert {name for name in cited if not any(path.endswith(f"/{name}.py") for path in tests)} == set()


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
