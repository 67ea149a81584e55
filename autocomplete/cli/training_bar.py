"""How a training goes, as a bar on stderr, and Ctrl+C taken in between two updates."""

import signal
import time
from types import FrameType, TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autocomplete.training.checkpoint import Progress as Trained
from autocomplete.training.pipeline import Watcher

_WHOLE = 10_000  # of the budget
_IMPATIENT_AFTER = 5.0  # seconds


class TrainingBar(Watcher):
    """Shows the stage, and in training the loss, bits per character of the text read and of the text held out, tokens a
    second, time left.

    Ctrl+C in training asks it to stop with a checkpoint; again, some seconds later, it stops at once.
    It draws nothing when stderr is no terminal, or `silent` is set.
    """

    def __init__(self, *, silent: bool = False) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=console,
            refresh_per_second=2,
            disable=silent or not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)
        self._stopped_at = 0.0
        self._handlers: dict[signal.Signals, Any] = {}
        self._begun: tuple[float, int] | None = None

    def __enter__(self) -> "TrainingBar":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._restore()
        self._bar.stop()

    def stage(self, name: str, total: int) -> None:
        self._restore()
        self._bar.reset(self._task, description=name, total=total or None)
        if name == "training":
            # An update must end before it stops: half of one is in no checkpoint.
            for number in (signal.SIGINT, signal.SIGTERM):
                self._handlers[number] = signal.signal(number, self._stop)

    def advance(self, amount: int) -> None:
        self._bar.advance(self._task, amount)

    def trained(self, progress: Trained, share: float, tokens: int, bpc: float) -> None:
        now = time.monotonic()
        begun, read = self._begun = self._begun or (now, tokens)
        speed = (tokens - read) / (now - begun) if now > begun else 0.0
        dev = "" if progress.dev is None else f"  dev {progress.dev:.3f}"
        self._bar.update(
            self._task,
            total=_WHOLE,
            completed=share * _WHOLE,
            description=f"training  loss {progress.loss:.3f}  bpc {bpc:.3f}{dev}  {speed:,.0f} tokens/s",
        )

    def stopped(self) -> bool:
        return self._stopped_at > 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        # torchrun repeats the signal at once; a person who presses again after seconds means it.
        now = time.monotonic()
        if self._stopped_at and now - self._stopped_at > _IMPATIENT_AFTER:
            raise KeyboardInterrupt
        self._stopped_at = self._stopped_at or now

    def _restore(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
