"""The step of an LSTM by size and backend, against the time that reading its weights takes at least."""

from collections.abc import Mapping, Sequence
from functools import partial
from statistics import median

import numpy as np
import torch
from torch import nn

from autocomplete.model.config import LSTMConfig
from benchmarks.speed.bandwidth import OUTSIDE_CACHES, Eviction, read_bandwidth, readings
from benchmarks.speed.clock import Call, in_turn
from benchmarks.speed.networks import (
    Inputs,
    OnnxGraph,
    TorchCell,
    TorchLSTM,
    Weights,
    integer_graph,
    lstm_graph,
    quantized_lstm_graph,
    shipped_graphs,
)

SIZES = ((1, 512), (2, 512), (1, 1024))
PROJECTED = 512  # what 1024 cells show where their output is projected
WIDTH = 256
VOCABULARY = 12_000
BATCH = 5  # hypotheses that a search steps at once
WORKING_SETS = (1 << 18, 1 << 20, 1 << 22, 1 << 23, 1 << 24, 1 << 25, 1 << 26, OUTSIDE_CACHES)

Row = dict[str, float | str]


def bandwidths(advance: Call, sizes: Sequence[int] = WORKING_SETS) -> dict[str, float]:
    """GB a second that one thread reads, by the size of what it reads in MB."""
    result = {}
    for size in sizes:
        result[f"{size / 1e6:g}"] = read_bandwidth(size) / 1e9
        advance()
    return result


def steps(advance: Call, sizes: Sequence[tuple[int, int]] = SIZES, warm: int = 200, cold: int = 30) -> list[Row]:
    """A row for each size and backend, and for the scores behind the step; see `_rows`."""
    torch.set_num_threads(1)
    rows = []
    for layers, hidden in sizes:
        weights = Weights.random(layers, hidden, WIDTH)
        backends: dict[str, Backend] = {
            "torch nn.LSTM, float32": TorchLSTM(weights),
            "torch, cell by hand, float32": TorchCell(weights),
            "ONNX LSTM, float32": OnnxGraph(lstm_graph(weights)),
            "ONNX DynamicQuantizeLSTM, int8": OnnxGraph(quantized_lstm_graph(weights)),
            "ONNX MatMulInteger, int8": OnnxGraph(integer_graph(weights)),
            "as exported": shipped_graphs(LSTMConfig(64, WIDTH, hidden, layers))[0],
        }
        if hidden > PROJECTED:
            projected = LSTMConfig(64, WIDTH, hidden, layers, recurrent_projection=PROJECTED)
            backends[f"as exported, projected to {PROJECTED}"] = shipped_graphs(projected)[0]
        rows += _rows(f"{layers} × {hidden}", backends, weights, warm, cold)
        advance()
    weights = Weights.random(1, 64, WIDTH)
    score = shipped_graphs(LSTMConfig(VOCABULARY, WIDTH, hidden=64))[1]
    scores = {"torch, float32": TorchScore(VOCABULARY, WIDTH), "as exported": score}
    rows += _rows(f"scores of {VOCABULARY:,}", scores, weights, warm, cold)
    advance()
    return rows


class TorchScore:
    """The log-probabilities of all pieces in torch."""

    def __init__(self, vocabulary: int, width: int) -> None:
        self.bytes = 4 * vocabulary * width
        self._embedding = torch.from_numpy(np.random.default_rng(1).normal(size=(vocabulary, width)).astype(np.float32))

    def step(self, inputs: Inputs) -> Call:
        """For the projected states that are as wide as a piece's vector."""
        return partial(self._scores, torch.from_numpy(inputs.x))

    @torch.inference_mode()
    def _scores(self, projected: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(projected, self._embedding).log_softmax(-1)


Backend = TorchLSTM | TorchCell | OnnxGraph | TorchScore


def _rows(size: str, backends: Mapping[str, Backend], weights: Weights, warm: int, cold: int) -> list[Row]:
    """What each backend takes (medians, µs).

    megabytes: of its weights. warm, batch: in a run of steps, of one or several texts. cold: after the caches were
    filled with something else, as by other programs in a pause. bound, cold bound: the fastest reading of so many
    bytes under the same conditions, which takes turns with the steps.
    """
    bytes_read = {backend.bytes for backend in backends.values()}
    reading = {(count, number): call for count in bytes_read for number, call in enumerate(readings(count))}
    calls: dict[object, Call] = {**reading, **_steps_of(backends, weights, 1)}
    in_a_run = in_turn(calls, warm, before=_warm)
    after_a_pause = in_turn(calls, cold, before=Eviction())
    several = in_turn(_steps_of(backends, weights, BATCH), warm, before=_warm)

    def fastest(times: Mapping[object, list[float]], count: int) -> float:
        return min(min(times[name]) for name in reading if name[0] == count) * 1e3

    return [
        {
            "size": size,
            "backend": name,
            "megabytes": backend.bytes / 1e6,
            "warm": median(in_a_run[name]) * 1e3,
            "bound": fastest(in_a_run, backend.bytes),
            "batch": median(several[name]) * 1e3,
            "cold": median(after_a_pause[name]) * 1e3,
            "cold bound": fastest(after_a_pause, backend.bytes),
        }
        for name, backend in backends.items()
    ]


def _steps_of(backends: Mapping[str, Backend], weights: Weights, batch: int) -> dict[str, Call]:
    return {name: backend.step(Inputs.random(weights, batch)) for name, backend in backends.items()}


def _warm(call: Call) -> None:
    # Each backend found the caches full of another's weights; from the second call on it has its own there.
    call()
    call()
