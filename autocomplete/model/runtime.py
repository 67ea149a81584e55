"""The LSTM on ONNX Runtime: one step of many hypotheses, and what may follow it.

One thread: a step is too short to share, and the app's other threads have work of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autocomplete.errors import ModelError
from autocomplete.model.bundle import BEGIN, CONTINUE, GATES, STEP, WEIGHTS, Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.onnx_runtime import errors, ort
from autocomplete.model.weights import CONTINUING, STARTING, read_weights

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

_Shape = tuple[str | int, ...]
_REMEMBERED = 2048  # tokens whose gates are kept; 32 MB with 1024 cells
_UNREADABLE = (
    errors.Fail,
    errors.InvalidArgument,
    errors.InvalidGraph,
    errors.InvalidProtobuf,
    errors.NoSuchFile,
    errors.NotImplemented,
    errors.RuntimeException,
)


@dataclass(frozen=True)
class States:
    """What the model remembers of B texts: h (layers, B, shown) and c (layers, B, hidden), float32."""

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


class Following(NamedTuple):
    """Of each of n pieces, (B, n): how likely it comes next and the word ends with it, or goes on behind it."""

    ending: Floats
    going_on: Floats


class Runtime:
    """A loaded model. Not changed by its calls, so many streams may share one.

    `starting` and `continuing` are the ids of the pieces that begin a word and of those that go on with one.

    A row's numbers depend neither on the rest of its batch nor on how its text was cut into calls.
    """

    def __init__(
        self,
        config: LSTMConfig,
        embedding: NDArray[np.float16],
        bias: NDArray[np.float16],
        starting: Ids,
        continuing: Ids,
        gates: ort.InferenceSession,
        step: ort.InferenceSession,
        begin: ort.InferenceSession,
        go_on: ort.InferenceSession,
    ) -> None:
        self.config = config
        self.starting, self.continuing = starting, continuing
        self._embedding, self._bias = embedding, bias
        self._gates = gates
        self._step = step
        self._begin = begin
        self._go_on = go_on
        self._token_gates: dict[int, Floats] = {}

    @classmethod
    def load(cls, bundle: Bundle) -> "Runtime":
        """Opens a bundle's files; `ModelError` names the one that is damaged or foreign."""
        config = bundle.config
        embedding: _Shape = (config.vocabulary, config.embedding)
        piece: _Shape = ("B", config.embedding)
        gates: _Shape = ("B", 4 * config.hidden)
        h: _Shape = (config.layers, "B", config.shown)
        c: _Shape = (config.layers, "B", config.hidden)
        scored = {"projected": piece, "embedding": embedding}
        weights = read_weights(bundle)
        starting, continuing = (weights[name].astype(np.int64) for name in (STARTING, CONTINUING))
        matrices = _matrices(config)

        def opened(name: str, inputs: Mapping[str, _Shape], outputs: Mapping[str, _Shape]) -> ort.InferenceSession:
            return _open_graph(bundle, name, {matrix: weights[matrix] for matrix in matrices[name]}, inputs, outputs)

        def following(pieces: Ids) -> dict[str, _Shape]:
            return dict.fromkeys(Following._fields, ("B", len(pieces)))

        return cls(
            config,
            weights["embedding.weight"],
            weights["bias"],
            starting,
            continuing,
            opened(GATES, {"x": piece}, {"gates": gates}),
            opened(STEP, {"gates": gates, "h": h, "c": c}, {"projected": piece, "next_h": h, "next_c": c}),
            opened(BEGIN, scored, following(starting)),
            opened(CONTINUE, scored, following(continuing)),
        )

    def initial_state(self) -> States:
        """The state before anything was read, for one text: zeros."""
        layers = self.config.layers
        h = np.zeros((layers, 1, self.config.shown), np.float32)
        return States(h, np.zeros((layers, 1, self.config.hidden), np.float32))

    def read(self, tokens: Sequence[int], state: States) -> tuple[Floats, States]:
        """Reads one or more tokens of one text.

        Returns the projected state (embedding,) behind the last token, and the state there.
        """
        for token in tokens:
            projected, state = self.step(np.array([token]), state)
        return projected[0], state

    def step(self, tokens: NDArray[np.int64], states: States) -> tuple[Floats, States]:
        """One token (B,) for each of B texts: projected states (B, embedding), new states."""
        feed = {"gates": self._gates_of(tokens.tolist()), "h": states.h, "c": states.c}
        projected, h, c = self._step.run(None, feed)
        return projected, States(h, c)

    def begin(self, projected: Floats) -> Following:
        """Behind projected states (B, embedding): the `starting` pieces, given that a word begins."""
        return self._follow(self._begin, projected)

    def go_on(self, projected: Floats) -> Following:
        """Behind projected states (B, embedding): the `continuing` pieces, given that the word goes on."""
        return self._follow(self._go_on, projected)

    def _follow(self, graph: ort.InferenceSession, projected: Floats) -> Following:
        return Following(*graph.run(Following._fields, {"projected": projected, "embedding": self._embedding}))

    def log_probabilities(self, projected: Floats) -> Floats:
        """Of every next piece (B, vocabulary), in float32. Slow: for measuring, not for typing."""
        logits = projected @ self._embedding.T.astype(np.float32) + self._bias.astype(np.float32)
        top = logits.max(axis=1, keepdims=True)
        result: Floats = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        return result

    def _gates_of(self, tokens: list[int]) -> Floats:
        known = self._token_gates
        missing = [token for token in dict.fromkeys(tokens) if token not in known]
        if missing:
            x = self._embedding[missing].astype(np.float32)
            # Not numpy's product: its threads wait for each other for milliseconds on a busy machine.
            new = self._gates.run(None, {"x": x})[0]
            if len(known) + len(missing) > _REMEMBERED:
                known = {token: known[token] for token in tokens if token in known}
                self._token_gates = known
            known.update(zip(missing, new, strict=True))
        return np.stack([known[token] for token in tokens])


