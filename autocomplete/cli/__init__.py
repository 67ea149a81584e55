"""The `autocomplete` command, one file a sub-command; what is slow to import waits for its use."""

from autocomplete.cli.app import main

__all__ = ["main"]
