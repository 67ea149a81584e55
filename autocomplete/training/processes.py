"""The other processes of a training on this machine, started and ended with the first."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from autocomplete.errors import CorpusError, Error
from autocomplete.training.distributed import Meeting

_GRACE = 10.0  # seconds in which they end by themselves, when the first has ended
_NOTICE = 5.0  # seconds in which a death that broke the connection is seen

Job = Callable[[Meeting], object]


@contextmanager
def beside(size: int, job: Job) -> Iterator[Meeting | None]:
    """Start the others of `size` processes, each doing `job` with the meeting where it finds all; gives this one's.

    None where this process is the only one. `job` must be picklable. Raises `CorpusError` when one of them has died.
    """
    if size == 1:
        yield None
        return
    with TemporaryDirectory(prefix="autocomplete-") as folder:
        place = Path(folder, "meeting").as_uri()
        others = _start(job, [Meeting(rank, size, place) for rank in range(1, size)])
        try:
            yield Meeting(0, size, place)
            for other in others:
                other.join(_GRACE)
        except RuntimeError as error:  # a process that waits for a dead one is told so by torch
            if not wait([other.sentinel for other in others], _NOTICE):
                raise
            raise CorpusError(
                "A process of the training has ended; the same command again goes on from the last checkpoint."
            ) from error
        finally:
            for other in others:
                other.kill()
                other.join()


def _start(job: Job, meetings: list[Meeting]) -> list[BaseProcess]:
    context = get_context("spawn")
    others: list[BaseProcess] = [context.Process(target=_do, args=(job, one), daemon=True) for one in meetings]
    # Ctrl+C reaches all of them; the first one answers it, and the others end an update with it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for other in others:
            other.start()
    finally:
        signal.signal(signal.SIGINT, before)
    return others


def _do(job: Job, meeting: Meeting) -> None:
    try:
        job(meeting)
    except (Error, RuntimeError, KeyboardInterrupt):  # the first process tells it
        sys.exit(1)
