"""What the fine-tuning process tells, each as one line of JSON."""

import json
from dataclasses import asdict, dataclass

from autocomplete.errors import TuningError
from autocomplete.finetuning.report import Point, Report


@dataclass(frozen=True)
class Stage:
    """What is being done now: "preparing", "measuring" (before), "learning", "trying" (an evaluation)."""

    stage: str


@dataclass(frozen=True)
class Progress:
    """done: share of all, 0 to 1. left: seconds, None while nothing is known. loss: nats a token, None before the first
    update."""

    done: float
    left: float | None
    loss: float | None


@dataclass(frozen=True)
class Evaluated:
    """One evaluation on the way."""

    point: Point


@dataclass(frozen=True)
class Done:
    """The end: the model is ready, if it helped it is worth using."""

    report: Report


@dataclass(frozen=True)
class Stopped:
    """The end: it was stopped, and nothing is kept."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """The end: one sentence says why."""

    reason: str


Event = Stage | Progress | Evaluated | Done | Stopped | Failed
End = Done | Stopped | Failed

_NAMES: dict[str, type[Event]] = {
    "stage": Stage,
    "progress": Progress,
    "evaluated": Evaluated,
    "done": Done,
    "stopped": Stopped,
    "failed": Failed,
}


def to_json(event: Event) -> str:
    """One line, without its end."""
    name = next(name for name, kind in _NAMES.items() if isinstance(event, kind))
    return json.dumps({"event": name, **asdict(event)}, ensure_ascii=True)


def from_json(line: bytes | str) -> Event:
    """The opposite of `to_json`. Raises TuningError for anything else."""
    try:
        plain = json.loads(line)
        kind = _NAMES[plain.pop("event")]
        if kind is Done:
            return Done(Report.from_dict(plain["report"]))
        if kind is Evaluated:
            return Evaluated(Point(**plain["point"]))
        return kind(**plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TuningError(f"Invalid message from the fine-tuning process ({error}).") from error
