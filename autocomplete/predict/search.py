"""The words that can stand at one place of a text, by the LSTM: a search over all ways to spell them in pieces.

Pieces that the typed prefix allows are a slice of the index, scored by the log-probabilities at the word's
beginning; pieces shorter than the prefix leave the rest to others. Whatever is promising is stepped in one
batch, which tells how likely the word ends there and what could continue it.

What was stepped is kept while the word is typed, so a further letter costs few steps. Which words are found does
not depend on what was asked before: a search passes through the same batches, whether they need steps or not.
"""

import heapq
import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.runtime import Runtime, States
from autocomplete.predict.reader import Snapshot
from autocomplete.text.index import PieceIndex

BATCH = 5  # a batch of five costs two or three steps; with eight the slowest keys took a third longer
ROUNDS = 3  # batches a key may cost; twice as many while the unknown promises more than any word found
FIRST_PIECES = 8  # pieces tried at the beginning of a word
NEXT_PIECES = 3  # pieces tried behind another piece
WANTED = 3  # what cannot be among this many best words is not stepped
# A piece that ends its word nearly always is not stepped to see whether it does here.
SURE_END = 0.9
# A hypothesis is dropped when it promises less than this share of the third best word's, or of the best word's,
# probability: the first allows for what a step may change, the second saves steps that no one would see.
_DOUBT = 0.5
_HOPELESS = 0.1
_NEGLIGIBLE = -18.0  # nats: a word this improbable is never shown
_CERTAIN = 1 - 1e-6


@dataclass(eq=False)
class Hypothesis:
    """A word spelled so far. `score`: log-probability of its pieces. `usual_end`: how often its last piece ends a word.

    Known once it is stepped: the state `after` it; `end`, the probability that the word ends here; `following`,
    the log-probabilities of the continuing pieces in the order of their list; on demand, which are most `likely`.
    `reached`: the last search that had it in a batch. For any other it is as if it had not been stepped.
    """

    token: int
    text: str
    folded: str
    score: float
    usual_end: float
    before: States
    after: States | None = None
    end: float = 0.0
    following: NDArray[np.float32] | None = None
    likely: list[int] = field(default_factory=list)
    reached: int = 0
    children: dict[int, "Hypothesis"] = field(default_factory=dict)

    def spells(self, prefix: str) -> bool:
        """Whether nothing of the typed prefix is left to be spelled."""
        return len(self.folded) >= len(prefix)

    def word_probability(self, search: int) -> float:
        """The probability of the word and its end, as far as the search of this number knows it."""
        return math.exp(self.score) * (self.end if self.reached == search else self.usual_end)


