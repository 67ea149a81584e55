"""The `autocomplete` command, one file a sub-command; what is slow to import waits for its use."""


def main() -> None:
    """Runs the command line given to this process. Ctrl+C ends it quietly while it is still being imported, too."""
    try:
        from autocomplete.cli.app import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except ImportError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # as a module written in C puts it
            raise SystemExit(130) from None
        raise
