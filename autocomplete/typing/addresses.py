"""Telling URLs, e-mail addresses and paths from prose: a space inside would break them."""

import re

_ADDRESS = re.compile(
    r"""
      ://                        # https://
    | \bwww\.                    # www.
    | \w@                        # me@
    | [^\W_]{2}\.[^\W\d_]        # example.com, notes.txt; not z.B., e.g., 3.14
    | ^["'(\[{„“«»‚‘]*[~.]{0,2}/ # /usr, ~/notes, ./notes, ../notes
    | \\                         # C:\notes
    | /[^/]*/                    # home/notes/today; one slash alone is prose: and/or
    """,
    re.VERBOSE,
)


def in_address(before: str) -> bool:
    """Whether `before` ends inside a URL, an e-mail address or a path."""
    if not before or before[-1].isspace():
        return False
    return _ADDRESS.search(before.rsplit(maxsplit=1)[-1]) is not None