class WordSearch:
    """All words at one place. `words(prefix)` may be asked again and again as letters come and go."""

    def __init__(self, runtime: Runtime, index: PieceIndex, place: Snapshot, after_space: bool) -> None:
        """`after_space`: the word stands behind a space or at a line's start, not behind a bracket or a sign."""
        self._runtime = runtime
        self._first = index.starting if after_space else index.continuing
        self._next = index.continuing
        scores = runtime.log_probabilities(place.projected)[0]
        self._root = Hypothesis(-1, "", "", 0.0, 0.0, place.states, place.states)
        self._root.following = scores[self._first.ids]
        self._search = 0

    def words(self, prefix: str) -> dict[str, float]:
        """Words that begin with the folded `prefix`, each with the probability of the word and its end.

        Not all there are: those that promise most.
        """
        self._search += 1
        found: dict[str, float] = {}
        frontier = self._children(self._root, prefix)
        rounds = 0
        while True:
            bar = self._bar(found, frontier, prefix)
            unknown = self._settle(frontier, prefix, bar, found)
            batch = heapq.nlargest(BATCH, unknown, key=lambda h: h.score)
            sure = max(found.values(), default=0.0) >= math.exp(batch[0].score) if batch else True
            if not batch or rounds >= (ROUNDS if sure else 2 * ROUNDS):
                return found
            self._reach(batch)
            rounds += 1
            frontier = batch + [h for h in unknown if h.reached != self._search]

    def of_one_piece(self, word: str) -> float:
        """The probability of a word that one piece spells, as far as it is known without a step; else 0.

        For words that others propose: `words` finds the best ones only.
        """
        i = self._first.places.get(word)
        following = self._root.following
        if i is None or following is None:
            return 0.0
        return math.exp(following[i]) * self._first.usual_ends[i]

    def _bar(self, found: dict[str, float], frontier: list[Hypothesis], prefix: str) -> float:
        """What a word's probability must exceed to be worth a step, judged by those in sight."""
        in_sight = [h.word_probability(self._search) for h in frontier if h.spells(prefix)]
        best = heapq.nlargest(WANTED, [*found.values(), *in_sight])
        if not best:
            return 0.0
        return max(_DOUBT * best[-1] if len(best) == WANTED else 0.0, _HOPELESS * best[0])

    def _settle(
        self, frontier: list[Hypothesis], prefix: str, bar: float, found: dict[str, float]
    ) -> list[Hypothesis]:
        """Notes the words among the known hypotheses and goes on to their children; returns those to be stepped."""
        unknown = []
        while frontier:
            hypothesis = frontier.pop()
            reach = math.exp(hypothesis.score)
            if reach < bar:
                continue
            spelled = hypothesis.spells(prefix)
            stepped = hypothesis.reached == self._search
            if not stepped and not (spelled and hypothesis.usual_end >= SURE_END):
                unknown.append(hypothesis)
                continue
            if spelled and hypothesis.text[-1:].isalpha():
                found[hypothesis.text] = found.get(hypothesis.text, 0.0) + hypothesis.word_probability(self._search)
            if stepped and reach * (1 - hypothesis.end) > bar:
                frontier += self._children(hypothesis, prefix)
        return unknown

    def _children(self, parent: Hypothesis, prefix: str) -> list[Hypothesis]:
        """The best ways to go on from `parent` that agree with the prefix."""
        following = parent.following
        assert following is not None
        pieces = self._first if parent is self._root else self._next
        rest = prefix[len(parent.folded) :]
        wanted = NEXT_PIECES if parent.text and not rest else FIRST_PIECES
        covering = pieces.covering(rest)
        chosen = list(covering)
        if len(covering) > wanted:
            if rest or parent is self._root:
                scores = following[covering.start : covering.stop]
                chosen = (np.argpartition(scores, -wanted)[-wanted:] + covering.start).tolist()
            else:
                if not parent.likely:
                    parent.likely = np.argpartition(following, -wanted)[-wanted:].tolist()
                chosen = parent.likely
        if rest:
            chosen = chosen + pieces.within(rest)
        worthwhile = _NEGLIGIBLE - parent.score
        return [
            parent.children.get(i) or self._child(parent, i) for i in chosen if following[i] > worthwhile
        ]

    def _child(self, parent: Hypothesis, i: int) -> Hypothesis:
        assert parent.following is not None
        assert parent.after is not None
        pieces = self._first if parent is self._root else self._next
        child = parent.children[i] = Hypothesis(
            int(pieces.ids[i]),
            parent.text + pieces.texts[i],
            parent.folded + pieces.folded[i],
            parent.score + float(parent.following[i]),
            pieces.usual_ends[i],
            parent.after,
        )
        return child

    def _reach(self, batch: list[Hypothesis]) -> None:
        for hypothesis in batch:
            hypothesis.reached = self._search
        unknown = [h for h in batch if h.following is None]
        if unknown:
            self._step(unknown)

    def _step(self, batch: list[Hypothesis]) -> None:
        tokens = np.array([h.token for h in batch], dtype=np.int64)
        projected, states = self._runtime.step(tokens, States.stack([h.before for h in batch]))
        following = self._runtime.log_probabilities(projected)[:, self._next.ids]
        inside = np.exp(following).sum(axis=1)
        for row, hypothesis in enumerate(batch):
            hypothesis.after = states.take([row])
            hypothesis.following = following[row]
            hypothesis.end = 1 - min(float(inside[row]), _CERTAIN)
