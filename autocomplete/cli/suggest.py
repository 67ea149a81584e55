"""`autocomplete suggest`: the words that could come next, for one text or for lines from stdin."""

import json
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from autocomplete.cli.options import Count, Json, Language, PassphraseFile, WithProfile, check_utf8, load
from autocomplete.errors import TextError

_LONGEST_LINE = 20_000_000  # characters


def suggest(
    text: Annotated[
        list[str] | None,
        typer.Argument(help="The text before the cursor; without it, lines from stdin are read."),
    ] = None,
    language: Language = "en",
    profile: WithProfile = None,
    passphrase_file: PassphraseFile = None,
    k: Count = 3,
    as_json: Json = False,
) -> None:
    """Suggest the word being typed or, after a space, the next one.

    Prints one line for each text: the words, best first, with a tab between them.
    """
    completer = load(language, profile, passphrase_file)
    for before in _stdin_lines() if text is None else [" ".join(text)]:
        check_utf8(before)
        stream = completer.stream()
        stream.update(before)
        suggestions = stream.suggest(k)
        if as_json:
            words = [
                {"text": suggestion.text, "probability": suggestion.probability}
                for suggestion in suggestions
            ]
            line = json.dumps({"text": before, "suggestions": words}, ensure_ascii=False)
        else:
            line = "\t".join(suggestion.text for suggestion in suggestions)
        typer.echo(line)


def _stdin_lines() -> Iterator[str]:
    if sys.stdin is None:
        raise TextError("Standard input is closed; give the text as an argument, or send lines there.")
    try:
        while line := sys.stdin.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise TextError(f"Standard input has a line of more than {_LONGEST_LINE:,} characters; divide it.")
            yield line.removesuffix("\n")
    except UnicodeDecodeError:
        raise TextError("The text on stdin is not UTF-8; convert it with iconv.") from None
    except OSError as error:
        raise TextError(f"Standard input can't be read: {error.strerror or error}.") from error
