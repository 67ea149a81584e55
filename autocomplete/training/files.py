"""Files of a training run that are whole or not there at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from autocomplete.errors import CorpusError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes the place of `path` at the end: a kill leaves the old one whole."""
    beside = path.with_name(path.name + ".tmp")
    try:
        with beside.open("wb") as file:
            yield file
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)  # a full disk needs the room
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path`, replacing what was there."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into a `CorpusError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CorpusError(
                f"No space is left on the disk of {folder}; make room and run the same command "
                "again: it goes on from the last checkpoint."
            ) from error
        raise CorpusError(f"{folder} cannot be written: {error.strerror or error}.") from error
