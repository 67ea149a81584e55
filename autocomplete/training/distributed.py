"""The processes that train one model together: some on this machine, or as torchrun starts them on several."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor

# The others wait this long for the first process to prepare the corpus.
_PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Distributed:
    """This process's number `rank` of `size` processes; `device` holds its model."""

    rank: int
    size: int
    device: torch.device

    @property
    def is_main(self) -> bool:
        """Whether this process writes the files and speaks to the user."""
        return self.rank == 0

    @property
    def columns(self) -> slice:
        """This process's columns of a batch."""
        return slice(self.rank, None, self.size)

    def wait(self) -> None:
        """Until all processes are here."""
        self.sum([0.0])

    def sum(self, values: Sequence[float]) -> list[float]:
        """The sums over all processes, place by place."""
        if self.size == 1:
            return list(values)
        total = torch.tensor(values, dtype=torch.float64, device=self.device)
        dist.all_reduce(total)
        return list(total.tolist())

    def gather(self, part: Tensor) -> Tensor:
        """All columns of a batch (layers, batch, width) from each process's own."""
        if self.size == 1:
            return part
        parts = [torch.empty_like(part) for _ in range(self.size)]
        dist.all_gather(parts, part.contiguous())
        return torch.stack(parts, dim=2).flatten(1, 2)


def alone() -> Distributed:
    """A team of this process, or the one that was formed already."""
    device = torch.device("cuda", torch.cuda.current_device()) if _has_cuda() else torch.device("cpu")
    if dist.is_initialized():
        return Distributed(dist.get_rank(), dist.get_world_size(), device)
    return Distributed(0, 1, device)


@dataclass(frozen=True)
class Meeting:
    """Where process `rank` of `size` on this machine meets the others: the address of a file."""

    rank: int
    size: int
    place: str


def under_torchrun() -> bool:
    """Whether torchrun started this process."""
    return "WORLD_SIZE" in os.environ and "RANK" in os.environ


@contextmanager
def joined(meeting: Meeting | None = None) -> Iterator[Distributed]:
    """The team of a meeting; without one, the team that torchrun's environment names, or this process alone."""
    backend = "nccl" if _has_cuda() else "gloo"
    if meeting:
        _take_device(meeting.rank)
        dist.init_process_group(
            backend, init_method=meeting.place, rank=meeting.rank, world_size=meeting.size, timeout=_PATIENCE
        )
    elif under_torchrun():
        _take_device(int(os.environ.get("LOCAL_RANK", 0)))
        dist.init_process_group(backend, timeout=_PATIENCE)
    else:
        yield alone()
        return
    try:
        yield alone()
    finally:
        dist.destroy_process_group()


def _take_device(number: int) -> None:
    if _has_cuda():
        torch.cuda.set_device(number)


def _has_cuda() -> bool:
    return torch.cuda.is_available()
