"""The training loop: truncated back-propagation with carried state, on one process or several.

Every process reads its own columns of the same batch, so several processes train the model that one
process with the whole batch would train.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from autocomplete.errors import CorpusError, TrainingOptionError
from autocomplete.model.lstm import LSTMLanguageModel, State
from autocomplete.training.average import Average
from autocomplete.training.checkpoint import Progress, load_checkpoint, save_checkpoint
from autocomplete.training.distributed import Distributed
from autocomplete.training.held_out import HeldOut
from autocomplete.training.log import TrainingLog
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.optimizer import adamw
from autocomplete.training.options import TrainingOptions
from autocomplete.training.segments import Segments
from autocomplete.training.word_ends import WordEnds

Report = Callable[[Progress, float], None]
_LATE = 2 / 3  # of the budget: from here on the late mixture is read
_LOOKS = 20  # at the text held out, over the whole budget


@dataclass(frozen=True)
class Texts:
    """What a run reads: `early` and, if there is one, `late` in the last third of the budget. And the text held out."""

    early: Segments
    late: Segments | None = None
    held_out: HeldOut | None = None


class Trainer:
    """Trains `model` on `texts`; keeps the checkpoint and `log.jsonl` in `folder`.

    loss: how outputs are scored. ends: how the second output is. compute: dtype of the products (see `fastest_dtype`).
    """

    def __init__(
        self,
        model: LSTMLanguageModel,
        texts: Texts,
        loss: SampledSoftmax,
        ends: WordEnds,
        options: TrainingOptions,
        folder: Path,
        team: Distributed,
        compute: torch.dtype = torch.float32,
    ) -> None:
        if options.batch % team.size:
            raise TrainingOptionError(f"--batch ({options.batch}) must be a multiple of the {team.size} processes.")
        self.model, self._texts, self._options = model, texts, options
        self._folder, self._team = folder, team
        self._average = Average(model)
        self._optimizer = adamw(model, options.rate, weight_decay=0.01)
        scored = _Scored(model, loss, ends, compute)
        self._scored = DistributedDataParallel(scored) if team.size > 1 else scored

    def run(
        self,
        report: Report = lambda _progress, _share: None,
        stop: Callable[[], bool] = lambda: False,
        *,
        finish: bool = False,
    ) -> Progress:
        """Train to the end of the budget, from the checkpoint if there is one.

        The model then has the averaged weights, or the last ones where those predict the text held out better.
        `report` is told the progress and the share of the budget used, 0 to 1, after every update.
        When `stop` says so in any process, all leave a checkpoint and raise KeyboardInterrupt. `finish`: ends at the
        checkpoint as if the budget were used up; raises `TrainingOptionError` where there is none.
        """
        resumed = load_checkpoint(self._folder, self.model, self._average, self._optimizer)
        if finish and resumed is None:
            raise TrainingOptionError(f"There is nothing to finish in {self._folder} yet; leave out --finish.")
        state, progress = resumed or (self._zero_state(), Progress())
        log = TrainingLog(self._folder, progress, self._options.tokens)
        if not finish:
            state = self._train(state, progress, log, report, stop)
            self._save(state, progress)
        self._choose(progress, log)
        self.model.eval()
        return progress

    def _train(
        self, state: State, progress: Progress, log: TrainingLog, report: Report, stop: Callable[[], bool]
    ) -> State:
        """All updates that are left; `progress` goes on. Returns the state behind the last one."""
        state = State(*(part[:, self._team.columns] for part in state))
        windows = _Windows(self._texts, self._options.chunk, self._team)
        started = saved = time.monotonic()
        before = progress.seconds
        self.model.train()
        while (share := self._share(progress)) < 1:
            rate = self._rate(progress.step, share)
            if windows.begins_anew(progress.step):
                state = State(*(torch.zeros_like(part) for part in state))
                if self._texts.late and progress.late_from is None and share >= _LATE:
                    progress.late_from = windows.number(progress.step)
            window = windows.at(progress.step, progress.late_from)
            loss, state = self._update(window, state, progress.step, rate)
            now = time.monotonic()
            # The clock is the first process's; what is decided here is decided by all.
            is_main, due = self._team.is_main, now - saved > self._options.save_minutes * 60
            seconds, loss, save, stopped = self._team.sum(
                [is_main * (before + now - started), loss / self._team.size, is_main and due, stop()]
            )
            if not math.isfinite(loss):
                raise CorpusError(f"The loss of step {progress.step} is not a number; give a smaller --rate.")
            progress.advance(loss, seconds)
            self._average.update(progress.step)
            if is_main:
                log.note(progress, rate)
            after = self._share(progress)
            if int(share * _LOOKS) < int(after * _LOOKS) < _LOOKS:  # the last time, the weights are chosen by it
                self._look(progress, log)
            report(progress, after)
            if save or stopped:
                self._save(state, progress)
                saved = time.monotonic()
            if stopped:
                raise KeyboardInterrupt
        return state

    def _look(self, progress: Progress, log: TrainingLog) -> bool:
        """Predict the text held out, in the first process; whether the averaged weights are to be preferred."""
        held_out = self._texts.held_out
        if held_out is None or not self._team.is_main:
            return True
        last = held_out.bpc(self.model)
        with self._average.in_place():
            averaged = held_out.bpc(self.model)
        log.held_out(progress, last, averaged)
        progress.dev = min(last, averaged)
        return averaged <= last

    def _choose(self, progress: Progress, log: TrainingLog) -> None:
        if progress.step and self._look(progress, log):
            self._average.keep()

    def _update(self, window: Tensor, state: State, step: int, rate: float) -> tuple[float, State]:
        # So that dropout is the same when a run is resumed, and another in each process.
        torch.manual_seed((self._options.seed << 32) + step * self._team.size + self._team.rank)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        loss, end_loss, h, c = self._scored(window[:-1], window[1:], state.h, state.c, step)
        self._optimizer.zero_grad(set_to_none=True)
        (loss + end_loss).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self._options.clip)
        self._optimizer.step()
        return loss.item(), State(h, c)

    def _zero_state(self) -> State:
        return self.model.initial_state(self._options.batch)

    def _share(self, progress: Progress) -> float:
        """Share of the budget used."""
        options = self._options
        by_time = progress.seconds / (options.minutes * 60) if options.minutes else 0.0
        by_steps = progress.step / options.steps if options.steps else 0.0
        return min(1.0, max(by_time, by_steps))

    def _rate(self, step: int, share: float) -> float:
        """Linear warm-up, then a line to zero at the end of the budget (Bergsma et al. 2025)."""
        warm = min(1.0, max((step + 1) / self._options.warmup, 10 * share))
        return self._options.rate * warm * (1 - share)

    def _save(self, state: State, progress: Progress) -> None:
        whole = State(self._team.gather(state.h), self._team.gather(state.c))
        if self._team.is_main:
            save_checkpoint(self._folder, self.model, self._average, self._optimizer, whole, progress)


class _Windows:
    """What each update reads: `chunk` tokens and the one behind them, of this process's columns."""

    def __init__(self, texts: Texts, chunk: int, team: Distributed) -> None:
        self._texts, self._chunk, self._team = texts, chunk, team
        self._in_segment = texts.early.length // chunk
        self._read = -1
        self._batch = torch.empty(0)

    def begins_anew(self, step: int) -> bool:
        """Whether the update begins a segment, from the zero state."""
        return step % self._in_segment == 0

    def number(self, step: int) -> int:
        """Which batch of segments the update `step` reads."""
        return step // self._in_segment

    def at(self, step: int, late_from: int | None) -> Tensor:
        """Tokens (chunk + 1, columns) of the update `step`; `late_from`: the batch from which the late text is read."""
        number, place = divmod(step, self._in_segment)
        if number != self._read:
            late = self._texts.late if late_from is not None and number >= late_from else None
            whole = self._texts.early.batch(number) if late is None else late.batch(number - (late_from or 0))
            self._batch = torch.from_numpy(whole[:, self._team.columns].copy()).to(self._team.device)
            self._read = number
        return self._batch[place * self._chunk : (place + 1) * self._chunk + 1]


class _Scored(nn.Module):
    """Model and loss as one module, so that DistributedDataParallel sees every gradient."""

    def __init__(self, model: LSTMLanguageModel, loss: SampledSoftmax, ends: WordEnds, compute: torch.dtype) -> None:
        super().__init__()
        self.model, self.loss, self.ends, self.compute = model, loss, ends, compute

    def forward(
        self, tokens: Tensor, targets: Tensor, h: Tensor, c: Tensor, step: int
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        projected, state = self.model(tokens, State(h, c), self.compute)
        weight, bias = self.model.embedding.weight, self.model.bias
        loss = self.loss(projected.flatten(0, 1), targets.flatten(), weight, bias, step, self.compute)
        end_loss = self.ends.loss(self.model, projected, targets)
        return loss, end_loss, state.h.detach(), state.c.detach()
