"""What several sub-commands take, and how it is understood."""

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import autocomplete
from autocomplete.errors import PassphraseError, TextError

if TYPE_CHECKING:
    from autocomplete.predict.completer import Completer

# The environment variable that holds the passphrase where nobody can be asked.
PASSPHRASE = "AUTOCOMPLETE_PASSPHRASE"  # noqa: S105 - its name


def named(place: str) -> Path:
    """The path of an argument: an empty one, such as a variable that isn't set, would be the folder one is in."""
    if not place:
        raise typer.BadParameter("it is empty; name a file or a folder")
    return Path(place)


Language = Annotated[
    str,
    typer.Option(
        "--language",
        "-l",
        metavar="NAME",
        help="A language (en), several (en,de), or the folder of a model.",
    ),
]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        parser=named,
        metavar="DIR",
        help="The folder of a profile; without it, the app's own where one is needed.",
    ),
]
WithProfile = Annotated[
    Path | None,
    typer.Option("--profile", parser=named, metavar="DIR", help="A profile: what its user taught counts, too."),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The passphrase is the first line of FILE. Else it is $AUTOCOMPLETE_PASSPHRASE, or asked for.",
    ),
]
MOST_WORDS = 1000  # of suggestions; nobody reads more
LONGEST_MINUTES = 1e6  # two years
Count = Annotated[int, typer.Option("-k", min=1, max=MOST_WORDS, help="How many words.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def load(language: str, profile: Path | None = None, passphrase_file: Path | None = None) -> "Completer":
    """Load what `--language` names, with what the profile in a folder holds.

    Raises autocomplete.ModelError if there is no such model, autocomplete.ProfileError if there is no such profile.
    """
    opened: autocomplete.Profile | Path | None = profile
    if profile is not None and profile.is_dir():
        opened = open_profile(profile, read_only=True, passphrase_file=passphrase_file)
    if Path(language).is_dir():  # a folder's name may hold a comma
        return autocomplete.load(language, profile=opened)
    return autocomplete.load(*(name.strip() for name in language.split(",") if name.strip()), profile=opened)


def open_profile(
    folder: Path | None,
    read_only: bool = False,
    passphrase_file: Path | None = None,
    accept_unsealed: bool = False,
) -> "autocomplete.Profile":
    """Open the profile in a folder, None for the app's own; a passphrase is asked for on a terminal.

    Raises autocomplete.ProfileError.
    """
    given = known_passphrase(passphrase_file)
    try:
        return autocomplete.Profile.open(
            folder, passphrase=given, read_only=read_only, accept_unsealed=accept_unsealed
        )
    except PassphraseError:
        if given is not None or not can_ask():
            raise
    asked = ask_passphrase("Passphrase of the profile")
    return autocomplete.Profile.open(folder, passphrase=asked, read_only=read_only)


def known_passphrase(file: Path | None, variable: str = PASSPHRASE) -> str | None:
    """The passphrase in a file or, without one, in an environment variable; None where there is none."""
    if file is None:
        return os.environ.get(variable)
    from autocomplete.text.files import iterate_lines

    return next(iterate_lines(file))


def ask_passphrase(prompt: str, *, twice: bool = False) -> str:
    """Ask for a passphrase on the terminal, without showing it."""
    answer: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
    return answer


def can_ask() -> bool:
    """Whether somebody sits at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def finite(number: float | None) -> float | None:
    """Refuse what Python takes for a number and is none, as an option's callback."""
    if number is not None and not math.isfinite(number):
        raise typer.BadParameter(f"{number} is not a usable number.")
    return number


def check_utf8(text: str) -> None:
    """Refuse bytes of another encoding, which Python hands through as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TextError("The text is not UTF-8; convert it with iconv.") from None
