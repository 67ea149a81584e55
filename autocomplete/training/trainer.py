"""The training loop: truncated back-propagation with carried state, on one process or several.

Every process reads its own columns of the same batch, so several processes train the model that one process
with the whole batch would train.
"""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from autocomplete.model.lstm import LSTMLanguageModel, State
from autocomplete.training.checkpoint import Progress, load_checkpoint, save_checkpoint
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.options import TrainingOptions
from autocomplete.training.shards import Segments

Report = Callable[[Progress, float], None]
_LOSS_MEMORY = 0.98
_LOG_EVERY = 20


class Trainer:
    """Trains `model` on `segments`; keeps checkpoints and `log.jsonl` in `folder`.

    `compute`: dtype inside the layers (see `fastest_dtype`). `loss`: how outputs are scored.
    """

    def __init__(
        self,
        model: LSTMLanguageModel,
        segments: Segments,
        loss: SampledSoftmax,
        options: TrainingOptions,
        folder: Path,
        compute: torch.dtype = torch.float32,
    ) -> None:
        self.model, self.segments, self.options, self.folder = model, segments, options, folder
        self.device = model.bias.device
        self.optimizer = torch.optim.AdamW(
            model.parameters(), lr=options.rate, betas=(0.9, 0.99), weight_decay=0.01
        )
        scored = _Scored(model, loss, compute)
        self.scored: nn.Module = DistributedDataParallel(scored) if dist.is_initialized() else scored
        self.rank = dist.get_rank() if dist.is_initialized() else 0
        self.columns = slice(None)
        if dist.is_initialized():
            self.columns = slice(self.rank, None, dist.get_world_size())

    def run(self, report: Report = lambda _progress, _share: None) -> Progress:
        """Trains to the end of the budget, from the checkpoint if there is one.

        `report` is told the progress and the share of the budget used, 0 to 1, after every update.
        Ctrl+C leaves a checkpoint and is passed on.
        """
        torch.manual_seed(self.options.seed)
        resumed = load_checkpoint(self.folder, self.model, self.optimizer)
        state, progress = resumed or (self._fresh_state(), Progress())
        started = time.monotonic() - progress.seconds
        saved = time.monotonic()
        self.model.train()
        try:
            while (share := self._share(progress)) < 1:
                state = self._update(progress, state, share)
                progress.seconds = time.monotonic() - started
                report(progress, self._share(progress))
                if time.monotonic() - saved > self.options.save_minutes * 60:
                    self._save(state, progress)
                    saved = time.monotonic()
        finally:
            self._save(state, progress)
        self.model.eval()
        return progress

    def _update(self, progress: Progress, state: State, share: float) -> State:
        chunks = self.segments.length // self.options.chunk
        number, chunk = divmod(progress.step, chunks)
        if chunk == 0:
            self._batch = self._read(number)
            state = self._fresh_state()
        elif not hasattr(self, "_batch"):
            self._batch = self._read(number)
        at = chunk * self.options.chunk
        window = self._batch[at : at + self.options.chunk + 1]
        rate = self.options.rate * self._rate_factor(progress.step, share)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss, h, c = self.scored(window[:-1], window[1:], state.h, state.c, progress.step)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.options.clip)
        self.optimizer.step()
        self._note(progress, loss.item(), rate)
        return State(h, c).detach()

    def _read(self, number: int) -> Tensor:
        return torch.from_numpy(self.segments.batch(number)[:, self.columns].copy()).to(self.device)

    def _fresh_state(self) -> State:
        return self.model.initial_state(len(range(self.segments.batch_size)[self.columns]))

    def _share(self, progress: Progress) -> float:
        """Share of the budget used; the same on every process (the clock is the first one's)."""
        options = self.options
        by_time = progress.seconds / (options.minutes * 60) if options.minutes else 0.0
        by_steps = progress.step / options.steps if options.steps else 0.0
        share = torch.tensor([max(by_time, by_steps)], dtype=torch.float64)
        if dist.is_initialized():
            share = share.to(self.device)
            dist.broadcast(share, src=0)
        return min(1.0, share.item())

    def _rate_factor(self, step: int, share: float) -> float:
        """Linear warm-up, then a half cosine that reaches zero at the end of the budget."""
        warm = min(1.0, (step + 1) / self.options.warmup)
        return warm * 0.5 * (1 + math.cos(math.pi * share))

    def _note(self, progress: Progress, loss: float, rate: float) -> None:
        progress.step += 1
        seen = progress.loss if math.isfinite(progress.loss) else loss
        progress.loss = _LOSS_MEMORY * seen + (1 - _LOSS_MEMORY) * loss
        if self.rank == 0 and progress.step % _LOG_EVERY == 0:
            entry = {
                "step": progress.step,
                "seconds": round(progress.seconds, 1),
                "loss": round(progress.loss, 4),
                "rate": rate,
            }
            with (self.folder / "log.jsonl").open("a") as log:
                log.write(json.dumps(entry) + "\n")

    def _save(self, state: State, progress: Progress) -> None:
        if self.rank == 0:
            save_checkpoint(self.folder, self.model, self.optimizer, state, progress)


class _Scored(nn.Module):
    """Model and loss as one module, so that DistributedDataParallel sees every gradient."""

    def __init__(self, model: LSTMLanguageModel, loss: SampledSoftmax, compute: torch.dtype) -> None:
        super().__init__()
        self.model, self.loss, self.compute = model, loss, compute

    def forward(
        self, tokens: Tensor, targets: Tensor, h: Tensor, c: Tensor, step: int
    ) -> tuple[Tensor, Tensor, Tensor]:
        projected, state = self.model(tokens, State(h, c), self.compute)
        loss = self.loss(
            projected.flatten(0, 1), targets.flatten(), self.model.embedding.weight, self.model.bias, step
        )
        return loss, state.h.detach(), state.c.detach()


def fastest_dtype(hidden: int = 512) -> torch.dtype:
    """bfloat16 where the processor multiplies it faster than float32 (AMX, AVX-512 bf16), else float32.

    Timed, not guessed: some processors accept bfloat16 and emulate it slowly.
    """
    seconds = {}
    for dtype in (torch.float32, torch.bfloat16):
        a = torch.randn(64, hidden).to(dtype)
        b = torch.randn(hidden, 4 * hidden).to(dtype)
        try:
            times = []
            for _ in range(8):
                start = time.perf_counter()
                a @ b
                times.append(time.perf_counter() - start)
            seconds[dtype] = sorted(times)[len(times) // 2]
        except RuntimeError:  # this processor has no bfloat16 product at all
            continue
    return min(seconds, key=lambda dtype: seconds[dtype])
