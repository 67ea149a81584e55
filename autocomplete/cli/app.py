"""Puts the sub-commands together and turns the engine's errors into one sentence and an exit code.

Exit codes: 0 done, 1 an error that the sentence explains, 2 wrong usage, 130 stopped with Ctrl+C.
"""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from autocomplete.cli.evaluate import evaluate
from autocomplete.cli.explain import explain
from autocomplete.cli.profile import profile
from autocomplete.cli.suggest import suggest
from autocomplete.cli.train import train
from autocomplete.errors import Error


class _Sentences(TyperGroup):
    """Shows an error the user may meet as one sentence on stderr."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Error as error:
            typer.echo(f"autocomplete: {error}", err=True)
            raise typer.Exit(1) from None


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"autocomplete {version('autocomplete-desktop')}")
        raise typer.Exit


# Help and usage errors as plain text: rich would cost a tenth of a second at each start.
app = typer.Typer(
    cls=_Sentences,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Completes what you type. Everything runs on this machine."""


app.command()(suggest)
app.command()(evaluate)
app.command()(explain)
app.command()(train)
app.add_typer(profile, name="profile")


def main() -> None:
    """Runs the command line given to this process."""
    app(prog_name="autocomplete")
