"""What is public is named, described, typed and cheap to import; the examples that show it work."""

import ast
import builtins
import inspect
import os
import re
import runpy
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from types import FunctionType

import pytest

import autocomplete
from autocomplete import errors

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))
API = runpy.run_path(str(ROOT / "docs" / "make_api.py"))
PUBLIC = {name: getattr(autocomplete, name) for name in autocomplete.__all__}
# Of Python itself, or no class: what signatures name besides.
FOREIGN = {"Any", "Callable", "Container", "Iterable", "Iterator", "Mapping", "Path", "Self", "Sequence", "os"}


def calls() -> Iterator[tuple[str, FunctionType, str]]:
    """The name of each public function, method and constructor, itself, and all that is said of it."""
    for name, found in PUBLIC.items():
        if inspect.isfunction(found):
            yield name, found, found.__doc__ or ""
        elif inspect.isclass(found):
            for member, value in API["members"](found):
                function = API["function_of"](value)
                yield f"{name}.{member}", function, f"{found.__doc__} {function.__doc__}"


def test_the_public_names_are_sorted_and_there() -> None:
    assert autocomplete.__all__ == sorted(set(autocomplete.__all__))
    assert dir(autocomplete) == autocomplete.__all__
    with pytest.raises(AttributeError):
        _ = autocomplete.nonsense


def test_type_checkers_are_told_the_same_names_as_python() -> None:
    tree = ast.parse(inspect.getsource(autocomplete))
    (block,) = (node for node in tree.body if isinstance(node, ast.If) and isinstance(node.body[0], ast.ImportFrom))
    told = {
        (alias.name, (node.module or "").removeprefix("autocomplete."))
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    found = {(name, module) for name, module in told if module == "errors" or autocomplete._LAZY[name] == module}
    assert told == found
    assert {name for name, _ in told} | {"__version__"} == set(autocomplete.__all__)


def test_every_error_is_public() -> None:
    defined = {name for name, kind in vars(errors).items() if inspect.isclass(kind)}
    assert defined == set(API["errors"]())


def test_every_class_that_a_public_call_names_is_public() -> None:
    named = {
        node.id
        for _, function, _ in calls()
        for part in _annotations(API["definition"](function))
        for node in ast.walk(ast.parse(part, mode="eval"))
        if isinstance(node, ast.Name)
    }
    assert named - FOREIGN - set(vars(builtins)) <= set(PUBLIC)


def _annotations(function: ast.FunctionDef) -> list[str]:
    given = function.args
    arguments = [*given.args, *given.kwonlyargs, *filter(None, [given.vararg])]
    written = [argument.annotation for argument in arguments] + [function.returns]
    return [API["_type"](annotation) for annotation in written if annotation is not None]


def test_every_public_call_says_what_it_does() -> None:
    silent = [name for name, function, _ in calls() if not function.__doc__ and not name.endswith(".__init__")]
    assert not silent
    assert not [name for name, kind in PUBLIC.items() if inspect.isclass(kind) and not kind.__doc__]


def test_every_public_attribute_is_described_with_its_class() -> None:
    unsaid = []
    for name, kind in PUBLIC.items():
        if inspect.isclass(kind) and inspect.isfunction(vars(kind).get("__init__")):
            source = textwrap.dedent(inspect.getsource(kind))
            attributes = set(re.findall(r"^ +self\.([a-z]\w*)(?:: .*)? = ", source, re.MULTILINE))
            unsaid += [f"{name}.{one}" for one in attributes if not re.search(rf"\b{one}\b", kind.__doc__ or "")]
    assert not unsaid


def test_every_error_that_a_public_call_raises_itself_is_named_where_it_is_described() -> None:
    unsaid = []
    for name, function, said in calls():
        for node in ast.walk(API["definition"](function)):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                error = getattr(autocomplete, node.exc.func.id, None) or getattr(builtins, node.exc.func.id)
                kinds = set(error.__mro__) - {autocomplete.Error, *Exception.__mro__}
                if not any(kind.__name__ in said for kind in kinds):
                    unsaid.append(f"{name} raises {error.__name__}")
    assert not unsaid


def test_the_page_describes_every_public_name_once() -> None:
    described = [*API["errors"](), *(name for _, _, names in API["SECTIONS"] for name in names)]
    assert sorted(described) == autocomplete.__all__
    assert {example for _, example, _ in API["SECTIONS"]} - {""} == {path.stem for path in EXAMPLES}


def test_the_page_is_up_to_date() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert page == API["page"](), "docs/api.md is out of date; make it anew with: python docs/make_api.py"


def test_explain_is_the_function_whatever_was_imported_before() -> None:
    from autocomplete.explanation import explainer

    assert autocomplete.explain is explainer.explain


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["numpy", "onnxruntime", "sentencepiece", "torch", "regex", "cryptography", "PySide6"]
    program = f"import autocomplete, sys; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


SAID = {
    "suggest": ["way: 0.", "continues with: ate to", "wirte, or rather write ("],
    "profile": ["learned: ['Zwischenahner'", "forgotten: ["],
    "session": ["suggested: ('way', ", "written: I am on my way. ", "keystrokes saved: 2"],
    "explain": ["station (0.", " of what speaks for it, "],
    "finetune": ["a.txt: 12 words", "new words: 12", "There is too little text"],
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_on_the_page_run(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("I would like to row with you tomorrow evening on the lake.")
    runpy.run_path(str(example), run_name="__main__")
    said = capsys.readouterr().out
    assert [part for part in SAID[example.stem] if part not in said] == [], said


def test_the_example_in_the_readme_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    *statements, last = ast.parse(example).body
    assert isinstance(last, ast.Expr)
    known: dict[str, object] = {}
    exec(compile(ast.Module(statements, []), "README.md", "exec"), known)
    assert eval(compile(ast.Expression(last.value), "README.md", "eval"), known)[0] == "way"


def test_a_program_that_uses_the_public_calls_passes_a_strict_type_checker(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As an outsider: in a folder of its own, where the package is known by its installation alone."""
    programs = [copyfile(path, tmp_path / path.name) for path in EXAMPLES]
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import autocomplete\n\nautocomplete.load(1)\nautocomplete.nonsense\n")
    cache = request.config.cache.mkdir("mypy-of-examples")  # type: ignore[union-attr]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, *programs, wrong],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name not in {"MYPYPATH", "PYTHONPATH"}},
        capture_output=True,
        text=True,
        timeout=110,
    )
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == ["wrong.py", "wrong.py"], done.stdout
    assert lines[0].endswith("[arg-type]")
    assert lines[1].endswith("[attr-defined]")
