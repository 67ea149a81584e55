"""Every import inside `autocomplete` and `gui` points as CONTRIBUTING.md draws it: from a room to one above it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ["autocomplete", "gui"]


def levels(package: str) -> dict[str, int]:
    """The line that each room stands on in the drawing of a package: a fenced block in CONTRIBUTING.md."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    drawn = re.search(rf"^```rooms {package}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert drawn, f"CONTRIBUTING.md has no block ```rooms {package}"
    lines = drawn[1].splitlines()
    rooms = [(room, number) for number, line in enumerate(lines) for room in line.split()]
    assert len(dict(rooms)) == len(rooms), "a room is drawn twice"
    return dict(rooms)


def modules(package: str) -> Iterator[tuple[str, Path]]:
    """The modules of a package by their dotted names; a package's own name is that of its `__init__`."""
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


@cache
def imports(path: Path) -> list[tuple[str, int]]:
    """What a file imports, at any depth and for type checkers alone too: a type is knowledge as well."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by dots"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@cache
def arrows(package: str) -> list[tuple[str, str, str]]:
    """Module, imported module and the place of each import inside a package."""
    there, drawn = dict(modules(package)), []
    for module, path in there.items():
        for name, line in imports(path):
            found = name if name in there else name.rpartition(".")[0]
            if found in there and found != module:
                drawn.append((module, found, f"{path.relative_to(ROOT)}:{line}"))
    return drawn


def room_of(module: str) -> str:
    """The folder, or the single file, right below the package; `__init__` for the package's own face."""
    return (*module.split("."), "__init__")[1]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_import_between_rooms_points_upwards_in_the_drawing(package: str) -> None:
    level = levels(package)
    back = {
        f"{place}: {room_of(one)} imports {room_of(other)}"
        for one, other, place in arrows(package)
        if room_of(one) != room_of(other)
        and level.get(room_of(one), 0) <= level.get(room_of(other), 0)
    }
    assert not back, "\n".join(sorted(back))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_room_is_drawn_and_each_drawn_room_is_there(package: str) -> None:
    assert set(levels(package)) == {room_of(module) for module, _ in modules(package)}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    needs: dict[str, set[str]] = {module: set() for module, _ in modules(package)}
    for one, other, _ in arrows(package):
        needs[one].add(other)
    while free := {module for module, others in needs.items() if not others}:
        needs = {module: others - free for module, others in needs.items() if module not in free}
    assert not needs, f"among these is a circle: {', '.join(needs)}"


def test_the_engine_knows_nothing_of_the_app() -> None:
    foreign = {"gui", "PySide6"}
    known = [
        f"{path}:{line}"
        for _, path in modules("autocomplete")
        for name, line in imports(path)
        if name.split(".")[0] in foreign
    ]
    assert not known


def test_the_app_starts_without_what_only_training_needs() -> None:
    known = [
        f"{path}:{line}"
        for _, path in modules("gui")
        for name, line in imports(path)
        if name.split(".")[0] in {"torch", "onnx"} or name.startswith("autocomplete.training")
    ]
    assert not known
