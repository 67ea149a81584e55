"""Starts the installed app. A wheel holds this file as `autocomplete_desktop/__init__.py`, with `gui` beside it.

So an installation takes two import names, `autocomplete` and `autocomplete_desktop`. The name `gui`, which other
projects use as well, is known in the process of the app alone.
"""

import sys
from pathlib import Path


def main() -> int:
    """Run the app with the arguments of this process; gives its exit status."""
    sys.path.insert(0, str(Path(__file__).parent))
    from gui.app import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
