"""Makes docs/api.md from the docstrings of what is public: `python docs/make_api.py`.

`tests/test_public.py` says when the page is out of date.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path
from types import FunctionType, UnionType
from typing import Any

import autocomplete

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
EXAMPLES = ROOT / "docs" / "examples"

# A heading, the example that stands below it, and what it tells of. The errors follow by themselves.
SECTIONS: list[tuple[str, str, list[str]]] = [
    ("Load a language", "", ["load", "languages", "character_models", "model_folder", "__version__"]),
    ("Suggest", "suggest", ["Completer", "Stream", "Suggestion", "Correction"]),
    (
        "Type",
        "session",
        [
            "TypingSession", "Question", "Text", "PlainText", "Position", "Change", "Edit", "TypingRules",
            "TypingOptions", "Origin", "Provenance", "Passage", "Tally",
        ],
    ),
    (
        "Learn from a person",
        "profile",
        [
            "Profile", "Line", "Span", "LearnedWord", "LearnedDocument", "Preview", "TunedModel", "export_profile",
            "import_profile",
        ],
    ),
    ("Read what a person wrote", "finetune", ["gather", "Options", "Found", "learn_found", "sum_up", "total_size"]),
    (
        "Fine-tune",
        "",
        [
            "Tuner", "TuningOptions", "Event", "End", "Stage", "Progress", "Evaluated", "Done", "Stopped", "Failed",
            "Report", "Measures", "Point", "Example",
        ],
    ),
    ("Explain", "explain", ["explain", "Explanation", "Candidate", "Part", "Piece", "Gates", "Gate", "Unit"]),
]  # fmt: skip

# What the engine's own parts say to each other: these are made by others, or give what is not public.
INTERNAL = {
    "Completer.__init__",
    "Profile.__init__",
    "Profile.scratch",
    "Profile.use_base",
    "Profile.written",
    "Provenance.__init__",
    "Stream.__init__",
    "Stream.expectation",
}

_INTRODUCTION = """\
# The Python interface

*Made from the docstrings by `python docs/make_api.py`; change those.*

`import autocomplete` has everything below, and costs next to nothing until it is used. What stands here, which is what
`autocomplete.__all__` names, is public: it keeps its meaning within a version `0.x`, and a change is in the
[changelog](../CHANGELOG.md). Every other module, and every name that begins with `_`, may change at any time.

