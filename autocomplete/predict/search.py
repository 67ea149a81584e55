"""The words that can stand at one place of a text, by the LSTM: a search over all ways to spell them in pieces.

Pieces that the typed prefix allows are a slice of the index, scored by the log-probabilities at the word's
beginning; pieces shorter than the prefix leave the rest to others. Whatever is promising is stepped in one
batch, which tells how likely the word ends there and what could continue it.

What was stepped is kept while the word is typed, so a further letter mostly selects among known words.
"""

import heapq
import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.runtime import Runtime, States
from autocomplete.predict.reader import Snapshot
from autocomplete.text.index import PieceIndex

BATCH = 8  # a batch of eight steps costs little more than one step
ROUNDS = 3  # batches a key may cost
FIRST_PIECES = 12  # pieces tried at the beginning of a word
NEXT_PIECES = 3  # pieces tried behind another piece
WANTED = 3  # what scores below this many finished words is not stepped
_NEGLIGIBLE = -18.0  # nats: a word this improbable is never shown
_CERTAIN = 1 - 1e-6


@dataclass(eq=False)
class Hypothesis:
    """A word spelled so far. `score`: log-probability of its pieces.

    Known once it is stepped: `end`, the log-probability that the word ends here, and `following`, those of the
    continuing pieces in the order of their list.
    """

    token: int
    text: str
    folded: str
    score: float
    before: States
    after: States | None = None
    end: float = 0.0
    following: NDArray[np.float32] | None = None
    children: dict[int, "Hypothesis"] = field(default_factory=dict)


class WordSearch:
    """All words at one place. `words(prefix)` may be asked again and again as letters come and go."""

    def __init__(self, runtime: Runtime, index: PieceIndex, place: Snapshot, after_space: bool) -> None:
        """`after_space`: the word stands behind a space or at a line's start, not behind a bracket or a sign."""
        self._runtime = runtime
        self._first = index.starting if after_space else index.continuing
        self._next = index.continuing
        scores = runtime.log_probabilities(place.projected)[0]
        self._root = Hypothesis(-1, "", "", 0.0, place.states, place.states)
        self._root.following = scores[self._first.ids]

    def words(self, prefix: str) -> dict[str, float]:
        """Words that begin with the folded `prefix`, each with the probability of the word and its end.

        Not all there are: those that promise most.
        """
        found: dict[str, float] = {}
        frontier = self._children(self._root, prefix)
        for budget in range(ROUNDS, -1, -1):
            frontier = self._settle(frontier, prefix, found)
            bar = heapq.nlargest(WANTED, found.values())[-1] if len(found) >= WANTED else 0.0
            frontier = [h for h in frontier if math.exp(h.score) > bar]
            if not frontier or not budget:
                break
            self._step(heapq.nlargest(BATCH, frontier, key=lambda h: h.score))
        return found

    def _settle(self, frontier: list[Hypothesis], prefix: str, found: dict[str, float]) -> list[Hypothesis]:
        """Notes the words among the stepped hypotheses and goes on to their children; returns the others."""
        unknown = []
        while frontier:
            hypothesis = frontier.pop()
            if hypothesis.following is None:
                unknown.append(hypothesis)
                continue
            if hypothesis.text[-1:].isalpha() and len(hypothesis.folded) >= len(prefix):
                probability = math.exp(hypothesis.score + hypothesis.end)
                found[hypothesis.text] = found.get(hypothesis.text, 0.0) + probability
            frontier += self._children(hypothesis, prefix)
        return unknown

    def _children(self, parent: Hypothesis, prefix: str) -> list[Hypothesis]:
        """The best ways to go on from `parent` that agree with the prefix."""
        pieces = self._first if parent is self._root else self._next
        rest = prefix[len(parent.folded) :]
        covering = pieces.covering(rest)
        assert parent.following is not None
        scores = parent.following[covering.start : covering.stop]
        wanted = FIRST_PIECES if rest or parent is self._root else NEXT_PIECES
        if len(scores) > wanted:
            chosen = [covering.start + int(i) for i in np.argpartition(scores, -wanted)[-wanted:]]
        else:
            chosen = list(covering)
        chosen += pieces.within(rest)
        children = []
        for i in chosen:
            child = parent.children.get(i)
            if child is None:
                score = parent.score + float(parent.following[i])
                if score < _NEGLIGIBLE:
                    continue
                assert parent.after is not None
                child = Hypothesis(
                    int(pieces.ids[i]),
                    parent.text + pieces.texts[i],
                    parent.folded + pieces.folded[i],
                    score,
                    parent.after,
                )
                parent.children[i] = child
            children.append(child)
        return children

    def _step(self, batch: list[Hypothesis]) -> None:
        tokens = np.array([h.token for h in batch], dtype=np.int64)
        projected, states = self._runtime.step(tokens, States.stack([h.before for h in batch]))
        following = self._runtime.log_probabilities(projected)[:, self._next.ids]
        inside = np.exp(following).sum(axis=1)
        for row, hypothesis in enumerate(batch):
            hypothesis.after = states.take([row])
            hypothesis.following = following[row]
            hypothesis.end = math.log1p(-min(float(inside[row]), _CERTAIN))
