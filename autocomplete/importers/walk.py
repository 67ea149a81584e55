"""The files that some paths name: folders are walked, links are followed once."""

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from autocomplete.importers.nothing import missing


class Entry(NamedTuple):
    """A file, or a path that cannot be read, with the reason. `root`: what the user named to have it read."""

    path: Path
    root: Path
    problem: str = ""

    @property
    def named(self) -> bool:
        """Whether the user named the file itself, not a folder around it."""
        return self.path == self.root


def walk(paths: Sequence[Path]) -> Iterator[Entry]:
    """Every file once, in the order of names; hidden files and folders only where they are named themselves."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(path, seen)


def _walk(root: Path, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    """Keep its own stack: folders may be nested deeper than calls."""
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            status = path.stat()
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                continue
            seen.add(identity)
            if path.is_dir():
                names = sorted(name for name in os.listdir(path) if not name.startswith("."))
                stack += [path / name for name in reversed(names)]
            else:
                yield Entry(path, root)
        except FileNotFoundError:
            yield Entry(path, root, missing(path))
        except PermissionError:
            yield Entry(path, root, f"{path} may not be read; change its permissions, or copy it.")
        except OSError as error:
            reason = "it is a link to itself" if error.errno == errno.ELOOP else error.strerror or str(error)
            yield Entry(path, root, f"{path} can't be read: {reason}.")
