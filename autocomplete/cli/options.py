"""What several sub-commands take, and how it is understood."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import autocomplete
from autocomplete.errors import TextError

if TYPE_CHECKING:
    from autocomplete.predict.completer import Completer

Language = Annotated[
    str,
    typer.Option(
        "--language",
        "-l",
        metavar="NAME",
        help="A language (en), several (en,de), or the folder of a model.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def load(language: str) -> "Completer":
    """Loads what `--language` names. Raises autocomplete.ModelError if there is no such model."""
    if Path(language).is_dir():  # a folder's name may hold a comma
        return autocomplete.load(language)
    return autocomplete.load(*(name.strip() for name in language.split(",") if name.strip()))


def check_utf8(text: str) -> None:
    """Refuses bytes of another encoding, which Python hands through as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TextError("The text is not UTF-8; convert it with iconv.") from None
