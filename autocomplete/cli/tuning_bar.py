"""How a fine-tuning goes, as a bar on stderr; nothing where stderr is no terminal."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from autocomplete.finetuning.events import Evaluated, Event, Stage
from autocomplete.finetuning.events import Progress as Told

_STAGES = {
    "preparing": "getting ready",
    "measuring": "measuring before",
    "learning": "learning",
    "trying": "measuring after",
}


class TuningBar:
    """Hears what a tuner tells. The time left is the tuner's own estimate."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %  {task.fields[left]}  {task.fields[saved]}"),
            console=console,
            refresh_per_second=2,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("getting ready", total=1.0, left="", saved="")

    def __enter__(self) -> "TuningBar":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def hear(self, event: Event) -> None:
        """May be called from any thread."""
        if isinstance(event, Stage):
            self._bar.update(self._task, description=_STAGES.get(event.stage, event.stage))
        elif isinstance(event, Told):
            left = "" if event.left is None else f"{_time(event.left)} left"
            self._bar.update(self._task, completed=event.done, left=left)
        elif isinstance(event, Evaluated):
            self._bar.update(self._task, saved=f"saved: {event.point.ksr:.1%}")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
