"""The LSTM on ONNX Runtime: one step for many hypotheses, and the log-probabilities behind it. No torch.

One thread: a step is too short to share, and the app's other threads have work of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """What the model remembers of B texts: h and c, each (layers, B, hidden) float32. Never changed in place."""

    h: Floats
    c: Floats

    def take(self, rows: Sequence[int]) -> "States":
        """The states of these texts, in this order; a row may come more than once."""
        return States(self.h[:, rows], self.c[:, rows])

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

    A row's numbers do not depend on the other rows of its batch, nor on how a text was cut into calls.
    """

    def __init__(
        self,
        config: LSTMConfig,
        embedding: Floats,
        step: ort.InferenceSession,
        score: ort.InferenceSession,
    ) -> None:
        self.config = config
        self._embedding = embedding
        self._step = step
        self._score = score

    @classmethod
    def load(cls, bundle: Bundle) -> "Runtime":
        """Opens the graphs and the embedding of a bundle; `ModelError` names the file that is damaged or foreign."""
        config = bundle.config
        embedding = _read_embedding(bundle.path(WEIGHTS))
        step, score = _open_graph(bundle.path(STEP)), _open_graph(bundle.path(SCORE))
        state = [config.layers, "B", config.hidden]
        piece = ["B", config.embedding]
        for name, fits in (
            (WEIGHTS, embedding.shape == (config.vocabulary, config.embedding)),
            (STEP, _shapes(step.get_inputs()) == {"x": piece, "h": state, "c": state}),
            (
                SCORE,
                _shapes(score.get_inputs())
                == {"projected": piece, "embedding": list(embedding.shape)},
            ),
            (
                SCORE,
                _shapes(score.get_outputs()) == {"log_probabilities": ["B", config.vocabulary]},
            ),
        ):
            if not fits:
                raise ModelError(
                    f"{bundle.folder / name} does not fit the sizes in config.json; install the model again."
                )
        return cls(config, embedding, step, score)

    def initial_state(self) -> States:
        """The state before anything was read, for one text: zeros."""
        shape = (self.config.layers, 1, self.config.hidden)
        return States(np.zeros(shape, np.float32), np.zeros(shape, np.float32))

    def read(self, tokens: Sequence[int], state: States) -> tuple[Floats, States]:
        """Reads tokens of one text, at least one: what is projected behind the last, (embedding,), and the state."""
        for token in tokens:
            projected, state = self.step(np.array([token]), state)
        return projected[0], state

    def step(self, tokens: NDArray[np.int64], states: States) -> tuple[Floats, States]:
        """One token (B,) for each of B texts: the projected states (B, embedding), and the states behind them."""
        feed = {"x": self._embedding[tokens].astype(np.float32), "h": states.h, "c": states.c}
        projected, h, c = self._step.run(None, feed)
        return projected, States(h, c)

    def log_probabilities(self, projected: Floats) -> Floats:
        """Projected states (B, embedding), or one (embedding,) → log-probabilities of the next piece (B, vocabulary)."""
        rows = projected.reshape(-1, self.config.embedding)
        result: Floats = self._score.run(None, {"projected": rows, "embedding": self._embedding})[0]
        return result


def _open_graph(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _UNREADABLE as error:
        raise ModelError(
            f"{path} is no model graph that can be run; install the model again."
        ) from error


def _read_embedding(path: Path) -> NDArray[np.float16]:
    try:
        with safe_open(path, "np") as file:
            return file.get_tensor("embedding.weight")
    except (SafetensorError, OSError) as error:
        raise ModelError(
            f"{path} holds no embedding ({error}); install the model again."
        ) from error


def _shapes(values: Sequence[ort.NodeArg]) -> dict[str, list[str | int]]:
    return {value.name: value.shape for value in values}
