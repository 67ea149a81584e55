"""What a system under test is, and the list of them."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol


class Peer(Protocol):
    """A system that completes words. It is built from a `Setting` in a process of its own."""

    disk: int
    """Bytes of the models, databases and word lists it reads, without its program."""
    pid: int
    """The process whose memory is the peer's."""
    note: str
    """What is special about this run: how much it was trained on, how its files were pruned; "" if nothing."""

    def begin(self) -> None:
        """A new text begins, empty."""

    def suggest(self, before: str, k: int) -> list[str]:
        """Up to `k` whole words for the cursor behind `before`, best first: each replaces the word being typed."""


@dataclass(frozen=True)
class Setting:
    """What the peers are built from. `corpus` may be empty: what needs one is left out then."""

    language: str
    model: str
    """The language or the folder of this project's model."""
    corpus: tuple[Path, ...]
    cache: Path
    """Where trained models are kept from run to run."""
    scratch: Path
    """A folder that is emptied when the peer is through."""


class MissingError(Exception):
    """Something a peer needs is not installed; the sentence says what and how to get it."""


# Each name with the class that answers for it, imported only where it is built.
PEERS = {
    "autocomplete-desktop": "ours:Ours",
    "KenLM 5-gram": "kenlm_peer:KenLM",
    "presage, as shipped": "presage:Shipped",
    "presage, trained": "presage:Trained",
    "Onboard, as shipped": "onboard:Shipped",
    "Onboard, trained": "onboard:Trained",
    "typing-booster, as shipped": "typing_booster:Shipped",
    "typing-booster, trained": "typing_booster:Trained",
    "symspellpy's word list": "frequency:WordFrequency",
    "SmolLM2-135M": "smollm:SmolLM",
}


def build(name: str, setting: Setting) -> Peer:
    """Loads a peer, training it first where it needs that. Raises `MissingError`."""
    module, cls = PEERS[name].split(":")
    return getattr(import_module(f"benchmarks.peers.{module}"), cls)(setting)


def size(*paths: Path) -> int:
    """Bytes of files, and of all files in folders."""
    return sum(
        file.stat().st_size
        for path in paths
        for file in ([path] if path.is_file() else path.rglob("*"))
        if file.is_file()
    )
