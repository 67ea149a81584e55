"""Telling URLs, e-mail addresses and paths from prose: a space inside would break them."""

import re

_ADDRESS = re.compile(
    r"""
      ://                        # https://
    | \bwww\.                    # www.
    | \w@                        # me@
    | [^\W_]\.[^\W\d_]           # example.com, notes.txt
    | ^["'(\[{„“«»‚‘]*[~.]{0,2}/ # /usr, ~/notes, ./notes, ../notes
    | \\                         # C:\notes
    | /[^/]*/                    # home/notes/today; one slash alone is prose: and/or
    """,
    re.VERBOSE,
)


def in_address(before: str) -> bool:
    """Whether what stands behind the last space in `before` is part of a URL, an address or a path."""
    if not before or before[-1].isspace():
        return False
    return _ADDRESS.search(before.rsplit(maxsplit=1)[-1]) is not None
