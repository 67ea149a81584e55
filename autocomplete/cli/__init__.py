"""The `autocomplete` command, one file a sub-command; what is slow to import waits for its use."""

TYPE_CHECKING = False  # typing itself takes time to import, in which Ctrl+C may come
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> "NoReturn":
    """Run the command line given to this process, and leave with its exit code (see docs/command-line.md)."""
    try:
        from autocomplete.edge import run

        run("autocomplete", _work)
    except KeyboardInterrupt:  # before the edge is there
        raise SystemExit(130) from None


def _work() -> None:
    from autocomplete.cli.app import main

    main()
