"""The words that can stand at one place of a text, by the LSTM: a search over all ways to spell them in pieces.

A word of one piece needs no search: the piece's probability and how likely the word ends with it are known for all
pieces at once. Pieces that the word may go on behind are hypotheses: those that could spell a word among the best are
stepped in one batch, which tells what continues them.

What was stepped is kept while the word is typed, so a further letter costs few steps. Which words are found does not
depend on what was asked before: a search passes through the same batches, whether they need steps or not.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.ngram import largest
from autocomplete.model.runtime import Runtime, States
from autocomplete.predict.case import case_evidence, case_evidences
from autocomplete.predict.reader import Snapshot
from autocomplete.text.index import PieceIndex, PieceList

BATCH = 5  # a batch of five costs two or three steps; with eight the slowest keys took a third longer
ROUNDS = 3  # batches a key may cost; twice as many while the unknown promises more than any word found
LETTERS = 20  # the same where pieces are single letters, of which a word has many
WANTED = 3  # what cannot be among this many best words is not stepped
_PIECES = 8  # pieces tried at a time
# A hypothesis is dropped when it promises less than this share of the third best word's, or of the best word's,
# probability: it is shared out among the words that go on from it.
_DOUBT = 0.5
_HOPELESS = 0.1
_NEGLIGIBLE = 1e-8  # a word this improbable is never shown

Floats = NDArray[np.float32]


class _Hypothesis(NamedTuple):
    """A word spelled so far that goes on. reach: the probability of its pieces and that the word does not end there."""

    reach: float
    spelled: tuple[int, ...]  # its pieces, as ids
    text: str
    folded: str


class _Follows(NamedTuple):
    """Pieces, and for each how likely it comes next and the word ends with it, or goes on behind it."""

    pieces: PieceList
    ending: Floats
    going_on: Floats


class _Stepped(NamedTuple):
    """The state behind a hypothesis and what follows it, a number for each continuing piece."""

    states: States
    ending: Floats
    going_on: Floats


class WordSearch:
    """All words at one place. `words(prefix)` may be asked again and again as letters come and go."""

    def __init__(self, runtime: Runtime, index: PieceIndex, place: Snapshot, after_space: bool) -> None:
        """`after_space`: the word stands behind a space or at a line's start, not behind a bracket or a sign."""
        self._runtime = runtime
        self._first = index.starting if after_space else index.continuing
        self._next = index.continuing
        follow = runtime.begin if after_space else runtime.resume
        ending, going_on = follow(place.projected[None])
        self.ending: Floats = ending[0]
        self.going_on: Floats = going_on[0]
        self._states = place.states
        self._stepped: dict[tuple[int, ...], _Stepped] = {}

    def words(
        self, prefix: str, capital: bool | None = None, floor: float = 0.0, hopes: Floats | None = None
    ) -> dict[str, float]:
        """Words that begin with the folded `prefix`, each with the probability of the word and its end.

        Not all there are: those that promise most, and of more than one piece only those that promise more than
        `floor`. `capital`: whether the first letter typed is one, where that tells; a word of the other case is less
        probable. `hopes`: for each first piece the largest share that one word has in what goes on behind it.
        """
        found: dict[str, float] = {}
        root = _Hypothesis(1.0, (), "", "")
        frontier = self._expand(root, prefix, capital, _Follows(self._first, self.ending, self.going_on), found)
        if hopes is not None:
            frontier = [h for h in frontier if h.reach * hopes[self._first.by_id[h.spelled[0]]] > floor]
        searched: set[tuple[int, ...]] = set()
        rounds = LETTERS if self._next.single else ROUNDS
        for number in range(2 * rounds):
            best = heapq.nlargest(WANTED, found.values())
            bar = max(floor, _NEGLIGIBLE, *(_HOPELESS * p for p in best[:1]))
            if len(best) == WANTED:
                bar = max(bar, _DOUBT * best[-1])
            frontier = [hypothesis for hypothesis in frontier if hypothesis.reach > bar]
            batch = heapq.nlargest(BATCH, frontier)
            if not batch or (number >= rounds and best and best[0] >= batch[0].reach):
                break
            self._step(batch)
            searched.update(hypothesis.spelled for hypothesis in batch)
            frontier = [hypothesis for hypothesis in frontier if hypothesis.spelled not in searched]
            for hypothesis in batch:
                known = self._stepped[hypothesis.spelled]
                follows = _Follows(self._next, known.ending, known.going_on)
                frontier += self._expand(hypothesis, prefix, capital, follows, found)
        return found

    def _expand(
        self, parent: _Hypothesis, prefix: str, capital: bool | None, follows: _Follows, found: dict[str, float]
    ) -> list[_Hypothesis]:
        """Add the likeliest words that end behind one more piece to `found`; returns those that go on."""
        pieces, ending, going_on = follows
        rest = prefix[len(parent.folded) :]
        covering = pieces.covering(rest)
        fits: NDArray[np.float32] | np.float32 = np.float32(1)
        if not parent.text:  # the first letter comes now
            fits = case_evidences(pieces.capitals[covering.start : covering.stop], capital)
        for i, p in _best(ending, covering, fits):
            if parent.reach * p > _NEGLIGIBLE and pieces.closes[i]:
                text = parent.text + pieces.texts[i]
                found[text] = found.get(text, 0.0) + parent.reach * p
        chosen = _best(going_on, covering, fits)
        if rest:
            for i in pieces.within(rest):
                tells = None if parent.text or not pieces.texts[i] else capital
                chosen.append((i, float(going_on[i]) * case_evidence(bool(pieces.capitals[i]), tells)))
        return [
            _Hypothesis(
                parent.reach * p,
                (*parent.spelled, int(pieces.ids[i])),
                parent.text + pieces.texts[i],
                parent.folded + pieces.folded[i],
            )
            for i, p in chosen
            if parent.reach * p > _NEGLIGIBLE
        ]

    def _step(self, batch: Sequence[_Hypothesis]) -> None:
        """Step those of the batch that were not stepped before."""
        unknown = [h.spelled for h in batch if h.spelled not in self._stepped]
        if not unknown:
            return
        before = [self._stepped[spelled[:-1]].states if len(spelled) > 1 else self._states for spelled in unknown]
        tokens = np.array([spelled[-1] for spelled in unknown], dtype=np.int64)
        projected, states = self._runtime.step(tokens, States.stack(before))
        ending, going_on = self._runtime.resume(projected)
        for row, spelled in enumerate(unknown):
            self._stepped[spelled] = _Stepped(states.take([row]), ending[row], going_on[row])


def _best(values: Floats, among: range, fits: Floats | np.float32) -> list[tuple[int, float]]:
    """The largest of `values` times `fits` in a range of places, and where they stand, in no order."""
    part = values[among.start : among.stop] * fits
    return [(among.start + i, float(part[i])) for i in largest(part, _PIECES).tolist()]
