"""Reads one growing, shrinking text into the LSTM: what was read once is never stepped again.

The text is a list of closed units (see `autocomplete.text.units`) and an open tail. Behind every closed unit a
snapshot of the state is kept, so deleting text is an index into a list. Only the newest snapshots are kept; an
edit further back than they reach starts a new reading.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.ngram import NGramModel
from autocomplete.model.runtime import Runtime, States
from autocomplete.predict.recent import RecentWords
from autocomplete.text.line import LEFT_OUT
from autocomplete.text.tokenizer import Tokenizer
from autocomplete.text.units import count_closed, is_word, split_units

# Two thousand states of a shipped model are 14 MB and reach back some five pages.
SNAPSHOTS = 2048
_ANNOUNCING = 8  # units before a word that may call it a secret
_ENDS_SENTENCE = frozenset("\n.!?…")


@dataclass(frozen=True)
class Snapshot:
    """The model behind a unit: h and c, and the projected state that scores what comes next."""

    states: States
    projected: NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """The last units read, the model before them, and whether they begin a line."""

    units: tuple[str, ...]
    before: Snapshot
    line_start: bool


class Reader:
    """One text as one model reads it: from a document's beginning, or as if it were one."""

    def __init__(self, tokenizer: Tokenizer, runtime: Runtime, ngram: NGramModel | None) -> None:
        """`ngram`: knows the words that are too common to remember that they were in the text."""
        self._tokenizer, self._runtime = tokenizer, runtime
        self._ngram = ngram
        self._recent = RecentWords(ngram, runtime.config.embedding, SNAPSHOTS) if ngram else None
        projected, states = runtime.read([tokenizer.bos], runtime.initial_state())
        self._opening = Snapshot(states, projected)
        self._units: list[str] = []
        self._ends: list[int] = []  # where each closed unit ends
        self._snapshots: list[Snapshot | None] = []
        self._tail = ""

    def replace(self, position: int, added: str) -> bool:
        """Drop what stands from `position` on and append `added`. Deleting read text steps nothing.

        False, and nothing done, when the snapshots do not reach back so far.
        """
        keep = bisect_right(self._ends, position)
        # What follows decides whether a unit is closed, and can join at most the two before it.
        start = max(0, keep - 2)
        begin = self._ends[start - 1] if start else 0
        text = ("".join(self._units[start:]) + self._tail)[: position - begin] + added
        units = split_units(text)
        closed = count_closed(units)
        same = 0
        while same < min(closed, keep - start) and units[same] == self._units[start + same]:
            same += 1
        keep = start + same
        if keep and self._snapshots[keep - 1] is None:
            return False
        del self._units[keep:], self._ends[keep:], self._snapshots[keep:]
        if self._recent:
            self._recent.cut(keep)
        for unit in units[same:closed]:
            self._read(unit)
        self._tail = "".join(units[closed:])
        return True

    def _read(self, unit: str) -> None:
        before = self._snapshots[-1] if self._snapshots else self._opening
        assert before is not None
        previous = self._units[-1] if self._units else "\n"
        line_start = previous == "\n"
        if self._recent and is_word(unit) and not self._announced_as_secret(unit):
            self._recent.add(len(self._units), unit.lstrip(" "), previous in _ENDS_SENTENCE, before.projected)
        tokens = self._tokenizer.encode_unit(unit, line_start=line_start)
        projected, states = self._runtime.read(tokens, before.states)
        self._units.append(unit)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(unit))
        self._snapshots.append(Snapshot(states, projected))
        if len(self._snapshots) > SNAPSHOTS:
            self._snapshots[-SNAPSHOTS - 1] = None

    def _announced_as_secret(self, unit: str) -> bool:
        """Whether the unit is a word that only this text knows, and calls a secret: "my password is …"."""
        assert self._ngram is not None
        word = unit.lstrip(" ")
        if any(self._ngram.id(form) is not None for form in (word, word[0].lower() + word[1:])):
            return False
        # Its patterns take a while to import: a start need not wait for them.
        from autocomplete.privacy import redact

        return redact("".join([*self._units[-_ANNOUNCING:], unit])).text.endswith(LEFT_OUT)

    def recent(self, position: int, behind: Snapshot) -> dict[str, float]:
        """Words of the text before `position` that may come again there (see `RecentWords.likely`)."""
        units = bisect_right(self._ends, position)
        return self._recent.likely(units, behind.projected) if self._recent else {}

    def at(self, position: int) -> Snapshot | None:
        """The snapshot behind the closed unit that ends at `position`; None when none ends there."""
        if position == 0:
            return self._opening
        keep = bisect_right(self._ends, position)
        if keep == 0 or self._ends[keep - 1] != position:
            return None
        return self._snapshots[keep - 1]

    def last(self, position: int, count: int) -> Reading:
        """The last closed units, up to `count` of the `SNAPSHOTS` kept, that end at `position` or before."""
        end = bisect_right(self._ends, position)
        start = max(0, end - count)
        before = self._snapshots[start - 1] if start else self._opening
        assert before is not None
        return Reading(tuple(self._units[start:end]), before, start == 0 or self._units[start - 1] == "\n")
