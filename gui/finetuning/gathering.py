"""Reads the user's files in the background, with progress, and gives up when it is no longer wanted."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

import autocomplete
from autocomplete.errors import StoppedError
from autocomplete.importers import Found, Options
from gui.widgets.background import Task

_TOLD = 100  # milliseconds between two looks at how far it is
Gather = Callable[[Sequence[Path], Sequence[str], Options, Callable[[int], None]], list[Found]]


def gather_files(
    paths: Sequence[Path], languages: Sequence[str], options: Options, advance: Callable[[int], None]
) -> list[Found]:
    from autocomplete.importers import gather

    return gather(paths, languages, options, advance)


class Gathering(QObject):
    """One reading at a time: a new one takes the place of the one before.

    `advanced` tells the share that is read, `found` brings what was found, `failed` a sentence.
    """

    advanced = Signal(float)
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, gather: Gather = gather_files) -> None:
        super().__init__(parent)
        self._gather = gather
        self._task: Task | None = None
        self._total = self._read = 0
        self._clock = QTimer(self, interval=_TOLD)
        self._clock.timeout.connect(self._tell)

    @property
    def working(self) -> bool:
        return self._task is not None

    def begin(self, paths: Sequence[Path], options: Options) -> None:
        """Read the files at `paths`, and those in folders."""
        self.cancel()
        self._total = self._read = 0

        def work() -> list[Found]:
            from autocomplete.importers import total_size

            self._total = total_size(paths)
            return self._gather(paths, autocomplete.languages(), options, advance)

        def advance(size: int) -> None:
            if not task.wanted:
                raise StoppedError("no longer wanted")
            self._read += size

        task = Task(work)
        self._task = task
        task.done.connect(self._on_found)
        task.failed.connect(self._on_failed)
        self._clock.start()
        task.begin()

    def cancel(self) -> None:
        if self._task is not None:
            self._task.call_off()
        self._end()

    def _on_found(self, found: object) -> None:
        self._end()
        self.found.emit(found)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        self._task = None
        self._clock.stop()

    def _tell(self) -> None:
        self.advanced.emit(min(1.0, self._read / self._total) if self._total else 0.0)
