"""The LSTM on ONNX Runtime: one step of many hypotheses, and what may follow it.

One thread: a step is too short to share, and the app's other threads have work of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.bundle import BEGIN, CONTINUE, GATES, STEP, Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.onnx_runtime import ort
from autocomplete.model.sessions import TRIED, Shape, misfit, open_graph, try_graph
from autocomplete.model.weights import CONTINUING, STARTING, read_weights

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

_ROUNDED = 1e-3  # by how much a sum of probabilities may be off
_REMEMBERED = 2048  # tokens whose gates are kept; 32 MB with 1024 cells


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
        resume: ort.InferenceSession,
    ) -> None:
        self.config = config
        self.starting, self.continuing = starting, continuing
        self._embedding, self._bias = embedding, bias
        self._gates = gates
        self._step = step
        self._begin = begin
        self._resume = resume
        self._token_gates: dict[int, Floats] = {}

    @classmethod
    def load(cls, bundle: Bundle) -> "Runtime":
        """Open a bundle's files; `ModelError` names the one that is damaged or foreign."""
        config = bundle.config
        embedding: Shape = (config.vocabulary, config.embedding)
        piece: Shape = ("B", config.embedding)
        gates: Shape = ("B", 4 * config.hidden)
        h: Shape = (config.layers, "B", config.shown)
        c: Shape = (config.layers, "B", config.hidden)
        scored = {"projected": piece, "embedding": embedding}
        weights = read_weights(bundle)
        starting, continuing = (weights[name].astype(np.int64) for name in (STARTING, CONTINUING))
        matrices = _matrices(config)

        def opened(name: str, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape]) -> ort.InferenceSession:
            return open_graph(bundle, name, {matrix: weights[matrix] for matrix in matrices[name]}, inputs, outputs)

        def following(pieces: Ids) -> dict[str, Shape]:
            return dict.fromkeys(Following._fields, ("B", len(pieces)))

        runtime = cls(
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
        runtime._try(bundle)
        return runtime

    def _try(self, bundle: Bundle) -> None:
        """Run each graph once, for two texts, so that one that cannot be run is refused now and not at a key."""
        empty = States.stack([self.initial_state()] * TRIED)
        (gates,) = try_graph(bundle, GATES, self._gates, x=self._embedding[[0, -1]].astype(np.float32))
        projected, *_ = try_graph(bundle, STEP, self._step, gates=gates, h=empty.h, c=empty.c)
        for name, graph in ((BEGIN, self._begin), (CONTINUE, self._resume)):
            for likely in try_graph(bundle, name, graph, projected=projected, embedding=self._embedding):
                if not (likely.min(initial=0) >= -_ROUNDED and likely.sum(axis=1).max(initial=0) <= 1 + _ROUNDED):
                    raise misfit(bundle, name)

    def initial_state(self) -> States:
        """The state before anything was read, for one text: zeros."""
        layers = self.config.layers
        h = np.zeros((layers, 1, self.config.shown), np.float32)
        return States(h, np.zeros((layers, 1, self.config.hidden), np.float32))

    def read(self, tokens: Sequence[int], state: States) -> tuple[Floats, States]:
        """Read one or more tokens of one text.

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

    def resume(self, projected: Floats) -> Following:
        """Behind projected states (B, embedding): the `continuing` pieces, given that the word goes on."""
        return self._follow(self._resume, projected)

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
