"""How long a fine-tuning has worked, and how long it will."""

import time

from autocomplete.finetuning.commands import Commands
from autocomplete.finetuning.options import TuningOptions


class Clock:
    """Counts the seconds of work: pauses do not count, what an earlier process did on the same work does.

    learning: seconds of updates until now. evaluating: what one evaluation takes, as far as is known.
    """

    def __init__(self, commands: Commands, options: TuningOptions) -> None:
        self._commands, self._options = commands, options
        self._began = time.monotonic()
        self._before = 0.0
        self.learning = self.evaluating = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began - self._commands.seconds_paused + self._before

    def resume(self, seconds: float, learning: float) -> None:
        """Add what an earlier process did."""
        self._before += seconds
        self.learning += learning

    def share(self, done: float) -> float:
        """Of the learning, when `done` of its updates are through: the time may be used up sooner."""
        if not self._options.minutes:
            return done
        other = self.seconds - self.learning + self._options.evaluations * self.evaluating
        return min(1.0, max(done, self.learning / max(1e-3, self._options.minutes * 60 - other)))

    def left(self, share: float, evaluations: int) -> float | None:
        """Seconds until the end, when so much is learned and so many evaluations were made; None at the beginning."""
        if share <= 0 or not self.learning:
            return None
        return self.learning * (1 / share - 1) + (self._options.evaluations - evaluations) * self.evaluating