def _matrices(config: LSTMConfig) -> dict[str, list[str]]:
    """What each graph takes from the weights' file."""
    step = ["projection.weight"]
    for layer in range(config.layers):
        step += [f"lstm.weight_ih_l{layer}"] * (layer > 0) + [f"lstm.weight_hh_l{layer}"]
        step += [f"lstm.weight_hr_l{layer}"] * (config.recurrent_projection > 0)
    ends = ["end_query.weight", "end_vectors"]
    return {GATES: ["lstm.weight_ih_l0"], STEP: step, BEGIN: ends, CONTINUE: ends}


def _open_graph(
    bundle: Bundle,
    name: str,
    matrices: Mapping[str, NDArray[np.float16]],
    inputs: Mapping[str, _Shape],
    outputs: Mapping[str, _Shape],
) -> ort.InferenceSession:
    """`matrices`: what the graph wants of the weights' file."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Costs no time here, and memory of a large batch is given back.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    content = bundle.read(name)
    if WEIGHTS.encode() in content:  # graphs of format 2 hold their matrices themselves
        values = [ort.OrtValue.ortvalue_from_numpy(matrix) for matrix in matrices.values()]
        options.add_external_initializers(list(matrices), values)
    try:
        graph = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except _UNREADABLE as error:
        raise ModelError(f"{bundle.where(name)} is no model graph that can be run; install the model again.") from error
    for wanted, found in ((inputs, graph.get_inputs()), (outputs, graph.get_outputs())):
        if {value.name: tuple(value.shape) for value in found} != wanted:
            raise _misfit(bundle, name)
    return graph


def _misfit(bundle: Bundle, name: str) -> ModelError:
    return ModelError(f"{bundle.where(name)} does not fit the sizes in config.json; install the model again.")
