"""The LSTM on ONNX Runtime: one step of many hypotheses, and the log-probabilities behind it.

One thread: a step is too short to share, and the app's other threads have work of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as ort_errors
from safetensors import SafetensorError, safe_open

from autocomplete.errors import ModelError
from autocomplete.model.bundle import SCORE, STEP, WEIGHTS, Bundle
from autocomplete.model.config import LSTMConfig

Floats = NDArray[np.float32]

_Shape = tuple[str | int, ...]
_REMEMBERED = 4096  # tokens; 32 MB with 512 hidden units
_UNREADABLE = (
    ort_errors.Fail,
    ort_errors.InvalidArgument,
    ort_errors.InvalidGraph,
    ort_errors.InvalidProtobuf,
    ort_errors.NoSuchFile,
    ort_errors.NotImplemented,
    ort_errors.RuntimeException,
)


@dataclass(frozen=True)
class States:
    """What the model remembers of B texts: h and c, each (layers, B, hidden) float32."""

    h: Floats
    c: Floats

    def take(self, rows: Sequence[int]) -> "States":
        """The states of these texts, in this order; a row may come more than once."""
        return States(self.h.take(rows, axis=1), self.c.take(rows, axis=1))

    @staticmethod
    def stack(states: Sequence["States"]) -> "States":
        """All texts of all `states`, one behind the other."""
        if len(states) == 1:
            return states[0]
        return States(
            np.concatenate([s.h for s in states], axis=1),
            np.concatenate([s.c for s in states], axis=1),
        )

    @property
    def nbytes(self) -> int:
        """Memory of h and c."""
        return self.h.nbytes + self.c.nbytes


class Runtime:
    """A loaded model. Not changed by its calls, so many streams may share one.

    A row's numbers depend neither on the rest of its batch nor on how its text was cut into calls.
    """

    def __init__(
        self,
        config: LSTMConfig,
        tensors: Mapping[str, NDArray[np.float16]],
        step: ort.InferenceSession,
        score: ort.InferenceSession,
    ) -> None:
        self.config = config
        self._step = step
        self._score = score
        self._embedding = tensors["embedding.weight"]
        self._weight = np.ascontiguousarray(tensors["lstm.weight_ih_l0"].T.astype(np.float32))
        self._bias = tensors["lstm.bias_ih_l0"].astype(np.float32) + tensors["lstm.bias_hh_l0"]
        # A token's share in the first layer's gates is always the same: a third of a step.
        self._gates = lru_cache(maxsize=_REMEMBERED)(self._token_gates)

    @classmethod
    def load(cls, bundle: Bundle) -> "Runtime":
        """Opens a bundle's files; `ModelError` names the one that is damaged or foreign."""
        config = bundle.config
        gates, embedding = 4 * config.hidden, (config.vocabulary, config.embedding)
        shapes: dict[str, tuple[int, ...]] = {
            "embedding.weight": embedding,
            "lstm.weight_ih_l0": (gates, config.embedding),
            "lstm.bias_ih_l0": (gates,),
            "lstm.bias_hh_l0": (gates,),
        }
        state: _Shape = (config.layers, "B", config.hidden)
        step: dict[str, _Shape] = {"gates": ("B", gates), "h": state, "c": state}
        score: dict[str, _Shape] = {"projected": ("B", config.embedding), "embedding": embedding}
        return cls(
            config,
            _read_tensors(bundle.path(WEIGHTS), shapes),
            _open_graph(bundle.path(STEP), step),
            _open_graph(bundle.path(SCORE), score),
        )

    def initial_state(self) -> States:
        """The state before anything was read, for one text: zeros."""
        shape = (self.config.layers, 1, self.config.hidden)
        return States(np.zeros(shape, np.float32), np.zeros(shape, np.float32))

    def read(self, tokens: Sequence[int], state: States) -> tuple[Floats, States]:
        """Reads one or more tokens of one text.

        Returns the projected state (embedding,) behind the last token, and the state there.
        """
        for token in tokens:
            projected, state = self.step(np.array([token]), state)
        return projected[0], state

    def step(self, tokens: NDArray[np.int64], states: States) -> tuple[Floats, States]:
        """One token (B,) for each of B texts: projected states (B, embedding), new states."""
        gates = np.stack([self._gates(token) for token in tokens.tolist()])
        feed = {"gates": gates, "h": states.h, "c": states.c}
        projected, h, c = self._step.run(None, feed)
        return projected, States(h, c)

    def log_probabilities(self, projected: Floats) -> Floats:
        """Of every next piece (B, vocabulary), given (B, embedding), or (embedding,) for one."""
        rows = projected.reshape(-1, self.config.embedding)
        result: Floats = self._score.run(None, {"projected": rows, "embedding": self._embedding})[0]
        return result

    def _token_gates(self, token: int) -> Floats:
        gates: Floats = self._embedding[token].astype(np.float32) @ self._weight + self._bias
        return gates


def _open_graph(path: Path, inputs: Mapping[str, _Shape]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Costs no time here, and memory of a large batch is given back.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    try:
        graph = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _UNREADABLE as error:
        raise ModelError(
            f"{path} is no model graph that can be run; install the model again."
        ) from error
    if {value.name: tuple(value.shape) for value in graph.get_inputs()} != inputs:
        raise _misfit(path)
    return graph


def _read_tensors(
    path: Path, shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, NDArray[np.float16]]:
    try:
        with safe_open(path, "np") as file:
            tensors = {name: file.get_tensor(name) for name in shapes}
    except (SafetensorError, OSError) as error:
        raise ModelError(
            f"{path} does not hold the weights ({error}); install the model again."
        ) from error
    for name, tensor in tensors.items():
        if tensor.dtype != np.float16 or tensor.shape != shapes[name]:
            raise _misfit(path)
    return tensors


def _misfit(path: Path) -> ModelError:
    return ModelError(f"{path} does not fit the sizes in config.json; install the model again.")
