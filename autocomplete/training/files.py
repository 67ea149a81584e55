"""What the disk refuses a training run, as one sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autocomplete.errors import CorpusError


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a `CorpusError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CorpusError(
                f"No space is left on the disk of {folder}; make room and run the same command "
                "again: it goes on from the last checkpoint."
            ) from error
        raise CorpusError(f"{folder} cannot be written: {error.strerror or error}.") from error
