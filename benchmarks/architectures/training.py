"""Trains the four networks side by side, each with the same minutes of one processor core.

They take turns, and each turn goes to the one that has used least. So whatever else the machine does slows all of
them alike, and the minutes are the processor's own. All read the same segments in the same order, as far as they come.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.loss import SampledSoftmax
from autocomplete.training.segments import Segments
from autocomplete.training.word_ends import WordEnds
from benchmarks.architectures.network import Network
from benchmarks.architectures.sizes import Kind

RATES: Mapping[Kind, float] = {"rnn": 1e-3, "gru": 2.5e-3, "lstm": 2.5e-3, "transformer": 1.5e-3}
"""Peak learning rates."""
_WARMUP = 0.04  # share of the budget
_CLIP = 1.0
_SAMPLES = 1024
Curve = list[tuple[float, float]]  # minutes trained, measure
Evaluate = Callable[[Network], float]
Choose = Callable[[Tensor], Tensor]  # targets (T, B) → which of them are learned


def everything(targets: Tensor) -> Tensor:
    """All targets are learned."""
    return torch.ones_like(targets, dtype=torch.bool)


class LastWords:
    """Chooses the pieces of each sentence's last word: what stands right before a full stop."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        (self._stop,) = tokenizer.encode(".", line_start=False)
        self._continues = torch.tensor([tokenizer.continues_word(piece) for piece in range(tokenizer.size)])

    def __call__(self, targets: Tensor) -> Tensor:
        """See `Choose`."""
        chosen = torch.zeros_like(targets, dtype=torch.bool)
        for row in range(len(targets) - 2, -1, -1):
            behind = targets[row + 1]
            chosen[row] = (behind == self._stop) | (chosen[row + 1] & self._continues[behind])
        return chosen


@dataclass(frozen=True)
class Budget:
    """`minutes` of the processor for each network; `batch` columns of `chunk` tokens between two updates.

    segment: tokens that are read from the state of the beginning on.
    """

    minutes: float
    batch: int = 32
    chunk: int = 64
    segment: int = 512


@dataclass
class Training:
    """One network on its way. `curve`: what `evaluate` said at the moments given as shares of the budget."""

    network: Network
    budget: Budget
    segments: Segments
    loss: SampledSoftmax
    ends: WordEnds
    choose: Choose
    rate: float
    evaluate: Evaluate
    moments: Sequence[float]
    seconds: float = 0.0
    updates: int = 0
    curve: Curve = field(default_factory=list)

    def __post_init__(self) -> None:
        parameters = self.network.parameters()
        self._optimizer = torch.optim.AdamW(parameters, lr=self.rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
        self._state: object = None
        self._due = list(self.moments)

    @property
    def share(self) -> float:
        """How much of the budget is used."""
        return min(1.0, self.seconds / (60 * self.budget.minutes))

    @property
    def tokens(self) -> int:
        """Tokens read."""
        return self.updates * self.budget.chunk * self.budget.batch

    def go_on(self) -> None:
        """One more update; the evaluation that is due is not counted as training."""
        begin = time.process_time()
        self.network.train()
        self._update()
        self.seconds += time.process_time() - begin
        if self._due and self.share >= self._due[0]:
            del self._due[0]
            self.curve.append((self.seconds / 60, self.evaluate(self.network.eval())))

    def _update(self) -> None:
        chunk = self.budget.chunk
        batch, place = divmod(self.updates, self.segments.length // chunk)
        if place == 0:
            self._state = None
            self._tokens = torch.from_numpy(self.segments.batch(batch))
        for group in self._optimizer.param_groups:
            group["lr"] = self.rate * min(1.0, self.share / _WARMUP + 1e-2) * 0.5 * (1 + math.cos(math.pi * self.share))
        loss = self._loss(self._tokens[place * chunk : (place + 1) * chunk + 1])
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimizer.step()
        self.updates += 1

    def _loss(self, window: Tensor) -> Tensor:
        network = self.network
        projected, self._state = network(window[:-1], self._state)
        targets = window[1:]
        weight, bias = network.embedding.weight, network.bias
        chosen = self.choose(targets)
        loss = self.loss(projected[chosen], targets[chosen], weight, bias, self.updates)
        return loss + self.ends.loss(network, projected, targets)


def train(
    networks: Mapping[Kind, Network],
    budget: Budget,
    segments: Segments,
    counts: Tensor,
    ends: WordEnds,
    choose: Choose,
    evaluate: Evaluate,
    moments: Sequence[float],
    report: Callable[[float], None],
) -> dict[Kind, Training]:
    """Trains all networks to the end of the budget.

    counts: how often each piece occurs. choose: what is learned. report: is told the share done after each update.
    """
    loss = SampledSoftmax(counts, _SAMPLES, seed=1)
    runs = {
        kind: Training(network, budget, segments, loss, ends, choose, RATES[kind], evaluate, moments)
        for kind, network in networks.items()
    }
    while open_runs := [run for run in runs.values() if run.share < 1]:
        min(open_runs, key=lambda run: run.seconds).go_on()
        report(sum(run.share for run in runs.values()) / len(runs))
    return runs
