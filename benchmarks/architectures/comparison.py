"""The whole comparison in one language: train, train the probe, measure."""

import copy
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from autocomplete.text.tokenizer import Tokenizer
from autocomplete.training.segments import Segments
from autocomplete.training.shards import Shard, count_ends, count_pieces
from autocomplete.training.word_ends import WordEnds
from benchmarks.architectures import measures
from benchmarks.architectures.network import Network
from benchmarks.architectures.runtime import completer
from benchmarks.architectures.sentences import DISTANCES, pairs
from benchmarks.architectures.sizes import KINDS, Kind
from benchmarks.architectures.store import Networks, Record, Store
from benchmarks.architectures.training import Budget, LastWords, everything, train

TRAINING_STEPS = 1000  # of the bar, for each of both trainings
# Short sentences, of which one word is learned: smaller steps, and the beginning's state more often.
_PROBE_BATCH = 16
_PROBE_SEGMENT = 256
_MOMENTS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # shares of the budget
_CURVE_LINES = 200
_WHOLE_TEXT = 1_000_000  # a context that no text here exceeds
WHOLE = "transformer, whole text"


class Bar(Protocol):
    """A progress bar."""

    def begin(self, what: str) -> None: ...

    def advance(self) -> None: ...


@dataclass(frozen=True)
class Options:
    """What is compared. Budgets in minutes of the processor for each network; `lines`: typed by the typist."""

    language: str
    corpus: Sequence[Path]
    text: Path
    folder: Path
    minutes: float
    probe_minutes: float
    lines: int

    @property
    def steps(self) -> int:
        """How often the bar advances in all."""
        return 2 * TRAINING_STEPS + len(measures.LENGTHS) + len(KINDS) * (self.lines + 2 * len(DISTANCES))

    def decides(self, tokenizer: Tokenizer) -> dict[str, Any]:
        """What the trained networks depend on."""
        names = sorted(path.name for path in self.corpus)
        pieces = hashlib.sha256("\n".join(tokenizer.pieces).encode()).hexdigest()
        return {"minutes": self.minutes, "probe": self.probe_minutes, "corpus": names, "pieces": pieces}


class Comparison:
    """One language, from text to figures."""

    def __init__(self, options: Options, tokenizer: Tokenizer, lines: Sequence[str], bar: Bar) -> None:
        """`lines`: the text to measure on."""
        self._options, self._tokenizer, self._lines, self._bar = options, tokenizer, lines, bar
        self._store = Store(options.folder, options.language, tokenizer, options.decides(tokenizer))

    def run(self) -> dict[str, Any]:
        """All figures, as plain values."""
        options = self._options
        corpus = self._store.corpus(list(options.corpus))
        trained, records = self._train("trained", corpus, Budget(options.minutes))
        # Time first: a machine that was left alone during training is left alone still.
        times = self._times(trained)
        budget = Budget(options.probe_minutes, batch=_PROBE_BATCH, segment=_PROBE_SEGMENT)
        probes, probe_records = self._train("probe", self._store.sentences(), budget, trained)
        networks = {kind: self._measure(trained[kind], records[kind]) for kind in KINDS}
        for kind in KINDS:
            networks[kind]["probe"] = probe_records[kind] | self._remembered(probes[kind])
        return {
            "language": options.language,
            "minutes": options.minutes,
            "probe_minutes": options.probe_minutes,
            "text": options.text.name,
            "text_lines": len(self._lines),
            "typed_lines": options.lines,
            "corpus": sorted(path.name for path in options.corpus),
            "corpus_megabytes": sum(shard.characters for shard in corpus) / 1e6,
            "pairs": {d: len(pairs(options.language, d)) for d in DISTANCES},
            "chance": {d: float(np.mean([p.chance for p in pairs(options.language, d)])) for d in DISTANCES},
            "networks": networks,
            "times": times,
        }

    def _train(
        self, stage: str, shards: list[Shard], budget: Budget, begin: Networks | None = None
    ) -> tuple[Networks, dict[Kind, Record]]:
        report = self._reporter(stage)

        def make(networks: Networks) -> dict[Kind, Record]:
            tokenizer = self._tokenizer
            marks = {"bos": tokenizer.bos, "newline": tokenizer.newline}
            segments = Segments(shards, **marks, length=budget.segment, batch=budget.batch, seed=1)
            counts = torch.from_numpy(count_pieces(shards, tokenizer.size))
            ends = WordEnds.of(tokenizer, torch.device("cpu"))
            if begin is None:
                usual = torch.from_numpy(count_ends(shards, tokenizer))
                for network in networks.values():
                    network.end_bias.data.copy_(usual.logit(eps=1e-3))
            choose, moments = (LastWords(tokenizer), ()) if begin else (everything, _MOMENTS)
            runs = train(networks, budget, segments, counts, ends, choose, self._bits, moments, report)
            return {kind: {"tokens": run.tokens, "curve": run.curve} for kind, run in runs.items()}

        networks, records = self._store.networks(stage, make, begin)
        report(1.0)
        return networks, records

    def _reporter(self, stage: str) -> Callable[[float], None]:
        self._bar.begin(stage)
        done = 0

        def report(share: float) -> None:
            nonlocal done
            while done < share * TRAINING_STEPS:
                self._bar.advance()
                done += 1

        return report

    def _bits(self, network: Network) -> float:
        """For the curve: on lines from all over the text."""
        lines = self._lines[:: max(1, len(self._lines) // _CURVE_LINES)]
        return measures.bits_per_character(network, self._tokenizer, lines)

    def _times(self, networks: Networks) -> dict[str, dict[int, float]]:
        self._bar.begin("time per key")
        whole = copy.copy(networks["transformer"])
        whole.context = _WHOLE_TEXT
        timed = {network.name: network for network in networks.values()} | {WHOLE: whole}
        times = measures.key_times([network.eval() for network in timed.values()], self._bar.advance)
        return dict(zip(timed, times, strict=True))

    def _measure(self, network: Network, record: Record) -> Record:
        self._bar.begin(network.name)
        options, network = self._options, network.eval()
        typed = completer(network, options.language, self._tokenizer)
        lines = self._lines[:: max(1, len(self._lines) // options.lines)][: options.lines]
        return {
            "name": network.name,
            "parameters": network.parameters_in_all,
            **record,
            "bpc": measures.bits_per_character(network, self._tokenizer, self._lines),
            **measures.keys_saved(typed, lines, self._bar.advance),
            "natural": self._remembered(network),
        }

    def _remembered(self, network: Network) -> Record:
        options, network = self._options, network.eval()
        typed = completer(network, options.language, self._tokenizer)
        return {
            "recall": measures.recall(typed, options.language, self._bar.advance),
            "contrast": measures.contrast(network, self._tokenizer, options.language),
        }