Types come with the package (`py.typed`) and pass `mypy --strict`. Positions count code points, times are seconds (since
the epoch, where no clock is named), probabilities lie between 0 and 1. Whatever goes wrong by no fault of the caller is
an [`autocomplete.Error`](#errors) whose message is a sentence for the person at the keyboard; a wrong argument raises
`ValueError` or `TypeError`. The examples are in [docs/examples](examples), and run as tests.
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for heading, example, names in SECTIONS:
        parts.append(f"## {heading}\n")
        if example:
            parts.append(f"```python\n{(EXAMPLES / f'{example}.py').read_text('utf-8')}```\n")
        parts += [_entry(name) for name in names]
    parts += ["## Errors\n", "| error | is a | means |\n| --- | --- | --- |\n" + "\n".join(map(_row, errors())) + "\n"]
    return "\n".join(parts)


def errors() -> list[str]:
    """The names of the public errors."""
    public = {name: getattr(autocomplete, name) for name in autocomplete.__all__}
    return [name for name, found in public.items() if inspect.isclass(found) and issubclass(found, autocomplete.Error)]


def members(kind: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that a class defines, its constructor first where one may call it."""
    for name, member in vars(kind).items():
        hidden = (name.startswith("_") and name != "__init__") or f"{kind.__name__}.{name}" in INTERNAL
        called = inspect.isfunction(member) or isinstance(member, property | classmethod)
        # A data class has a constructor that nobody wrote.
        if called and not hidden and function_of(member).__code__.co_filename == inspect.getsourcefile(kind):
            yield name, member


def function_of(member: Any) -> FunctionType:
    """The function behind a method, a class method or a property."""
    found = inspect.unwrap(getattr(member, "fget", getattr(member, "__func__", member)))
    assert isinstance(found, FunctionType)
    return found


def definition(function: FunctionType) -> ast.FunctionDef:
    """The source of a function, as a tree."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree


def signature(function: FunctionType, name: str) -> str:
    """A call of `name` as it is written in the source, with types, without `self`."""
    found = definition(function)
    given = found.args
    own = [argument for argument in given.args if argument.arg not in {"self", "cls"}]
    defaults = [None] * (len(own) - len(given.defaults)) + given.defaults
    texts = [_argument(argument, default) for argument, default in zip(own, defaults, strict=True)]
    if given.vararg:
        texts.append(f"*{_argument(given.vararg, None)}")
    elif given.kwonlyargs:
        texts.append("*")
    texts += [_argument(*pair) for pair in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    returns = "" if found.returns is None or name[0].isupper() else f" -> {_type(found.returns)}"
    return f"{name}({', '.join(texts)}){returns}"


def _argument(argument: ast.arg, default: ast.expr | None) -> str:
    assert argument.annotation is not None
    text = f"{argument.arg}: {_type(argument.annotation)}"
    return text if default is None else f"{text} = {ast.unparse(default)}"


def _type(annotation: ast.expr) -> str:
    """A type as it is written, without the quotes that only Python needs."""
    quoted = isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)
    text = annotation.value if quoted else ast.unparse(annotation)  # type: ignore[attr-defined]
    return str(text).replace("StrPath", "str | os.PathLike[str]")


def _entry(name: str) -> str:
    found = getattr(autocomplete, name)
    if isinstance(found, str):
        return f"### `{name}`\n\nThe version of the package, as text.\n"
    if isinstance(found, UnionType):
        kinds = " | ".join(kind.__name__ for kind in found.__args__)
        return f"### `{name}`\n\nA type: `{kinds}`.\n"
    path = Path(inspect.getsourcefile(found) or "").relative_to(ROOT).as_posix()
    lines = [f"### `{name}`\n", f"*[{path}](../{path})*\n"]
    if inspect.isclass(found):
        lines += [f"{inspect.cleandoc(found.__doc__ or '')}\n", *_fields(found), *_members(found)]
    else:
        lines += [f"```python\n{signature(found, name)}\n```\n", f"{inspect.getdoc(found)}\n"]
    return "\n".join(lines)


def _fields(kind: type) -> Iterator[str]:
    """The fields of a data class or named tuple, or the members of an enumeration, as a list."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    if isinstance(kind, EnumType):
        fields = [f"- `{name}`" for name in kind.__members__]
    else:
        fields = [f"- `{ast.unparse(node)}`" for node in tree.body if isinstance(node, ast.AnnAssign)]
    if fields:
        yield "\n".join(fields) + "\n"


def _members(kind: type) -> Iterator[str]:
    for name, member in members(kind):
        function = function_of(member)
        text = inspect.cleandoc(function.__doc__ or "")
        if isinstance(member, property):
            returns = definition(function).returns
            title = f"{name}: {_type(returns) if returns else 'object'}"
        else:
            called = kind.__name__ if name == "__init__" else name
            title = signature(function, f"{kind.__name__}.{name}" if isinstance(member, classmethod) else called)
        if any(ast.unparse(one) == "contextmanager" for one in definition(function).decorator_list):
            title = f"with {title.partition(' ->')[0]}:"
        yield f"- **`{title}`**\n\n{textwrap.indent(text, '  ')}\n"


def _row(name: str) -> str:
    kind = getattr(autocomplete, name)
    bases = ", ".join(f"`{base.__name__}`" for base in kind.__bases__)
    return f"| `{name}` | {bases} | {' '.join((kind.__doc__ or '').split())} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
