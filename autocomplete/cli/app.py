"""Puts the sub-commands together; whatever goes wrong in one ends as `autocomplete.edge` says."""

import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from autocomplete import __version__
from autocomplete.cli.evaluate import evaluate
from autocomplete.cli.explain import explain
from autocomplete.cli.finetune import finetune
from autocomplete.cli.profile import profile
from autocomplete.cli.suggest import suggest
from autocomplete.cli.train import train
from autocomplete.edge import ExitCode, answer, say
from autocomplete.errors import UsageError

_PROGRAM = "autocomplete"
_ClickUsageError: Any = typer.BadParameter.__base__  # typer has no other name for it


class _Sentences(TyperGroup):
    """Says an error in one sentence on stderr: typer's own take several lines, and know other exit codes."""

    def main(self, *args: Any, **options: Any) -> NoReturn:
        def work() -> int | None:
            try:
                code = super(_Sentences, self).main(*args, **options | {"standalone_mode": False})
            except _ClickUsageError as error:
                if "\n" in error.message:  # called without arguments, this is its help
                    typer.echo(error.message, err=True)
                    return ExitCode.USAGE
                raise UsageError(_sentence(error)) from None
            except typer.Abort:
                say(_PROGRAM, "Stopped; nothing was changed.")  # questions are asked before anything is done
                return ExitCode.INTERRUPTED
            return code if isinstance(code, int) else None

        sys.exit(answer(_PROGRAM, work))


def _sentence(error: Any) -> str:
    """A usage error with where to read on."""
    command = error.ctx.command_path if error.ctx else _PROGRAM
    message: str = error.format_message().strip()
    if message.endswith("?"):  # "Did you mean …?"
        return f"{message} See {command} --help."
    return f"{message.removesuffix('.')}; see {command} --help."


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{_PROGRAM} {__version__}")
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
app.command()(finetune)
app.add_typer(profile, name="profile")


def main() -> None:
    """Run the command line given to this process."""
    app(prog_name=_PROGRAM)
